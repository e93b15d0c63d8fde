/// By which channels people are told, according to how bad a finding is and whose data it holds.
///
/// The first rule that holds decides. Every channel gets a notice of its own; a chat gets one for all who are told the
/// same. Whoever is asked by another channel than a text, as an escalation says, is asked by that one, and told by the
/// others as well.
///
/// ```swift
/// let routing = Routing(
///     Routing.Rule(.critical, of: .technical, .personal, by: .text, .watch, .chat),
///     Routing.Rule(.warning, .critical, by: .text, .watch)
/// )
/// ```
///
/// - Audiences get text messages only, unless `audiences` says otherwise.
/// - What is critical always goes by text or voice, besides anything else.
/// - Name only channels that the installation has: what no sink takes goes out as one more text.
public struct Routing: Hashable, Sendable {
    public struct Rule: Hashable, Sendable {
        public let severities: Set<Severity>
        public let privacy: Set<PrivacyClass>
        public let channels: [Channel]

        /// - Parameters:
        ///   - severities: the findings it holds for.
        ///   - privacy: the data it holds for; all when none is named.
        ///   - channels: the first is the one that a receipt is expected of, unless a text is among them.
        public init(_ severities: Severity..., of privacy: PrivacyClass..., by channels: Channel...) {
            self.init(
                severities: Set(severities),
                privacy: Set(privacy.isEmpty ? PrivacyClass.allCases : privacy),
                channels: channels
            )
        }

        init(severities: Set<Severity>, privacy: Set<PrivacyClass>, channels: [Channel]) {
            self.severities = severities
            self.privacy = privacy
            self.channels = channels
        }
    }

    /// What reaches somebody who does not look.
    private static let loud: Set<Channel> = [.text, .secondText, .voice]

    public let rules: [Rule]
    public let audiences: [Channel]

    public init(_ rules: Rule..., audiences: [Channel] = [.text]) {
        self.init(rules: rules, audiences: audiences)
    }

    init(rules: [Rule], audiences: [Channel]) {
        self.rules = rules
        self.audiences = audiences
    }

    /// Text messages, whatever happens: for an installation that has a gateway and nothing else.
    public static let textOnly = Routing()

    /// A life in danger shows on watches, and an advisor calls whoever is asked about somebody's health; where it says
    /// nothing about that it stands in the team's chat. What needs somebody today shows on watches. What can wait for a
    /// visit is a text.
    public static let standard = Routing(
        Rule(.critical, of: .health, by: .text, .watch, .task),
        Rule(.critical, by: .text, .watch, .chat),
        Rule(.warning, by: .text, .watch)
    )

    /// The channels of a notice, the one to rely on first.
    ///
    /// - Parameter asked: the channel that an escalation asks by.
    public func channels(
        for severity: Severity,
        _ privacy: PrivacyClass,
        isAudience: Bool,
        asked: Channel = .text
    ) -> [Channel] {
        var channels =
            isAudience ? audiences : rules.first { $0.holds(severity, privacy) }?.channels ?? [.text]
        if asked != .text {
            // Another way of asking is tried instead of the text.
            channels.removeAll { $0 == .text }
            channels.insert(asked, at: 0)
        } else if channels.isEmpty || channels.contains(.text) {
            channels.insert(.text, at: 0)
        }
        if severity == .critical, Self.loud.isDisjoint(with: channels) { channels.insert(.text, at: 0) }
        return channels.enumerated().filter { !channels[..<$0].contains($1) }.map(\.element)
    }
}

extension Routing.Rule {
    fileprivate func holds(_ severity: Severity, _ privacy: PrivacyClass) -> Bool {
        severities.contains(severity) && self.privacy.contains(privacy)
    }
}
