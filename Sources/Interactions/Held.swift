import Units

/// A finding or notice that does not go out, or not yet, and why: what `vigie why` answers from.
public struct Held: Hashable, Sendable {
    public var reason: Reason
    /// The case it belongs to; nil when none was opened.
    public var key: String?
    /// Who is not told; nil when it concerns everybody.
    public var recipient: String?
    public var pipeline: String
    public var detector: String
    public var subject: String
    public var at: Moment

    public init(
        reason: Reason,
        key: String? = nil,
        recipient: String? = nil,
        pipeline: String,
        detector: String,
        subject: String,
        at: Moment
    ) {
        self.reason = reason
        self.key = key
        self.recipient = recipient
        self.pipeline = pipeline
        self.detector = detector
        self.subject = subject
        self.at = at
    }
}
