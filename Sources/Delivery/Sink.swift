import Interactions
import Units

/// A place that jobs go to: a file, a webhook, a gateway. Called from several threads at once; a call blocks.
public protocol Sink: Sendable {
    /// As in `DeliveryJob.sink` and in the counters.
    var name: String { get }

    /// Whether this sink can carry such a content; a job that it cannot carry is parked.
    func takes(_ content: DeliveryJob.Content) -> Bool

    /// How many more jobs besides life-safety notices it takes now; nil: any number.
    func room(at now: Moment) -> Int?

    /// Tries once.
    /// - Parameters:
    ///   - recipient: for a notice, whom it goes to; nil when the directory has no number.
    ///   - now: the time of this try.
    func deliver(_ job: DeliveryJob, to recipient: RecipientAddress?, at now: Moment) -> SinkResult
}

extension Sink {
    public func room(at now: Moment) -> Int? { nil }
}

/// Where a person can be reached, looked up at the moment of sending.
public struct RecipientAddress: Hashable, Sendable {
    public var phone: PhoneNumber

    public init(phone: PhoneNumber) {
        self.phone = phone
    }
}

/// What one try came to.
public enum SinkResult: Hashable, Sendable {
    /// The other side has it; `reference` is its own id for it, if it gave one.
    case done(reference: String?)
    /// Not now. `asked` is what the other side asked to wait; `unknown` when it may have arrived all the same.
    case retry(DeliveryFailure.Cause, asked: Duration?, unknown: Bool)
    /// Never, as it is.
    case permanent(DeliveryFailure.Cause)
}
