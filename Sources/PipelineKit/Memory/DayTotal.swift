import Interactions
import Units

/// Adds up what belongs to one civil day, for use in a `Transformer`: hands out a day when the next one begins.
///
/// A day has 23 or 25 hours where the clocks change. An amount belongs to the day in which its span ends.
public struct DayTotal<Of: Dimension>: BitwiseCopyable, Sendable {
    public struct Day: Hashable, BitwiseCopyable, Sendable {
        public let date: CivilDate
        /// Noon of the day in UTC: a time that is safely within the day for whoever needs one.
        public let noon: Moment
        public let total: Quantity<Of>
        /// How many amounts it is made of.
        public let count: Int
    }

    private var day = Int64.min
    private var total = Quantity<Of>.zero
    private var count = 0

    public init() {}

    /// Nil until a day is complete. Days without any amount are left out.
    public mutating func add(_ amount: Quantity<Of>, at time: Moment, in zone: CivilZone) -> Day? {
        let today = zone.civilTime(at: time).date.daysSince1970
        var complete: Day?
        if today > day {
            if day != .min { complete = made }
            (day, total, count) = (today, .zero, 0)
        }
        // An amount that comes late, for a day that was handed out, is added to the present one: no litre is lost.
        total = total + amount
        count += 1
        return complete
    }

    private var made: Day {
        Day(
            date: CivilDate(daysSince1970: day),
            noon: Moment(seconds: day * 86_400 + 43_200),
            total: total,
            count: count
        )
    }
}
