import Units

extension Schedule {
    /// Kinds of days; a day counts when it is of one of them.
    ///
    ///     Schedule.Days.weekdays
    ///     [.sunday, .publicHolidays(.alsaceMoselle)]
    ///     .yearly(from: (month: 10, day: 15), through: (month: 4, day: 15))       // heating
    public struct Days: Hashable, Sendable {
        /// Bit 0 is Monday.
        private(set) var weekdays: UInt8 = 0
        private(set) var holidays: [FrenchHolidays] = []
        private(set) var spans: [DateSpan] = []

        static let none = Days()

        init() {}

        init(weekdays: UInt8) {
            self.weekdays = weekdays
        }

        init(_ span: DateSpan) {
            spans = [span]
        }

        func contains(_ date: CivilDate) -> Bool {
            if weekdays == Self.everyDay.weekdays { return true }
            return weekdays & 1 << UInt8(date.weekday - 1) != 0
                || holidays.contains { $0.isHoliday(date) }
                || spans.contains { $0.contains(date) }
        }

        /// Days that are in this or the other.
        public func union(_ other: Days) -> Days {
            var days = Days(weekdays: weekdays | other.weekdays)
            if days == .everyDay { return days }
            days.holidays = Set(holidays + other.holidays).sorted { $0.rawValue < $1.rawValue }
            days.spans = Set(spans + other.spans).sorted()
            return days
        }
    }
}

extension Schedule.Days {
    public static let everyDay = Self(weekdays: 0b111_1111)
    /// Monday to Friday.
    public static let weekdays = Self(weekdays: 0b001_1111)
    /// Saturday and Sunday.
    public static let weekend = Self(weekdays: 0b110_0000)
    public static let monday = Self(weekdays: 1 << 0)
    public static let tuesday = Self(weekdays: 1 << 1)
    public static let wednesday = Self(weekdays: 1 << 2)
    public static let thursday = Self(weekdays: 1 << 3)
    public static let friday = Self(weekdays: 1 << 4)
    public static let saturday = Self(weekdays: 1 << 5)
    public static let sunday = Self(weekdays: 1 << 6)

    public static func publicHolidays(_ holidays: FrenchHolidays) -> Self {
        var days = Self()
        days.holidays = [holidays]
        return days
    }

    /// From the first day through the last, both included: days of the calendar in the years 1 to 9999, the
    /// first not after the last. Anything else stops the program, because it is a mistake in a pipeline.
    public static func dates(from first: CivilDate, through last: CivilDate) -> Self {
        Self(DateSpan(from: first, through: last))
    }

    /// The same part of every year, both days included; it may go over New Year. A day that no year has stops
    /// the program.
    public static func yearly(
        from first: (month: Int, day: Int),
        through last: (month: Int, day: Int)
    ) -> Self {
        Self(DateSpan(from: first, through: last))
    }
}

extension Schedule.Days: ExpressibleByArrayLiteral {
    /// `[.saturday, .publicHolidays(.metropolitan)]`
    public init(arrayLiteral kinds: Self...) {
        self = kinds.reduce(.none) { $0.union($1) }
    }
}
