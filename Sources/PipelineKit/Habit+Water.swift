import Models
import Units

// Models of water, and of people who use it, by the names a pipeline uses. All are told what was used since the reading
// before, but for `backwardsMeter`. `Away` is told when somebody leaves and so has its place in a `Transformer`.

extension Habit where Of == VolumeDimension {
    /// A leak from a litre an hour up; see `WaterLeak`.
    ///
    /// - Parameters:
    ///   - resolution: one step of the meter.
    ///   - span: how far apart readings usually are, at most; an hour to half a day.
    public static func waterLeak(resolution: Volume, readEvery span: Duration = .hours(1)) -> Habit {
        Habit(WaterLeak(resolution: resolution.value(in: .litres), readEvery: Int(span.inSeconds / 3600)))
    }

    /// Hours of flow far above what this home ever uses; see `WaterBurst`.
    public static func waterBurst(readEvery span: Duration = .hours(1)) -> Habit {
        Habit(WaterBurst(readEvery: Int(span.inSeconds / 3600)))
    }

    /// One hour far above what this home ever uses in one, from the first day on; see `UnusualHour`.
    ///
    /// - Parameter prior: what is too much in an hour where nothing is known yet.
    public static func unusualHour(prior: Volume = .litres(UnusualHour.priorLitres)) -> Habit {
        Habit(UnusualHour(prior: prior.value(in: .litres)))
    }

    /// Hour after hour the same amount: a hint of a leak, within hours; see `EqualHours`.
    ///
    /// - Parameter resolution: one step of the meter.
    public static func equalHours(resolution: Volume) -> Habit {
        Habit(EqualHours(resolution: resolution.value(in: .litres)))
    }

    /// Watering by programme that did not come, or took far more than it does; see `Irrigation`.
    ///
    /// - Parameter least: from how much in an hour on it may be watering.
    public static func irrigation(atLeast least: Volume = .litres(100)) -> Habit {
        Habit(Irrigation(least: least.value(in: .litres)))
    }

    /// The total of a meter falls below what it has shown before; see `BackwardsMeter`.
    ///
    /// - Parameter tolerance: how far it may fall without anything being wrong.
    public static func backwardsMeter(tolerance: Volume) -> Habit {
        Habit(BackwardsMeter(tolerance: tolerance.value(in: .litres)))
    }

    /// A day's volume against the home's own days of the same kind; see `UnusualDay`.
    public static func unusualDay(negligible: Volume, beyond limit: Surprise = .sigmas(4)) -> Habit {
        Habit(UnusualDay(floor: negligible.base, limit: limit.value))
    }
}

/// What is used says that somebody is there: litres of water, or watt hours above the standby.
extension Habit {
    /// Nobody used anything by the hour at which they always have; see `Inactivity`.
    public static func usualActivity(atTheLatestAfter span: Duration = .hours(24)) -> Habit {
        Habit(Inactivity(hardLimit: span.inSeconds))
    }

    /// The first use of a morning comes later than on all mornings but one in a hundred; see `FirstUse`.
    ///
    /// - Parameter idle: up to how much in an hour counts as without use: a dripping tap, a standby.
    public static func firstUse(idle: Quantity<Of> = .zero) -> Habit {
        Habit(FirstUse(leastFlow: idle.base))
    }

    /// Fewer and fewer hours with use by day, or more and more at night; see `ActiveHours`.
    ///
    /// - Parameter idle: up to how much in an hour counts as without use.
    public static func activeHours(_ part: ActiveHours.Part, idle: Quantity<Of> = .zero) -> Habit {
        Habit(ActiveHours(part, leastFlow: idle.base))
    }
}
