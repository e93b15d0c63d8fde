import Interactions
import Units

/// What a dispatcher tells its owner, on one of its own threads.
public enum DispatchEvent: Sendable {
    /// A job came to an end; for the journal.
    case report(DeliveryReport)
    /// A try did not get through; for the log.
    case failure(DeliveryFailure)
    /// The other side cannot be reached: nothing is sent to it before then.
    case paused(sink: String, until: Moment)
    /// The outbox itself could not be read or written: nothing is lost, the dispatcher tries again.
    case outboxFailed(sink: String, reason: String)
}

/// How a job ended at a sink.
public struct DeliveryReport: Hashable, Sendable {
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// The other side has taken it.
        case accepted
        /// It will not be tried again.
        case failed
        /// Its time had passed before it could be sent.
        case expired
        /// It may have arrived, and is not sent again.
        case unknown
    }

    /// The id of the interaction, notice or command.
    public var id: String
    public var sink: String
    public var outcome: Outcome
    /// Why, without anything about people; for `accepted` the other side's id, if it gave one.
    public var detail: String
    public var at: Moment

    public init(id: String, sink: String, outcome: Outcome, detail: String, at: Moment) {
        self.id = id
        self.sink = sink
        self.outcome = outcome
        self.detail = detail
        self.at = at
    }
}

/// What a dispatcher has done since it started, for metrics.
public struct DispatchCounters: Hashable, Sendable {
    public var sink: String
    public var delivered = 0
    public var retried = 0
    public var parked = 0
    public var expired = 0
    /// Tries under way now.
    public var busy = 0
    /// Nothing is sent before this; in the past when the sink is not paused.
    public var pausedUntil = Moment.distantPast

    init(sink: String) {
        self.sink = sink
    }
}
