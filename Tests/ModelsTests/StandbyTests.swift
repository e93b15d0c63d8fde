import Testing

@testable import Models

@Suite("Electricity above the standby")
struct StandbyTests {
    @Test("The example of the documentation holds")
    func example() {
        var standby = Standby()
        for hour in 0..<(24 * 14) {
            let isUp = (7...22).contains(hour % 24)
            let refrigerator = 0.2 + Double(hour % 3) / 100
            standby.learn(refrigerator + (isUp ? 0.4 : 0), at: Double(hour + 1) * 3600)
        }
        #expect((0.25...0.35).contains(standby.level))
        #expect(standby.score(0.21, at: 24 * 14 * 3600 + 3600).surprise < 1)
        #expect(standby.score(0.6, at: 24 * 14 * 3600 + 3600).surprise > 1)
    }

    @Test("Quarter hours add up to the same standby as hours, in whatever unit")
    func rhythm() {
        func level(parts: Int, unit: Double) -> Double {
            var random = Seeded(31)
            var standby = Standby(resolution: 0.01 * unit)
            for hour in 0..<(24 * 14) {
                let amount = random.number(0.2...0.25) + ((7...22).contains(hour % 24) ? 0.4 : 0)
                for part in 1...parts {
                    let t = (Double(hour) + Double(part) / Double(parts)) * 3600
                    standby.learn(amount * unit / Double(parts), at: t)
                }
            }
            return standby.level / unit
        }
        #expect(abs(level(parts: 4, unit: 1) - level(parts: 1, unit: 1)) < 0.01)
        #expect(abs(level(parts: 1, unit: 1000) - level(parts: 1, unit: 1)) < 0.01)
    }

    @Test("The example of a person's electricity holds, and the refrigerator alone is no sign of life")
    func person() {
        var person = AboveStandby(Inactivity())
        for hour in 0..<(24 * 50 + 13) {
            let isUp = hour < 24 * 50 && (7...22).contains(hour % 24)
            let refrigerator = 0.2 + Double(hour % 3) / 100
            person.learn(refrigerator + (isUp ? 0.4 : 0), at: Double(hour + 1) * 3600)
            if hour < 24 * 50 { #expect(!person.alarm.isRaised, "hour \(hour)") }
        }
        #expect(person.alarm.cause == .pastUsualHour)
        person.learn(0.9, at: Double(24 * 50 + 14) * 3600)
        #expect(!person.alarm.isRaised)
    }

    @Test("A standby that rises is learned within two weeks, one that falls within three", arguments: 0..<14)
    func follows(offset: Int) {
        var standby = Standby()
        var next = 0
        func live(_ days: Int, atRest amount: Double) {
            for hour in next..<(next + 24 * days) {
                let isUp = (7...22).contains(hour % 24)
                standby.learn(amount + (isUp ? 0.4 : 0), at: Double(hour + 1) * 3600)
            }
            next += 24 * days
        }
        live(30 + offset, atRest: 0.2)
        #expect((0.27...0.29).contains(standby.level))
        live(14, atRest: 0.5)
        #expect((0.67...0.73).contains(standby.level))
        live(30, atRest: 0.5)
        live(21, atRest: 0.2)
        #expect((0.27...0.29).contains(standby.level))
    }

    @Test("Readings lost are no activity of a single hour, and what is no amount is not taken")
    func lost() {
        var person = AboveStandby(ActiveHours(.day))
        for hour in 0..<(24 * 60) where hour % 24 != 12 {
            let isUp = (7...22).contains(hour % 24)
            let taken = person.learn(
                (hour % 24 == 13 ? 2 : 1) * (isUp ? 0.6 : 0.2),
                at: Double(hour + 1) * 3600
            )
            #expect(taken)
        }
        #expect((0.27...0.29).contains(person.standby.level))
        #expect(person.isWarm && !person.alarm.isRaised)
        let before = bytes(person)
        let negative = person.learn(-1, at: 24 * 61 * 3600)
        #expect(!negative && bytes(person) == before)
    }
}
