import Interactions

/// Which sinks get what: one delivery per thing and sink.
///
/// An empty list means that such things are kept and nobody is told; whoever makes the routes has to refuse
/// that where it matters.
public struct Routes: Hashable, Sendable {
    public var interactions: [String]
    public var notices: [String]
    public var commands: [String]
    /// The sinks that may have data about somebody's health; nil: all of them.
    public var health: Set<String>?

    public init(
        interactions: [String] = [],
        notices: [String] = [],
        commands: [String] = [],
        health: Set<String>? = nil
    ) {
        self.interactions = interactions
        self.notices = notices
        self.commands = commands
        self.health = health
    }

    /// Those of `sinks` that may have data of this class.
    func allowed(_ sinks: [String], _ privacy: PrivacyClass) -> [String] {
        guard privacy == .health, let health else { return sinks }
        return sinks.filter(health.contains)
    }
}
