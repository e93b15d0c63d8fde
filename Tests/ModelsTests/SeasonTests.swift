import Glibc
import Testing

@testable import Models

@Suite("The calendar of models")
struct CalendarTests {
    @Test("1970-01-01 was a Thursday, and the day before it a Wednesday")
    func weekdays() {
        #expect(Weekday(of: 0) == .thursday)
        #expect(Weekday(of: -1) == .wednesday)
        #expect(Weekday(of: -0.5) == .wednesday)
        #expect(Weekday(of: 86_399.9) == .thursday)
        // 2024-02-29 was a Thursday, 2026-11-22 a Sunday.
        #expect(Weekday(of: 1_709_164_800) == .thursday)
        #expect(Weekday(of: 1_795_305_600) == .sunday)
        #expect(Weekday(of: .nan) == .monday)
        #expect(Weekday.allCases.filter(\.isWeekend) == [.saturday, .sunday])
    }

    @Test("Cells follow days and hours")
    func cells() {
        let week = CellsOfTime(kinds: 7, parts: 24)
        let monday = 4.0 * 86_400
        #expect(week.cell(at: monday, on: nil) == 0)
        #expect(week.cell(at: monday + 86_400 + 3 * 3600, on: nil) == 27)
        #expect(week.cell(at: monday + 5 * 3600, on: .holiday) == 6 * 24 + 5)
        #expect(week.cell(at: -3600, on: nil) == 2 * 24 + 23)
        let kinds = CellsOfTime(kinds: 3, parts: 1)
        #expect(Weekday.allCases.map(kinds.kind) == [0, 0, 0, 0, 0, 1, 2])
        let weekend = CellsOfTime(kinds: 2, parts: 48)
        #expect(weekend.cell(at: monday - 1, on: nil) == 95)
        #expect(Weekday.allCases.map(weekend.kind) == [0, 0, 0, 0, 0, 1, 1])
    }
}

@Suite("What is usual at this hour")
struct ProfileTests {
    @Test("HourOfDay: the example of the documentation holds")
    func hourOfDay() {
        var load = HourOfDay()
        for hour in 0..<(24 * 14) {
            load.learn(Double(hour % 24 == 8 ? 90 : 10 + hour / 24 % 2), at: Double(hour) * 3600)
        }
        #expect(load.score(90, at: (24 * 14 + 8) * 3600).surprise < 0.01)
        #expect(abs(load.score(90, at: (24 * 14 + 3) * 3600).usual - 10.5) < 0.3)
        #expect(load.score(90, at: (24 * 14 + 3) * 3600).surprise > 50)
    }

    @Test("HourOfWeek: the example of the documentation holds")
    func hourOfWeek() {
        var office = HourOfWeek()
        for hour in 0..<(24 * 28) {
            let t = Double(hour) * 3600
            let isOpen = !Weekday(of: t).isWeekend && (8..<18).contains(hour % 24)
            office.learn(isOpen ? 40 : 5, at: t)
        }
        let monday = Double(24 * 32 + 10) * 3600
        #expect(abs(office.score(5, at: monday).usual - 40) < 2)
        #expect(office.score(5, at: monday, on: .holiday).surprise < 0.5)
        #expect(office.score(5, at: monday).surprise > 5)
    }

    @Test("A holiday that was named is learned as that day, and the weekday stays as it was")
    func holiday() {
        var office = HourOfWeek()
        for hour in 0..<(24 * 56) {
            let t = Double(hour) * 3600
            let isHoliday = hour / 24 % 9 == 0
            let isOpen = !Weekday(of: t).isWeekend && (8..<18).contains(hour % 24) && !isHoliday
            office.learn(isOpen ? 40 : 5, at: t, on: isHoliday ? .holiday : nil)
        }
        for day in 0..<7 {
            let noon = Double(24 * (56 + day) + 12) * 3600
            let isWorkday = !Weekday(of: noon).isWeekend
            #expect(abs(office.score(0, at: noon).usual - (isWorkday ? 40 : 5)) < 5, "day \(day)")
        }
    }

    @Test("A mean of few visits is the plain mean, and the spread that of a normal distribution")
    func closedForm() {
        var random = Seeded(71)
        var profile = HourOfDay(memory: 10_000)
        var sum = 0.0
        for day in 0..<800 {
            let value = 100 + random.bell(5)
            if day < 3 { sum += value }
            profile.learn(value, at: Double(day) * 86_400 + 7 * 3600)
            if day == 2 {
                #expect(abs(profile.score(0, at: 3 * 86_400 + 7 * 3600).usual - sum / 3) < 1e-4)
            }
        }
        let score = profile.score(110, at: 900 * 86_400 + 7 * 3600)
        #expect(abs(score.surprise - 2) < 0.15)
    }

    @Test("Five-minute values do not make it forget faster than hourly ones")
    func rhythm() {
        var coarse = HourOfDay(memory: 10)
        var fine = HourOfDay(memory: 10)
        for quarter in 0..<(96 * 30) {
            let t = Double(quarter) * 900
            let value = quarter / 96 < 25 ? 10.0 : 20
            if quarter % 4 == 0 { coarse.learn(value, at: t) }
            fine.learn(value, at: t)
        }
        let t = 30.0 * 86_400 + 43_200
        #expect(abs(coarse.score(0, at: t).usual - fine.score(0, at: t).usual) < 1)
    }

    @Test("The hour that comes twice in autumn is scored, not learned, and the clock goes on after it")
    func autumn() {
        var profile = HourOfDay()
        for hour in 0..<200 { profile.learn(5, at: Double(hour) * 3600) }
        let again = profile.learn(5, at: 198 * 3600)
        #expect(!again)
        #expect(profile.score(5, at: 198 * 3600).isWarm)
        let next = profile.learn(5, at: 200 * 3600)
        #expect(next)
    }

    @Test("A day of the week that was never seen borrows from the others")
    func borrows() {
        var week = HourOfWeek()
        for hour in 0..<48 { week.learn(hour % 24 == 9 ? 50 : 10, at: Double(hour) * 3600) }
        #expect(abs(week.score(0, at: (24 * 3 + 9) * 3600).usual - 50) < 0.01)
    }
}

@Suite("Holt-Winters")
struct HoltWintersTests {
    @Test("The example of the documentation holds")
    func example() {
        var gas = HoltWinters()
        for hour in 0..<(24 * 21) {
            gas.learn(100 + 0.5 * Double(hour) + (hour % 24 == 6 ? 30 : 0), at: Double(hour) * 3600)
        }
        #expect(abs(gas.score(0, at: 24 * 21 * 3600).usual - 352) < 2)
        #expect(abs(gas.score(0, at: (24 * 21 + 6) * 3600).usual - 385) < 4)
    }

    /// y = 50 + 10·sin(2πi/24) + i/50 + 4·(u − 1/2), computed by the recursion of the documentation in numpy.
    @Test("Forecasts are those of the reference")
    func reference() {
        var model = HoltWinters()
        var forecasts: [Double] = []
        for (hour, u) in congruential(240, seed: 3).enumerated() {
            let y = 50 + 10 * sin(2 * .pi * Double(hour) / 24) + 0.02 * Double(hour) + 4 * (u - 0.5)
            let t = Double(hour) * 3600
            forecasts.append(model.score(y, at: t).usual)
            model.learn(y, at: t)
        }
        #expect(abs(forecasts[100] - 60.204222504574976) < 1e-4)
        #expect(abs(forecasts[200] - 63.6952280732644) < 1e-4)
        #expect(abs(forecasts[239] - 52.509100092381445) < 1e-4)
        // One deviation above the usual is one deviation above.
        let band = model.band(around: 0, at: 240 * 3600, within: 1)
        #expect(abs(((band?.high ?? 0) - (band?.low ?? 0)) / 2 - 1.454505857566857) < 1e-4)
    }

    @Test("A trend is not surprising where it lags behind in a profile")
    func trend() {
        var profile = HourOfDay()
        var smoothing = HoltWinters()
        var worst = (profile: 0.0, smoothing: 0.0)
        for (hour, u) in congruential(24 * 40, seed: 5).enumerated() {
            let y = 10 + 0.5 * Double(hour) + 5 * sin(2 * .pi * Double(hour) / 24) + u
            let t = Double(hour) * 3600
            if hour > 24 * 20 {
                worst.profile = max(worst.profile, abs(y - profile.score(y, at: t).usual))
                worst.smoothing = max(worst.smoothing, abs(y - smoothing.score(y, at: t).usual))
            }
            profile.learn(y, at: t)
            smoothing.learn(y, at: t)
        }
        #expect(worst.smoothing < 4)
        #expect(worst.profile > 60)
    }

    @Test("One wild value moves the next forecasts less than the noise")
    func robust() {
        var random = Seeded(73)
        var model = HoltWinters()
        for hour in 0..<(24 * 30) { model.learn(20 + random.bell(1), at: Double(hour) * 3600) }
        let before = model.score(0, at: 24 * 30 * 3600).usual
        model.learn(1e6, at: 24 * 30 * 3600)
        let after = model.score(0, at: (24 * 30 + 1) * 3600).usual
        #expect(abs(after - before) < 1)
    }

    @Test("A week that differs by days is known by its weekly season")
    func weekly() {
        var model = HoltWinters(season: .week)
        func value(_ hour: Int) -> Double { Weekday(of: Double(hour) * 3600).isWeekend ? 12 : 30 }
        for hour in 0..<(24 * 42) { model.learn(value(hour), at: Double(hour) * 3600) }
        for hour in (24 * 42)..<(24 * 49) {
            #expect(abs(model.score(0, at: Double(hour) * 3600).usual - value(hour)) < 1.5)
        }
        // Friday, 1970-02-13, as a holiday.
        let friday = (24.0 * 43 + 12) * 3600
        #expect(abs(model.score(0, at: friday, on: .holiday).usual - 12) < 1.5)
    }

    @Test("After a gap of a year the trend has come to rest")
    func gap() {
        var model = HoltWinters()
        for hour in 0..<(24 * 10) { model.learn(Double(hour), at: Double(hour) * 3600) }
        let later = model.score(0, at: 366 * 86_400).usual
        // 0.995 an hour leaves 200 hours of a trend of one an hour.
        #expect(later > 240 && later < 480)
    }
}
