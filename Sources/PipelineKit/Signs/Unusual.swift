import Models
import Units

/// A model of the subject's own past says that a value is not as usual.
///
/// The model learns each value after it has judged it, keeps its memory with the device, and says nothing until it
/// is warm. Habits follow the clock on the wall, so it is told civil time. A value that belongs to another time than
/// that of the reading, such as the total of a day that is over, says which: `at: \.noon`.
public struct Unusual<Content: Sendable>: Sign {
    public let plan: SignPlan

    /// A model that makes up its own mind: `Unusual(\.used, to: .waterLeak(resolution: .litres(1)))`.
    @inlinable
    @inline(__always)
    public init<Of: Dimension, Habit: Model & Detector>(
        _ value: KeyPath<Content, Quantity<Of>>,
        at time: KeyPath<Content, Moment>? = nil,
        to habit: Habit
    ) {
        self.init(Measure(value), time.map { Time($0) }, habit)
    }

    /// A model that says how surprising a value is, and how surprising is too much.
    @inlinable
    @inline(__always)
    public init<Of: Dimension, Habit: Model>(
        _ value: KeyPath<Content, Quantity<Of>>,
        at time: KeyPath<Content, Moment>? = nil,
        to habit: Habit,
        beyond limit: Surprise
    ) {
        self.init(Measure(value), time.map { Time($0) }, Beyond(habit, limit: limit.value))
    }

    @usableFromInline
    init<Of: Dimension, Habit: Model & Detector>(
        _ value: Measure<Content, Of>,
        _ time: Time<Content>?,
        _ habit: Habit
    ) {
        let model = ModelPlan(
            name: "\(Habit.self)",
            version: Habit.version,
            initialState: withUnsafeBytes(of: habit) { [UInt8]($0) },
            observe: { state, value, at in
                let habit = state.assumingMemoryBound(to: Habit.self)
                habit.pointee.learn(value, at: at)
                return habit.pointee.alarm
            },
            isWarm: { $0.assumingMemoryBound(to: Habit.self).pointee.isWarm }
        )
        plan = .unusual(value.plan, at: time?.plan, model)
    }
}

/// How surprising a value must be, in the measure of its model.
public struct Surprise: Hashable, Sendable {
    public let value: Double

    /// Standard deviations away from the usual.
    public static func sigmas(_ count: Double) -> Surprise { Surprise(value: count) }
}
