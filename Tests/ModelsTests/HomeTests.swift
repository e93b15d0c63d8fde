import Testing

@testable import Models

@Suite("Meters that run backwards")
struct BackwardsMeterTests {
    @Test("The example of the documentation holds")
    func example() {
        var meter = BackwardsMeter(tolerance: 5)
        meter.learn(1000, at: 0)
        meter.learn(998, at: 3600)
        #expect(!meter.alarm.isRaised)
        meter.learn(970, at: 7200)
        #expect(meter.alarm.cause == .backwards)
        #expect(meter.alarm.seen == 30)
    }

    @Test("It ends when the counter is back where it was, and not before")
    func ends() {
        var meter = BackwardsMeter(tolerance: 5)
        for (hour, total) in [1000.0, 970, 990].enumerated() { meter.learn(total, at: Double(hour) * 3600) }
        #expect(meter.alarm.isRaised)
        meter.learn(1001, at: 4 * 3600)
        #expect(!meter.alarm.isRaised)
    }

    @Test("A new meter is not one that runs backwards")
    func replaced() {
        var meter = BackwardsMeter()
        meter.learn(412_000, at: 0)
        meter.learn(12, at: 3600)
        #expect(!meter.alarm.isRaised)
        meter.learn(40, at: 7200)
        meter.learn(20, at: 10_800)
        #expect(meter.alarm.isRaised)
    }
}

@Suite("Single hours")
struct SingleHourTests {
    @Test("Three hours of the same flow are a hint, three different ones are none")
    func equal() {
        var equal = EqualHours()
        for (hour, litres) in [0.0, 12, 5, 5, 6].enumerated() { equal.learn(litres, at: Double(hour) * 3600) }
        #expect(equal.alarm.cause == .steadyFlow)
        #expect(equal.alarm.since == 3600)
        var other = EqualHours()
        for (hour, litres) in [0.0, 5, 9, 6].enumerated() { other.learn(litres, at: Double(hour) * 3600) }
        #expect(!other.alarm.isRaised)
    }

    @Test("A softener that runs every night is known after some weeks")
    func softener() {
        var equal = EqualHours()
        var alarms = 0
        var wasRaised = false
        for hour in 0..<(24 * 90) {
            equal.learn((1...3).contains(hour % 24) ? 15 : 0, at: Double(hour) * 3600)
            if equal.alarm.isRaised, !wasRaised, hour > 24 * 30 { alarms += 1 }
            wasRaised = equal.alarm.isRaised
        }
        #expect(alarms == 0)
    }

    @Test("The example of the documentation holds, and a garden is known after some waterings")
    func unusual() {
        var hour = UnusualHour()
        hour.learn(0, at: 0)
        hour.learn(350, at: 3600)
        #expect(hour.alarm.cause == .aboveUsualHour)
        for index in 2..<(24 * 60) {
            hour.learn(index % 48 == 20 ? 350 : 5, at: Double(index) * 3600)
            if index > 24 * 20 { #expect(!hour.alarm.isRaised, "hour \(index)") }
        }
    }
}

@Suite("Nobody at home")
struct AwayTests {
    @Test("The example of the documentation holds")
    func example() {
        var away = Away()
        away.declare(from: 0, until: 7 * 86_400)
        away.learn(200, from: 3600, to: 7200)
        #expect(away.alarm.cause == .usedWhileAway)
        #expect(!away.isAway(at: 8 * 86_400))
    }

    @Test("People bring it to an end, a leak does not")
    func returning() {
        for (litres, isBack) in [([3.0, 3, 3, 3], false), ([9, 0, 30, 12], true)] {
            var away = Away()
            away.declare(from: 0, until: 7 * 86_400)
            for (index, used) in litres.enumerated() {
                away.learn(used, from: Double(index) * 3600, to: Double(index + 1) * 3600)
            }
            #expect(away.isAway(at: 86_400) == !isBack)
        }
    }

    @Test("Nobody is missed while they are away, and they are when they should be back")
    func inactivity() {
        var person = Inactivity()
        for hour in 0..<(24 * 40) {
            person.learn((7...22).contains(hour % 24) ? 8 : 0, at: Double(hour + 1) * 3600)
        }
        let back = Double(24 * 45) * 3600
        person.leave(until: back)
        for hour in (24 * 40)..<(24 * 45) {
            person.learn(0, at: Double(hour + 1) * 3600)
            #expect(!person.alarm.isRaised, "hour \(hour)")
        }
        for hour in (24 * 45)..<(24 * 46) { person.learn(0, at: Double(hour + 1) * 3600) }
        #expect(person.alarm.isRaised)
        #expect(person.alarm.since >= back)
    }
}

@Suite("The day of a person")
struct DayOfAPersonTests {
    @Test("Nights out of bed are told, and quiet ones are not")
    func nights() {
        var night = ActiveHours(.night)
        for hour in 0..<(24 * 70) {
            let isUp =
                (7...22).contains(hour % 24) || (hour >= 24 * 60 && (1...4).contains(hour % 24))
            night.learn(isUp ? 8 : 0, at: Double(hour + 1) * 3600)
            if hour < 24 * 60 { #expect(!night.alarm.isRaised) }
        }
        #expect(night.alarm.cause == .upAtNight)
        #expect(night.alarm.seen == 4)
        #expect(night.explanation.measure == .hours)
        #expect(night.explanation.usual <= night.explanation.high)
        #expect(night.explanation.high < 4)
    }

    @Test("Days with hardly any sign of life are told")
    func days() {
        var random = Seeded(3)
        var day = ActiveHours(.day)
        for hour in 0..<(24 * 75) {
            let chance = (7...22).contains(hour % 24) ? (hour < 24 * 60 ? 0.6 : 0.15) : 0.02
            day.learn(random.number() < chance ? 8 : 0, at: Double(hour + 1) * 3600)
            if hour < 24 * 60 { #expect(!day.alarm.isRaised, "hour \(hour)") }
        }
        #expect(day.alarm.cause == .fewActiveHours)
        #expect(day.alarm.usual > day.alarm.seen)
        #expect(day.explanation.low > day.alarm.seen)
        #expect(day.explanation.low <= day.alarm.usual)
    }

    @Test("A morning that does not begin is told, and its first use clears it")
    func mornings() {
        var morning = FirstUse()
        for hour in 0..<(24 * 40 + 11) {
            let isUp = hour < 24 * 40 && (7...22).contains(hour % 24)
            morning.learn(isUp ? 8 : 0, at: Double(hour + 1) * 3600)
            if hour < 24 * 40 + 7 { #expect(!morning.alarm.isRaised, "hour \(hour)") }
        }
        #expect(morning.alarm.cause == .pastUsualHour)
        #expect(morning.alarm.seen >= morning.alarm.limit)
        #expect(morning.explanation.measure == .hourOfDay)
        #expect(morning.explanation.seen == 9)
        #expect(morning.explanation.usual == 8)
        morning.learn(5, at: Double(24 * 40 + 12) * 3600)
        #expect(!morning.alarm.isRaised)
    }
}

@Suite("The legal notice of double consumption")
struct DoubleConsumptionTests {
    @Test("The example of the documentation holds")
    func example() throws {
        var water = DoubleConsumption()
        for month in 0..<36 { water.learn(10_000, days: 30, month: month) }
        water.learn(25_000, days: 30, month: 36)
        let facts = try #require(water.facts(months: 1, until: 36))
        #expect(facts.ratio == 2.5)
        #expect(facts.isUnusual)
        #expect(facts.years == 3)
    }

    @Test("A period is compared with the same season, and without one there is no notice")
    func season() throws {
        var water = DoubleConsumption()
        for month in 0..<25 { water.learn(month % 12 == 6 ? 40_000 : 10_000, days: 30, month: month) }
        #expect(water.facts(months: 1, until: 6) == nil)
        let summer = try #require(water.facts(months: 1, until: 18))
        #expect(summer.ratio == 1)
        #expect(!summer.isUnusual)
    }
}

@Suite("Gardens watered by programme")
struct IrrigationTests {
    private func watered(weeks: Int, last: Double, random: inout Seeded) -> Irrigation {
        var garden = Irrigation()
        for hour in 0..<(24 * 7 * weeks) {
            let isWatering = [1, 4].contains(hour / 24 % 7) && hour % 24 == 5
            let litres = hour >= 24 * 7 * (weeks - 1) ? last : random.number(350...450)
            garden.learn(isWatering ? litres : random.number(0...20), at: Double(hour + 1) * 3600)
            if hour < 24 * 7 * (weeks - 1) { #expect(!garden.alarm.isRaised, "hour \(hour)") }
        }
        return garden
    }

    @Test("A programme that did not come is told, and one that took too much")
    func programme() {
        var random = Seeded(5)
        let dry = watered(weeks: 8, last: 0, random: &random)
        #expect(dry.alarm.cause == .missedWatering)
        #expect(dry.alarm.usual > 350 && dry.alarm.usual < 450)
        let torn = watered(weeks: 8, last: 1500, random: &random)
        #expect(torn.alarm.cause == .longWatering)
        #expect(torn.isProgrammed(at: Double(24 * 7 * 20 + 24 + 5) * 3600 + 60))
        #expect(!torn.isProgrammed(at: Double(24 * 7 * 20 + 24 + 9) * 3600))
    }

    @Test("When the season is over nobody misses the watering for ever")
    func season() {
        var random = Seeded(6)
        var garden = watered(weeks: 12, last: 0, random: &random)
        #expect(garden.alarm.cause == .missedWatering)
        for hour in (24 * 7 * 12)..<(24 * 7 * 13) { garden.learn(5, at: Double(hour + 1) * 3600) }
        #expect(garden.alarm.isRaised)
        for hour in (24 * 7 * 13)..<(24 * 7 * 17) { garden.learn(5, at: Double(hour + 1) * 3600) }
        #expect(!garden.alarm.isRaised)
    }
}
