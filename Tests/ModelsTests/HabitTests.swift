import Testing

@testable import Models

@Suite("Unusual days")
struct UnusualDayTests {
    @Test("The example of the documentation holds, and the next usual day clears it")
    func example() {
        var water = UnusualDay(floor: 5)
        for day in 0..<42 {
            water.learn(200 + 20 * Double(day * 3 % 5), at: Double(day) * 86_400)
            #expect(!water.alarm.isRaised)
        }
        water.learn(2000, at: 42 * 86_400)
        #expect(water.alarm.cause == .aboveUsual)
        #expect((200...280).contains(water.alarm.usual))
        water.learn(240, at: 43 * 86_400)
        #expect(!water.alarm.isRaised)
    }

    @Test("A weekend that is always twice as high is usual, a weekday as high is not")
    func weekend() {
        var random = Seeded(41)
        var energy = UnusualDay(floor: 0.2)
        func total(_ day: Int) -> Double { ((day + 3) % 7 >= 5 ? 20 : 8) * (1 + random.bell(0.05)) }
        for day in 0..<70 {
            energy.learn(total(day), at: Double(day) * 86_400)
            #expect(!energy.alarm.isRaised, "day \(day)")
        }
        #expect(!energy.alarm.isRaised)
        energy.learn(20, at: 70 * 86_400)
        #expect(energy.alarm.cause == .aboveUsual)
        #expect(abs(energy.alarm.usual - 8) < 1)
    }

    @Test("An empty day is below usual, and it is one alarm however long it lasts")
    func empty() {
        var random = Seeded(43)
        var water = UnusualDay(floor: 5)
        for day in 0..<50 { water.learn(150 * (1 + random.bell(0.2)), at: Double(day) * 86_400) }
        for day in 50..<54 {
            water.learn(0, at: Double(day) * 86_400)
            #expect(water.alarm.cause == .belowUsual)
            #expect(water.alarm.raisedAt == 50 * 86_400)
        }
    }

    @Test("A second total of the same day is not learned")
    func twice() {
        var water = UnusualDay(floor: 5)
        water.learn(100, at: 86_400)
        let again = water.learn(300, at: 86_400 + 3600)
        #expect(!again)
    }
}

@Suite("Inactivity of a person")
struct InactivityTests {
    private func livedIn(days: Int) -> Inactivity {
        var person = Inactivity()
        for hour in 0..<(24 * days) {
            let isUp = (7...22).contains(hour % 24)
            person.learn(isUp ? 8 : 0, at: Double(hour + 1) * 3600)
            #expect(!person.alarm.isRaised)
        }
        return person
    }

    @Test("The example of the documentation holds")
    func example() {
        var person = livedIn(days: 40)
        for hour in (24 * 40)..<(24 * 40 + 13) { person.learn(0, at: Double(hour + 1) * 3600) }
        #expect(person.alarm.cause == .pastUsualHour)
        #expect(person.alarm.since < 40 * 86_400)
    }

    @Test("The first use clears it")
    func clears() {
        var person = livedIn(days: 40)
        for hour in (24 * 40)..<(24 * 40 + 20) { person.learn(0, at: Double(hour + 1) * 3600) }
        #expect(person.alarm.isRaised)
        person.learn(1, at: Double(24 * 40 + 21) * 3600)
        #expect(!person.alarm.isRaised)
    }

    @Test("A day without use is an alarm from the first day on, before anything was learned")
    func hardLimit() {
        var person = Inactivity()
        for hour in 0..<72 {
            person.learn(hour < 30 ? 5 : 0, at: Double(hour) * 3600)
            if hour < 50 { #expect(!person.alarm.isRaised) }
        }
        #expect(person.alarm.cause == .pastHardLimit)
        #expect(person.alarm.seen >= 23.5 && person.alarm.seen < 25)
    }

    @Test("A home where nothing was ever used raises nothing")
    func empty() {
        var person = Inactivity()
        for hour in 0..<(24 * 60) {
            person.learn(0, at: Double(hour) * 3600)
            #expect(!person.alarm.isRaised)
        }
    }

    @Test("A silent meter is not a silent person")
    func gap() {
        var person = livedIn(days: 40)
        let back = Double(24 * 42) * 3600
        // The counter has not moved in two days: only now that is known, and the person was seen by nobody.
        person.learn(0, at: back)
        #expect(person.alarm.isRaised)
        var other = livedIn(days: 40)
        other.learn(30, at: back)
        #expect(!other.alarm.isRaised)
    }

    @Test("A drip below the least flow does not keep a person alive")
    func drip() {
        var person = Inactivity(leastFlow: 2)
        for hour in 0..<(24 * 40 + 20) {
            let isUp = hour < 24 * 40 && (7...22).contains(hour % 24)
            person.learn(isUp ? 9 : 1, at: Double(hour + 1) * 3600)
        }
        #expect(person.alarm.isRaised)
    }

    @Test("Use in the hour that comes twice in autumn is a sign of life")
    func autumn() {
        var person = livedIn(days: 40)
        for hour in (24 * 40)..<(24 * 40 + 20) { person.learn(0, at: Double(hour + 1) * 3600) }
        let wasLearned = person.learn(3, at: Double(24 * 40 + 19) * 3600)
        #expect(wasLearned)
        #expect(!person.alarm.isRaised)
    }
}

@Suite("The rhythm of messages")
struct CadenceTests {
    @Test("The example of the documentation holds")
    func example() {
        var heartbeat = Cadence()
        for minute in 0..<100 { heartbeat.learn(0, at: Double(minute) * 60) }
        #expect(abs(heartbeat.usualInterval - 60) < 1)
        #expect(!heartbeat.isSilent(at: 99 * 60 + 70))
        #expect(heartbeat.isSilent(at: 99 * 60 + 200))
    }

    @Test("A device that loses one message in a hundred is not called silent for it")
    func losses() {
        var random = Seeded(47)
        var heartbeat = Cadence()
        var calls = 0
        for minute in 0..<100_000 where random.number() > 0.01 {
            let now = Double(minute) * 60 + random.number(0...2)
            if minute > 1000, heartbeat.isSilent(at: now) { calls += 1 }
            heartbeat.learn(0, at: now)
        }
        #expect(calls <= 1)
    }

    @Test("A new rhythm is learned")
    func change() {
        var heartbeat = Cadence()
        var now = 0.0
        for index in 0..<3000 {
            now += index < 1000 ? 60 : 900
            heartbeat.learn(0, at: now)
        }
        #expect(abs(heartbeat.usualInterval - 900) < 90)
    }

    @Test("An outage of a day at most doubles what counts as an ordinary pause")
    func outage() {
        var heartbeat = Cadence()
        for minute in 0..<500 { heartbeat.learn(0, at: Double(minute) * 60) }
        let before = heartbeat.longInterval
        heartbeat.learn(0, at: 500 * 60 + 86_400)
        #expect(heartbeat.longInterval > before)
        #expect(heartbeat.longInterval <= 2.01 * before)
    }

    @Test("Repeats with the same time change nothing")
    func repeats() {
        var heartbeat = Cadence()
        for minute in 0..<50 { heartbeat.learn(0, at: Double(minute) * 60) }
        let before = bytes(heartbeat)
        let wasLearned = heartbeat.learn(0, at: 49 * 60)
        #expect(!wasLearned)
        #expect(bytes(heartbeat) == before)
    }
}
