import Interactions
import Models
import Telemetry
import Units

/// A pipeline without its types: what the engine makes its program of.
package struct PipelinePlan: Sendable {
    package var name: String
    package var place: Place
    package var privacy: PrivacyClass
    package var listens: [ListenPlan] = []
    package var identity: IdentityPlan?
    package var order: OrderPlan?
    package var root: BlockPlan
    package var problems: [Problem] = []
}

package struct ListenPlan: Sendable {
    package let filter: TopicFilter
    package let format: PayloadFormat
    package let retained: Retained
    package let place: Place
}

package struct IdentityPlan: Sendable {
    /// Where the name is in the reading.
    package let offset: Int
    /// The kind of asset in the directory.
    package let kind: String?
    package let others: Others
    package let place: Place
}

package struct OrderPlan: Sendable {
    /// Where the time is in the reading.
    package let offset: Int
    package let waiting: Duration
    package let place: Place
}

/// The stages of one payload type, in order.
package struct BlockPlan: Sendable {
    package let layout: ReadingLayout
    /// What its texts are tried with; nil when nobody said what its readings look like.
    let sample: [UInt8]?
    package var stages: [StagePlan] = []
}

package enum StagePlan: Sendable {
    case drop(reason: String, BoolInput, Place)
    case reject(reason: String, ValueInput, low: Double, high: Double, Place)
    case dropRepeats(RepeatInput, within: Duration, Place)
    case enrich(EnrichPlan)
    case derive(DerivePlan)
    case detect(DetectorPlan)
}

/// Where eight bytes that mark a message are, and whether they count upwards.
package struct RepeatInput: Sendable {
    package let offset: Int
    package let isCounter: Bool
    /// Names are four bytes, the others eight.
    package let width: Int
}

/// Fills a property from the directory.
package struct EnrichPlan: Sendable {
    package let offset: Int
    package let source: DirectoryFact
    /// The bytes for a fact found, nil when it does not fit the property.
    package let bytes: @Sendable (String) -> [UInt8]?
    package let place: Place
}

/// A transformer without its types.
package struct DerivePlan: Sendable {
    package let name: String
    package let version: UInt16
    package let initialState: [UInt8]
    /// False when the reading completes nothing.
    package let step:
        @Sendable (
            _ state: UnsafeMutableRawPointer,
            _ reading: UnsafeRawPointer,
            _ output: UnsafeMutableRawPointer
        ) -> Bool
    package let block: BlockPlan
    package let place: Place
}

package struct DetectorPlan: Sendable {
    package let name: String
    package let place: Place
    package let severity: Severity
    package let remindEvery: Duration?
    package let clearsAfter: Duration
    package let atMostEvery: Duration?
    /// The purpose that the person concerned must have agreed to.
    package let consent: String?
    package let reopensWithin: Duration
    package let explains: Outage?
    package let explainedBy: [Outage]
    package let signs: [SignPlan]
    package let reactions: [ReactionPlan]
}

public enum SignPlan: Sendable {
    case holds(BoolInput, span: Duration)
    case compares(ValueInput, limit: Double, release: Double, isAbove: Bool, span: Duration)
    case flaps(BoolInput, count: Int, within: Duration)
    case silent(span: Duration)
    case missing(count: Int)
    case happens(BoolInput, why: ExplanationInput?)
    case raised(BoolInput, until: BoolInput, why: ExplanationInput?)
    case unusual(ValueInput, at: TimeInput?, ModelPlan)
    case first(BoolInput, span: Duration)
    case then(BoolInput, within: Duration, span: Duration)
}

/// A detector model without its type.
public struct ModelPlan: Sendable {
    package let name: String
    package let version: UInt16
    package let initialState: [UInt8]
    /// Learns a value and says what is to be said now. `at` is what a clock on the wall shows, in seconds since 1970.
    package let observe: @Sendable (_ state: UnsafeMutableRawPointer, _ value: Double, _ at: Double) -> Alarm
    package let isWarm: @Sendable (_ state: UnsafeRawPointer) -> Bool
    /// Why the alarm that stands was raised.
    package let explain: @Sendable (_ state: UnsafeRawPointer) -> Explanation
}
