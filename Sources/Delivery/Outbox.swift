import Interactions
import Units

/// What a dispatcher needs from the durable record of everything that must go out.
public protocol Outbox: Sendable {
    /// Claims up to `limit` jobs of the sink that are due, the most urgent first; life-safety notices only if asked.
    /// A claimed job is not handed out again before it is finished; of one key only the earliest unfinished job
    /// is. Jobs whose `notAfter` has passed may be among them: the dispatcher finishes those as expired.
    func due(_ sink: String, at now: Moment, limit: Int, onlyLifeSafety: Bool) throws -> [DeliveryJob]

    /// Records what a try came to; durable when it returns.
    func finish(_ row: Int64, _ outcome: DeliveryOutcome, at now: Moment) throws

    /// The number of a person of the directory; nil when there is none.
    func recipient(of person: String) throws -> RecipientAddress?
}
