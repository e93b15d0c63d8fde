import Models
import Units

/// A model of what is usual for one number of one subject, for `Unusual`: the models by the names a pipeline uses,
/// with units. Of a dimension, so that a model of water is not asked about speed.
public struct Habit<Of: Dimension>: Sendable {
    let plan: ModelPlan

    /// A model that makes up its own mind.
    public init<Kind: Model & Detector>(_ model: Kind) {
        plan = ModelPlan(
            name: "\(Kind.self)",
            version: Kind.version,
            initialState: withUnsafeBytes(of: model) { [UInt8]($0) },
            observe: { state, value, at in
                let model = state.assumingMemoryBound(to: Kind.self)
                model.pointee.learn(value, at: at)
                return model.pointee.alarm
            },
            isWarm: { $0.assumingMemoryBound(to: Kind.self).pointee.isWarm },
            explain: { $0.assumingMemoryBound(to: Kind.self).pointee.explanation }
        )
    }

    /// A model that says how surprising a value is, and how surprising is too much.
    public init<Kind: Model>(_ model: Kind, beyond limit: Surprise) {
        self.init(Beyond(model, limit: limit.value))
    }

    /// The same, told once and not again and again: with a time without repetition, and less easily the more often it
    /// was told; see `AlarmPolicy`.
    public init<Kind: Model>(calm model: Kind, beyond limit: Surprise) {
        self.init(Beyond(model, policy: .calm(limit: limit.value)))
    }

    /// Whatever the subject has not done in its own past, without a setting; see `OwnPast`. For any number that has no
    /// model of its own.
    ///
    /// - Parameters:
    ///   - span: the mean of so long a time is one value; zero takes each reading as one. For streams quicker than
    ///     one reading in five minutes.
    ///   - negligible: the difference that means nothing.
    public static func itsOwnPast(
        every span: Duration = .zero,
        warmUp: Duration = .zero,
        negligible: Quantity<Of> = .zero
    ) -> Habit {
        Habit(OwnPast(every: span.inSeconds, warmUp: warmUp.inSeconds, negligible: negligible.base))
    }

    /// Slow wear: the daily median creeps away from what it was; see `SlowDrift`.
    public static func slowDrift(warmUp: Duration = .weeks(2)) -> Habit {
        Habit(SlowDrift(warmUp: warmUp.inSeconds))
    }
}

extension Habit where Of == EnergyDimension {
    /// A day's energy against the home's own days of the same kind; see `UnusualDay`.
    public static func unusualDay(negligible: Energy, beyond limit: Surprise = .sigmas(4)) -> Habit {
        Habit(UnusualDay(floor: negligible.base, limit: limit.value))
    }
}

/// How surprising a value must be, in the measure of its model.
public struct Surprise: Hashable, Sendable {
    public let value: Double

    /// Standard deviations away from the usual.
    public static func sigmas(_ count: Double) -> Surprise { Surprise(value: count) }

    /// The rarer, the more: 7 nats are one in a thousand, 14 one in a million.
    public static func nats(_ count: Double) -> Surprise { Surprise(value: count) }
}
