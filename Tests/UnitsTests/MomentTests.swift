import Foundation
import TestSupport
import Testing
import Units

@Suite("Moments")
struct MomentTests {
    static func calendar() throws -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        return calendar
    }

    @Test("Every day from 1990 to 2040 has the date and the weekday that Foundation gives it")
    func everyDay() throws {
        let calendar = try Self.calendar()
        var days = 0
        for day in Int64(7305)...Int64(25_932) {
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday],
                from: Date(timeIntervalSince1970: Double(day) * 86_400)
            )
            let date = CivilDate(daysSince1970: day)
            #expect(Int(date.year) == parts.year)
            #expect(Int(date.month) == parts.month)
            #expect(Int(date.day) == parts.day)
            #expect(date.daysSince1970 == day)
            #expect(date.weekday % 7 + 1 == parts.weekday)
            days += 1
        }
        #expect(days == 18_628)
    }

    @Test("A moment is written as Foundation writes it and read back as the same moment")
    func roundTrip() throws {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        var dice = Dice(seed: 1)
        for _ in 0..<5000 {
            let milliseconds = Int64(dice.below(7_258_118_400_000))
            let moment = Moment(microseconds: milliseconds * 1000)
            // Foundation cuts what is between two milliseconds off, also when it is a rounding error.
            let date = Date(timeIntervalSince1970: (Double(milliseconds) + 0.4) / 1000)
            #expect(moment.description == style.format(date))
            #expect(Moment(iso8601: moment.description) == moment)
        }
    }

    @Test("Microseconds and times before 1970 survive being written")
    func microseconds() {
        var dice = Dice(seed: 2)
        for _ in 0..<5000 {
            let moment = Moment(
                microseconds: Int64(dice.below(9_000_000_000_000_000)) - 2_000_000_000_000_000
            )
            #expect(Moment(iso8601: moment.description) == moment)
        }
        #expect(Moment(microseconds: -1).description == "1969-12-31T23:59:59.999999Z")
        #expect(Moment(microseconds: 120_000).description == "1970-01-01T00:00:00.120Z")
    }

    @Test(
        "An offset from UTC is taken into account",
        arguments: [
            ("2026-01-05T07:31:02Z", "2026-01-05T07:31:02.000Z"),
            ("2026-01-05T07:31:02+01:00", "2026-01-05T06:31:02.000Z"),
            ("2026-01-05T07:31:02-0330", "2026-01-05T11:01:02.000Z"),
            ("2026-01-05 00:15:00.5+0100", "2026-01-04T23:15:00.500Z"),
            ("2028-02-29T23:59:59.123456789Z", "2028-02-29T23:59:59.123456Z"),
            ("2000-02-29T00:00:00-23:59", "2000-02-29T23:59:00.000Z"),
        ]
    )
    func offsets(text: String, expected: String) throws {
        #expect(try #require(Moment(iso8601: text)).description == expected)
    }

    @Test(
        "What is no time, or nobody's time, is refused",
        arguments: [
            "", "2026", "2026-01-05", "2026-01-05T07:31:02", "2026-01-05T07:31Z", "2026-13-05T07:31:02Z",
            "2026-00-05T07:31:02Z", "2026-01-00T07:31:02Z", "2026-02-29T07:31:02Z", "1900-02-29T07:31:02Z",
            "2026-04-31T07:31:02Z", "2026-01-05T24:00:00Z", "2026-01-05T07:60:02Z", "2026-01-05T07:31:60Z",
            "2026-01-05T07:31:02.Z", "2026-01-05T07:31:02.1234567891Z", "2026-01-05T07:31:02ZZ",
            "2026-01-05T07:31:02+1", "2026-01-05T07:31:02+01", "2026-01-05T07:31:02+01:0",
            "2026-01-05T07:31:02+24:00", "2026-01-05T07:31:02+01:60", "2026-01-05T07:31:02+01:000",
            "2026-01-05T07:31:02z", "2026-01-05t07:31:02Z", "-026-01-05T07:31:02Z", "2026-1-05T07:31:02Z ",
            "2026-01-05T07:31:0\u{660}Z", "+2026-01-05T07:31:02Z", "2026-01-05T07:31:02.5",
            "2026-01-05T07:31:02+", "2026-01-05T07:31:02+:0100", "٢٠٢٦-01-05T07:31:02Z",
        ]
    )
    func hostile(text: String) {
        #expect(Moment(iso8601: text) == nil)
    }

    @Test("A changed byte in a time gives another time or none, and never a crash")
    func changedBytes() {
        var dice = Dice(seed: 3)
        let times = ["2026-01-05T07:31:02.120Z", "2026-01-05T07:31:02+01:00", "2026-01-05T07:31:02-0100"]
        for _ in 0..<20_000 {
            var bytes = [UInt8](dice.pick(times).utf8)
            for _ in 0...dice.below(3) {
                switch dice.below(3) {
                case 0: bytes[dice.below(bytes.count)] = UInt8(dice.below(256))
                case 1: bytes.removeLast(min(bytes.count - 1, dice.below(8)))
                default: bytes.insert(UInt8(ascii: "0") + UInt8(dice.below(10)), at: dice.below(bytes.count))
                }
            }
            guard let moment = bytes.withUnsafeBytes({ Moment(iso8601: $0) }) else { continue }
            #expect(Moment(iso8601: moment.description) == moment || moment.description.hasPrefix("-"))
        }
    }

    @Test("Moments are ordered as time goes, and spans lie between them")
    func order() {
        let early = Moment(seconds: 10)
        let late = early + .minutes(2) + .milliseconds(1)
        #expect(early < late)
        #expect(late.since(early) == .milliseconds(120_001))
        #expect(early.since(late) == .milliseconds(-120_001))
        #expect(late - .milliseconds(120_001) == early)
        #expect(Moment.distantPast < early && late < Moment.distantFuture)
        #expect(Moment.distantFuture.since(.distantPast).inMicroseconds > 0)
    }
}
