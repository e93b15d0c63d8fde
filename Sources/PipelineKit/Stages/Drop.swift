import Units

/// Leaves out readings for which a condition is true, and counts them under the reason.
///
/// - Loses: those readings; the device is still known to be alive.
public struct Drop<Content: Sendable>: Stage {
    public let place: Place
    private let reason: String
    private let condition: Condition<Content>

    @inlinable
    @inline(__always)
    public init(
        _ reason: String,
        when condition: KeyPath<Content, Bool>,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(reason, Condition(condition), Place(file: file, line: line))
    }

    @usableFromInline
    init(_ reason: String, _ condition: Condition<Content>, _ place: Place) {
        self.reason = reason
        self.condition = condition
        self.place = place
    }

    public func lower(into block: inout BlockContext) {
        if reason.isEmpty { block.report(place, "a drop needs its reason; it is counted by it") }
        block.stages.append(.drop(reason: reason, condition.plan, place))
    }
}

/// Leaves out readings whose value cannot be: a broken sensor, not an event. Counted as `implausible`.
///
/// - Loses: those readings; the device is still known to be alive.
public struct Reject<Content: Sendable>: Stage {
    public let place: Place
    private let input: ValueInput
    private let low: Double
    private let high: Double

    @inlinable
    @inline(__always)
    public init<Of: Dimension>(
        _ value: KeyPath<Content, Quantity<Of>>,
        below low: Quantity<Of>,
        above high: Quantity<Of>,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(Measure(value), low, high, Place(file: file, line: line))
    }

    @usableFromInline
    init<Of: Dimension>(
        _ value: Measure<Content, Of>,
        _ low: Quantity<Of>,
        _ high: Quantity<Of>,
        _ place: Place
    ) {
        input = value.plan
        self.low = low.base
        self.high = high.base
        self.place = place
    }

    public func lower(into block: inout BlockContext) {
        if low > high { block.report(place, "Reject leaves nothing: below \(low) and above \(high)") }
        block.stages.append(.reject(reason: "implausible", input, low: low, high: high, place))
    }
}
