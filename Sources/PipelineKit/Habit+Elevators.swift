import Models
import Units

// Models of elevators, by the names a pipeline uses.

extension Habit {
    /// Wear in one direction of travel or in both, of what was measured on a ride: below zero on the way down, zero
    /// where there was none; see `DirectionalDrift`.
    public static func directionalDrift(warmUp: Duration = .weeks(2)) -> Habit {
        Habit(DirectionalDrift(SlowDrift(warmUp: warmUp.inSeconds)))
    }
}

extension Habit where Of == CountDimension {
    /// The third failure in a week, of 1 while out of service and 0 while not; see `RepeatedOutages`.
    public static func repeatedOutages(
        _ count: Int = 3,
        within window: Duration = .weeks(1),
        confirmedAfter delay: Duration = .minutes(30)
    ) -> Habit {
        Habit(RepeatedOutages(count: count, within: window.inSeconds, delay: delay.inSeconds))
    }

    /// One alarm for a trouble that comes back, of 1 while out of service and 0 while not; see `OutageClusters`.
    public static func outageClusters(
        confirmedAfter delay: Duration = .minutes(30),
        mergedWithin merging: Duration = .days(1)
    ) -> Habit {
        Habit(OutageClusters(delay: delay.inSeconds, merging: merging.inSeconds))
    }

    /// Stands still although there usually are trips, of the trips since the reading before; see `Standstill`.
    public static func standstill(falseAlarmsPerYear: Double = 0.05) -> Habit {
        Habit(Standstill(falseAlarmsPerYear: falseAlarmsPerYear))
    }

    /// Far more or far fewer trips than on such a day, of the trips since the reading before; see `TripCounts`.
    public static func usualTrips(a period: TripCounts.Period = .day) -> Habit {
        Habit(TripCounts(per: period))
    }
}
