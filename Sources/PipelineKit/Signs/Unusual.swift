import Units

/// A model of the subject's own past says that a value is not as usual.
///
/// The model learns each value after it has judged it, keeps its memory with the device, and says nothing until it
/// is warm. Habits follow the clock on the wall, so it is told civil time. A value that belongs to another time than
/// that of the reading, such as the total of a day that is over, says which: `at: \.noon`.
public struct Unusual<Content: Sendable>: Sign {
    public let plan: SignPlan

    /// - Parameter time: when the value belongs to, where that is not the time of the reading.
    @inlinable
    @inline(__always)
    public init<Of: Dimension>(
        _ value: KeyPath<Content, Quantity<Of>>,
        at time: KeyPath<Content, Moment>? = nil,
        to habit: Habit<Of>
    ) {
        self.init(Measure(value), time.map { Time($0) }, habit)
    }

    @usableFromInline
    init<Of: Dimension>(_ value: Measure<Content, Of>, _ time: Time<Content>?, _ habit: Habit<Of>) {
        plan = .unusual(value.plan, at: time?.plan, habit.plan)
    }
}
