import Models
import Units

// The baselines of the field, for whoever wants to choose one by name; `itsOwnPast` needs no choice. Those that only
// score are told by `AlarmPolicy.calm`; `Habit(_:beyond:)` takes them without it.

extension Habit {
    /// Mean and deviation of all of the past, for a level that never moves; see `Moments`.
    public static func moments(warmUp values: Int = 10, beyond limit: Surprise = .sigmas(5)) -> Habit {
        Habit(calm: Moments(warmUp: values), beyond: limit)
    }

    /// Mean and deviation of the last values; see `FadingMoments`.
    public static func fadingMoments(memory values: Int = 1000, beyond limit: Surprise = .sigmas(5)) -> Habit
    {
        Habit(calm: FadingMoments(memory: values), beyond: limit)
    }

    /// Median and median deviation, which no outlier moves; see `RobustScale`.
    public static func robustScale(memory values: Int = 1000, beyond limit: Surprise = .sigmas(6)) -> Habit {
        Habit(calm: RobustScale(memory: values), beyond: limit)
    }

    /// What is rare in its own past, whatever its distribution looks like; see `QuantileSketch`.
    ///
    /// - Parameters:
    ///   - resolution: differences near zero that do not matter.
    ///   - limit: in nats; with few values in the past only a record far out reaches ten.
    public static func quantiles(
        resolution: Quantity<Of>,
        memory values: Int = 10_000,
        beyond limit: Surprise = .nats(10)
    ) -> Habit {
        Habit(calm: QuantileSketch(resolution: resolution.base, memory: values), beyond: limit)
    }

    /// What is usual at each hour of the day; see `HourOfDay`.
    public static func hourOfDay(memory: Duration = .weeks(2), beyond limit: Surprise = .sigmas(5)) -> Habit {
        Habit(calm: HourOfDay(memory: memory.inSeconds / 86_400), beyond: limit)
    }

    /// What is usual at each hour of each day of the week; see `HourOfWeek`. Takes 2 KB of each device.
    ///
    /// - Parameter warmUp: of each hour there is one value a week, and from two or three nobody knows how it varies.
    public static func hourOfWeek(
        memory: Duration = .weeks(8),
        warmUp: Duration = .weeks(4),
        beyond limit: Surprise = .sigmas(6)
    ) -> Habit {
        Habit(
            calm: HourOfWeek(memory: memory.inSeconds / 604_800, warmUp: warmUp.inSeconds),
            beyond: limit
        )
    }

    /// The next value of a series with a level, a trend and a rhythm of days or weeks; see `HoltWinters`.
    public static func holtWinters(
        season: HoltWinters.Season = .day,
        beyond limit: Surprise = .sigmas(5)
    ) -> Habit {
        Habit(calm: HoltWinters(season: season), beyond: limit)
    }

    /// Value, step and hour that are rare together; see `HalfSpaceTrees`. Takes 6 KB of each device.
    public static func halfSpaceTrees(beyond limit: Surprise = .sigmas(5)) -> Habit {
        Habit(calm: HalfSpaceTrees(), beyond: limit)
    }

    /// A small, lasting shift of the level, against its own past; see `Cusum`.
    ///
    /// - Parameter slack: half of the shift to be found.
    public static func cusum(
        slack: Surprise = .sigmas(0.5),
        memory values: Int = 1000,
        beyond limit: Surprise = .sigmas(9)
    ) -> Habit {
        Habit(Cusum(slack: slack.value, limit: limit.value, memory: values))
    }

    /// A small, lasting shift away from a set point; see `Cusum`.
    ///
    /// - Parameter tolerance: one standard deviation about the set point.
    public static func cusum(
        around setPoint: Quantity<Of>,
        tolerance: Quantity<Of>,
        slack: Surprise = .sigmas(0.5),
        beyond limit: Surprise = .sigmas(5)
    ) -> Habit {
        Habit(Cusum(mean: setPoint.base, deviation: tolerance.base, slack: slack.value, limit: limit.value))
    }

    /// Another mean, told once and then taken as the usual one; see `PageHinkley`.
    ///
    /// - Parameters:
    ///   - limit: the sum of differences that is a change.
    ///   - tolerance: what is forgiven at each value.
    public static func pageHinkley(
        beyond limit: Quantity<Of>,
        tolerance: Quantity<Of> = .zero
    ) -> Habit {
        Habit(PageHinkley(limit: limit.base, tolerance: tolerance.base))
    }

    /// Another mean, found without knowing how large a change to look for; see `AdaptiveWindow`. Takes 1 KB of each
    /// device.
    ///
    /// - Parameter range: how far apart values can lie in all.
    public static func adaptiveWindow(range: Quantity<Of>, confidence: Double = 0.002) -> Habit {
        Habit(AdaptiveWindow(confidence: confidence, range: range.base))
    }
}

extension Habit where Of == CountDimension {
    /// Too many or too few events for the hour, of the events since the reading before; see `EventRate`.
    ///
    /// - Parameter visits: of how many of the latest such hours the rate is.
    public static func eventRate(memory visits: Double = 40, beyond limit: Surprise = .nats(14)) -> Habit {
        Habit(EventRate(memory: visits, limit: limit.value))
    }
}

extension Habit where Of == TimeDimension {
    /// Longer or shorter than such a thing lasts, of how long one lasted; see `SpellLength`.
    public static func spellLength(memory spells: Int = 100, beyond limit: Surprise = .nats(7)) -> Habit {
        Habit(SpellLength(memory: spells), beyond: limit)
    }
}
