import Units

/// A message to a person: one SMS alert job, a call, a card, a line on a watch.
public struct Notice: Hashable, Sendable {
    public enum Urgency: String, Hashable, Comparable, Sendable, CaseIterable {
        /// Sent at least once: a missed one is worse than a double one.
        case lifeSafety
        /// Sent at most once.
        case service

        public static func < (left: Urgency, right: Urgency) -> Bool {
            left == .service && right == .lifeSafety
        }
    }

    /// `MSG_…`: the same decision always has the same id.
    public var id: String
    /// The case or episode it belongs to.
    public var key: String
    /// What it tells: `begins`, `goesOn-2`, `cleared`, `ask-1` …
    public var phase: String
    /// The recipient's id in the directory; the number is looked up when it is sent.
    public var recipient: String
    /// Why this person: the contact or audience of the pipeline.
    public var role: String
    public var urgency: Urgency
    public var channel: Channel
    public var privacy: PrivacyClass
    public var text: String
    public var language: Language
    public var expectsReply: Bool
    public var pipeline: String
    public var detector: String
    public var subject: String
    public var at: Moment
    /// Not sent before this, and not at all when it has been taken back until then.
    public var notBefore: Moment?
    /// Never sent after this.
    public var notAfter: Moment
    /// The notices without which this one makes no sense: when none of them was ever sent, neither is this. Mostly one.
    public var follows: [String]
    /// Why this person is told this now.
    public var reason: Reason
    /// The same for a watch; nil when it does not fit one.
    public var watch: WatchForm?

    public init(
        id: String,
        key: String,
        phase: String,
        recipient: String,
        role: String,
        urgency: Urgency,
        privacy: PrivacyClass,
        text: String,
        language: Language,
        expectsReply: Bool,
        pipeline: String,
        detector: String,
        subject: String,
        at: Moment,
        notAfter: Moment,
        channel: Channel = .text,
        notBefore: Moment? = nil,
        follows: [String] = [],
        reason: Reason = .found,
        watch: WatchForm? = nil
    ) {
        self.id = id
        self.key = key
        self.phase = phase
        self.recipient = recipient
        self.role = role
        self.urgency = urgency
        self.privacy = privacy
        self.text = text
        self.language = language
        self.expectsReply = expectsReply
        self.pipeline = pipeline
        self.detector = detector
        self.subject = subject
        self.at = at
        self.notAfter = notAfter
        self.channel = channel
        self.notBefore = notBefore
        self.follows = follows
        self.reason = reason
        self.watch = watch
    }
}
