import Units

/// What became of a text message, as the gateway reports it.
public struct InboundReceipt: Hashable, Sendable {
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// It is on the handset.
        case delivered
        /// The network gave up.
        case failed
        /// The network holds it: the handset is off or out of reach.
        case buffered
        /// The network has taken it.
        case accepted
        /// The network did not take it.
        case refused
    }

    /// Of the notice.
    public var id: String
    /// The gateway that says so, by the name of its sink; empty when the call does not name it.
    public var sink: String
    public var outcome: Outcome
    /// The network's words; they may quote a number, so they are for the journal, not for a log.
    public var detail: String
    public var at: Moment

    public init(id: String, sink: String = "", outcome: Outcome, detail: String, at: Moment) {
        self.id = id
        self.sink = sink
        self.outcome = outcome
        self.detail = detail
        self.at = at
    }
}
