import Interactions
import PipelineKit
import Testing
import Units

@Suite("Day totals, sessions and windows")
struct MemoryTests {
    private let start = Moment(seconds: 1_767_600_000)

    @Test(
        "A day has as many hours as the clock on the wall gives it",
        arguments: [
            ("2026-01-05T23:00:00Z", 24), ("2026-03-28T23:00:00Z", 23), ("2026-10-24T22:00:00Z", 25),
        ]
    )
    func days(_ midnight: String, _ hours: Int) throws {
        var total = DayTotal<VolumeDimension>()
        let begin = try #require(Moment(iso8601: midnight))
        for hour in 0..<hours {
            let isOver = total.add(.litres(1), at: begin + .hours(hour), in: .paris) != nil
            #expect(!isOver, "hour \(hour)")
        }
        let dayMade = total.add(.litres(1), at: begin + .hours(hours), in: .paris)
        let day = try #require(dayMade)
        #expect(day.total == .litres(Double(hours)))
        #expect(day.count == hours)
        #expect(CivilZone.paris.civilTime(at: day.noon).date == day.date)
    }

    @Test("An amount that comes late is counted in the present day, and days without any are left out")
    func lateAmounts() throws {
        var total = DayTotal<VolumeDimension>()
        let begin = try #require(Moment(iso8601: "2026-01-05T10:00:00Z"))
        #expect(total.add(.litres(1), at: begin, in: .paris) == nil)
        let firstMade = total.add(.litres(2), at: begin + .days(3), in: .paris)
        let first = try #require(firstMade)
        #expect(first.total == .litres(1))
        #expect(total.add(.litres(4), at: begin, in: .paris) == nil)
        let secondMade = total.add(.litres(8), at: begin + .days(4), in: .paris)
        let second = try #require(secondMade)
        #expect(second.total == .litres(6))
        #expect(second.date == CivilDate(year: 2026, month: 1, day: 8))
    }

    @Test("A session runs from its first reading to the one that ends it")
    func session() {
        var session = Session(endsAfter: .minutes(10))
        #expect(session.step(isRunning: false, at: start) == nil)
        #expect(session.step(isRunning: true, at: start + .minutes(1)) == nil)
        #expect(session.step(isRunning: true, at: start + .minutes(6)) == nil)
        let run = session.step(isRunning: false, at: start + .minutes(7))
        #expect(run?.began == start + .minutes(1))
        #expect(run?.duration == .minutes(6))
        #expect(session.step(isRunning: false, at: start + .minutes(8)) == nil)
    }

    @Test("A session that falls silent ended with its last reading")
    func silentSession() {
        var session = Session(endsAfter: .minutes(10))
        #expect(session.step(isRunning: true, at: start) == nil)
        #expect(session.step(isRunning: true, at: start + .minutes(4)) == nil)
        let run = session.step(isRunning: true, at: start + .minutes(30))
        #expect(run?.ended == start + .minutes(4))
        let next = session.step(isRunning: false, at: start + .minutes(33))
        #expect(next?.began == start + .minutes(30))
    }

    @Test("A window hands out what lay in it when the next begins")
    func window() throws {
        var window = Window<MassDimension>(of: .minutes(1))
        let begin = try #require(Moment(iso8601: "2026-01-05T10:00:00Z"))
        #expect(window.add(.kilograms(1), at: begin + .seconds(5)) == nil)
        #expect(window.add(.kilograms(5), at: begin + .seconds(50)) == nil)
        // Older than the window: counted in it, no value is lost.
        #expect(window.add(.kilograms(3), at: begin - .seconds(5)) == nil)
        let summaryMade = window.add(.kilograms(9), at: begin + .seconds(61))
        let summary = try #require(summaryMade)
        #expect(summary.began == begin)
        #expect(summary.count == 3)
        #expect(summary.mean == .kilograms(3))
        #expect(summary.least == .kilograms(1))
        #expect(summary.greatest == .kilograms(5))
    }
}
