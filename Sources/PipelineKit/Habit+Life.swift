import Models
import Units

// Models of people, of cold rooms and of machines, by the names a pipeline uses.

extension Habit where Of == CountDimension {
    /// A day on which somebody hardly walked, or weeks in which it gets less and less, of the steps since the reading
    /// before; see `DailySteps`.
    ///
    /// - Parameter negligible: steps of a day below which the band was not worn.
    public static func dailySteps(negligible: Count = .pieces(100)) -> Habit {
        Habit(DailySteps(negligible: negligible.base))
    }
}

extension Habit where Of == FrequencyDimension {
    /// A pulse at rest beyond given limits, or outside of this person's own range; see `VitalSign`.
    public static func heartRate(from low: Frequency, to high: Frequency) -> Habit {
        Habit(VitalSign.heartRate(limits: .between(low, high)))
    }
}

extension Habit where Of == PressureDimension {
    /// One number of a blood pressure beyond given limits, or outside of this person's own range; see `VitalSign`.
    public static func bloodPressure(from low: Pressure, to high: Pressure) -> Habit {
        Habit(VitalSign.bloodPressure(limits: .between(low, high)))
    }
}

extension Habit where Of == TemperatureDimension {
    /// Too warm or too cold for what lies in a cold room, or soon too warm; see `ColdRoom`.
    ///
    /// - Parameters:
    ///   - tolerated: for how long the goods may be slightly outside.
    ///   - horizon: how long before a limit is reached to tell of warming.
    public static func coldRoom(
        from low: Temperature,
        to high: Temperature,
        tolerated: Duration = .minutes(30),
        horizon: Duration = .hours(4)
    ) -> Habit {
        Habit(
            ColdRoom(
                limits: .between(low, high),
                tolerated: tolerated.inSeconds,
                horizon: horizon.inSeconds
            )
        )
    }
}

extension Habit where Of == PowerDimension {
    /// Runs or rests longer or shorter than it ever does, or runs longer from week to week; see `MachineCycle`.
    ///
    /// - Parameters:
    ///   - threshold: above which power it runs.
    ///   - pause: rests of up to this length belong to a run.
    public static func machineCycle(
        above threshold: Power,
        bridging pause: Duration = .zero,
        watching watched: MachineCycle.Watched = .both
    ) -> Habit {
        Habit(MachineCycle(above: threshold.base, bridging: pause.inSeconds, watching: watched))
    }
}

extension ClosedRange<Double> {
    fileprivate static func between<Of>(_ one: Quantity<Of>, _ other: Quantity<Of>) -> Self {
        Swift.min(one.base, other.base)...Swift.max(one.base, other.base)
    }
}
