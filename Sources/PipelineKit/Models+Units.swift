import Models
import Units

/// The models by the names a pipeline uses, with units.

extension Detector where Self == SlowDrift {
    /// Slow wear: the daily median creeps away from what it was; see `SlowDrift`.
    public static func slowDrift(warmUp: Duration = .weeks(2)) -> SlowDrift {
        SlowDrift(warmUp: warmUp.inSeconds)
    }
}

extension Detector where Self == WaterLeak {
    /// A leak from a litre an hour up, in the volume used between two readings; see `WaterLeak`.
    ///
    /// - Parameters:
    ///   - resolution: one step of the meter.
    ///   - span: how far apart readings usually are, at most; an hour to half a day.
    public static func waterLeak(resolution: Volume, readEvery span: Duration = .hours(1)) -> WaterLeak {
        WaterLeak(resolution: resolution.value(in: .litres), readEvery: Int(span.inSeconds / 3600))
    }
}

extension Detector where Self == WaterBurst {
    /// Hours of flow far above what this home ever uses; see `WaterBurst`.
    public static func waterBurst(readEvery span: Duration = .hours(1)) -> WaterBurst {
        WaterBurst(readEvery: Int(span.inSeconds / 3600))
    }
}

extension Detector where Self == UnusualDay {
    /// A day's volume against the home's own days of the same kind; see `UnusualDay`.
    public static func unusualDay(negligible: Volume, beyond limit: Surprise = .sigmas(4)) -> UnusualDay {
        UnusualDay(floor: negligible.base, limit: limit.value)
    }

    /// A day's energy against the home's own days of the same kind; see `UnusualDay`.
    public static func unusualDay(negligible: Energy, beyond limit: Surprise = .sigmas(4)) -> UnusualDay {
        UnusualDay(floor: negligible.base, limit: limit.value)
    }
}

extension Detector where Self == Inactivity {
    /// Nobody used anything by the hour at which they always have; see `Inactivity`.
    public static func usualActivity(atTheLatestAfter span: Duration = .hours(24)) -> Inactivity {
        Inactivity(hardLimit: span.inSeconds)
    }
}
