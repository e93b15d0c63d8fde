import Interactions

/// Which sinks get what: one delivery per thing and sink.
///
/// An empty list means that such things are kept and nobody is told; whoever makes the routes has to refuse
/// that where it matters.
public struct Routes: Hashable, Sendable {
    public var interactions: [String]
    /// The sinks of text messages, and of every notice whose own channel nobody offers.
    public var notices: [String]
    /// The sinks of the other channels.
    public var channels: [Channel: [String]]
    public var commands: [String]
    /// The sinks that find a repetition by its id and leave it out: to them a service notice is sent again when it
    /// is not known whether it arrived.
    public var recognising: Set<String>
    /// The sinks that may have data about somebody's health; nil: all of them.
    public var health: Set<String>?

    public init(
        interactions: [String] = [],
        notices: [String] = [],
        channels: [Channel: [String]] = [:],
        commands: [String] = [],
        recognising: Set<String> = [],
        health: Set<String>? = nil
    ) {
        self.interactions = interactions
        self.notices = notices
        self.channels = channels
        self.commands = commands
        self.recognising = recognising
        self.health = health
    }

    /// Those of `sinks` that may have data of this class.
    func allowed(_ sinks: [String], _ privacy: PrivacyClass) -> [String] {
        guard privacy == .health, let health else { return sinks }
        return sinks.filter(health.contains)
    }

    /// How one notice goes out.
    struct NoticeRoute: Hashable {
        enum Way: Hashable {
            /// As it was meant.
            case itsOwn
            /// Nobody offers its channel.
            case asText
            /// An advisor's task, as an entry of the CRM.
            case asInteraction
        }

        var sinks: [String]
        var way: Way
    }

    func route(_ channel: Channel, _ privacy: PrivacyClass) -> NoticeRoute {
        let texts = allowed(notices, privacy)
        guard channel != .text else { return NoticeRoute(sinks: texts, way: .itsOwn) }
        let own = allowed(channels[channel] ?? [], privacy)
        if !own.isEmpty { return NoticeRoute(sinks: own, way: .itsOwn) }
        let entries = allowed(interactions, privacy)
        if channel == .task, !entries.isEmpty { return NoticeRoute(sinks: entries, way: .asInteraction) }
        return NoticeRoute(sinks: texts, way: .asText)
    }
}
