import Testing

@testable import Models

@Suite("A lift that stands still")
struct StandstillTests {
    private func used(days: Int) -> Standstill { used(minutes: 60 * 24 * days) }

    private func used(minutes: Int) -> Standstill {
        var lift = Standstill()
        for minute in 0..<minutes {
            let isDay = (7...21).contains(minute / 60 % 24)
            lift.learn(isDay || minute % 60 == 0 ? 1 : 0, at: Double(minute) * 60)
            #expect(!lift.alarm.isRaised)
        }
        return lift
    }

    @Test("The example of the documentation holds, and the next trip ends it")
    func example() {
        let eight = Double(60 * (24 * 21 + 8))
        var lift = used(minutes: Int(eight))
        for minute in 1...30 { lift.learn(0, at: (eight + Double(minute)) * 60) }
        #expect(lift.alarm.cause == .standstill)
        #expect(lift.alarm.since == (eight - 1) * 60)
        #expect(lift.alarm.seen >= lift.alarm.limit)
        #expect(abs(lift.alarm.usual - 60) < 2)
        lift.learn(1, at: (eight + 31) * 60)
        #expect(!lift.alarm.isRaised)
    }

    @Test("At night nobody misses it")
    func night() {
        var lift = used(days: 21)
        for minute in 0..<300 {
            lift.learn(minute % 60 == 0 ? 1 : 0, at: Double(60 * 24 * 21 + minute) * 60)
            #expect(!lift.alarm.isRaised)
        }
    }

    @Test(
        "Three unanswered calls are enough before anything is learned; pressing again and again is one call"
    )
    func calls() {
        var lift = Standstill()
        lift.learn(1, at: 0)
        for press in 0..<15 { lift.learnCall(at: 60 + Double(press)) }
        #expect(!lift.alarm.isRaised)
        lift.learnCall(at: 90)
        #expect(!lift.alarm.isRaised)
        lift.learnCall(at: 120)
        #expect(lift.alarm.cause == .unanswered)
        #expect(lift.explanation.reasons.map(\.share).reduce(0, +) == 100)
        lift.learn(1, at: 130)
        #expect(!lift.alarm.isRaised)
    }

    @Test("Calls that are answered add up to nothing")
    func answered() {
        var lift = Standstill()
        for index in 0..<50 {
            lift.learnCall(at: Double(index) * 60)
            lift.learn(1, at: Double(index) * 60 + 30)
            #expect(!lift.alarm.isRaised)
        }
    }

    @Test("Reports that come rarely do not make long pauses usual")
    func rareReports() {
        var lift = Standstill()
        for quarter in 0..<(96 * 21 + 40) {
            let isDay = (7...21).contains(quarter / 4 % 24)
            lift.learn(isDay ? 15 : 0, at: Double(quarter) * 900)
        }
        for quarter in 40..<44 { lift.learn(0, at: Double(96 * 21 + quarter) * 900) }
        #expect(lift.alarm.cause == .standstill)
        #expect(lift.explanation.measure == .hours)
        #expect(lift.explanation.seen <= 1 && lift.explanation.usual < 0.1)
        #expect(lift.explanation.seen >= lift.explanation.high)
    }

    @Test("A meter that is silent for hours is not a lift that stands still")
    func gap() {
        var lift = used(days: 21)
        lift.learn(0, at: Double(60 * (24 * 21 + 15)) * 60)
        #expect(!lift.alarm.isRaised)
    }

    @Test("A morning on which hardly anybody comes is a quiet day and no standstill")
    func quietDay() {
        var lift = used(days: 28)
        for minute in 0..<(60 * 24) {
            let isTrip = minute % 20 == 0 && (7...21).contains(minute / 60)
            lift.learn(isTrip ? 1 : 0, at: Double(60 * 24 * 28 + minute) * 60)
            #expect(!lift.alarm.isRaised, "minute \(minute)")
        }
    }
}

@Suite("Trip counts")
struct TripCountsTests {
    @Test("The example of the documentation holds")
    func example() {
        var lift = TripCounts(per: .hour)
        for hour in 0..<(24 * 30) { lift.learn(Double(20 + hour * 7 % 11), at: Double(hour) * 3600) }
        #expect(!lift.alarm.isRaised)
        lift.learn(180, at: 24 * 30 * 3600)
        lift.learn(25, at: (24 * 30 + 1) * 3600)
        #expect(lift.alarm.cause == .tooMany)
        #expect(lift.alarm.seen == 180)
        #expect((20...30).contains(lift.alarm.usual))
        #expect(lift.explanation.high < 180 && lift.explanation.low > 0)
        lift.learn(25, at: (24 * 30 + 2) * 3600)
        #expect(!lift.alarm.isRaised)
    }

    @Test("A day with a fifth of the trips is too few; an empty Sunday that is always empty is not")
    func day() {
        var random = Seeded(73)
        var lift = TripCounts(per: .day)
        // The 5th of January 1970 was a Monday.
        for hour in 0..<(24 * 84) {
            let isWeekend = hour / 24 % 7 >= 5
            let trips = isWeekend ? 0 : (hour / 24 == 79 ? 2.0 : 10) + random.number(0...6).rounded()
            lift.learn(trips, at: 4 * 86_400 + Double(hour + 1) * 3600)
            if hour < 24 * 80 { #expect(!lift.alarm.isRaised, "hour \(hour)") }
            if hour == 24 * 80 { #expect(lift.alarm.cause == .tooFew) }
        }
    }

    @Test("Hours that were not watched are neither judged nor learned")
    func gap() {
        var lift = TripCounts(per: .hour)
        for hour in 0..<(24 * 30) { lift.learn(30, at: Double(hour) * 3600) }
        lift.learn(0, at: Double(24 * 31) * 3600)
        lift.learn(30, at: Double(24 * 31 + 1) * 3600)
        #expect(!lift.alarm.isRaised)
    }
}

@Suite("Drift by direction")
struct DirectionalDriftTests {
    @Test("The example of the documentation holds")
    func example() {
        var current = DirectionalDrift()
        for hour in 0..<(24 * 40) {
            let wear = hour < 24 * 25 ? 1 : 1 + 0.01 * Double(hour / 24 - 24)
            let noise = 0.2 * Double(hour * 7 % 5 - 2)
            current.learn(14 * wear + noise, direction: .up, at: Double(hour) * 3600)
            current.learn(9 + noise, direction: .down, at: Double(hour) * 3600 + 60)
            if hour < 24 * 25 { #expect(!current.alarm.isRaised) }
        }
        #expect(current.alarm.cause == .driftUpwards)
        #expect(abs(current.alarm.usual - 14) < 0.3)
        let first = current.explanation.reasons.first
        #expect(first?.cause == .driftUpwards && (first?.share ?? 0) >= 90)
    }

    @Test("The sign of a value is its direction")
    func sign() {
        var signed = DirectionalDrift()
        var named = DirectionalDrift()
        for hour in 0..<500 {
            signed.learn(hour % 2 == 0 ? 14 : -9, at: Double(hour) * 3600)
            let direction: RideDirection = hour % 2 == 0 ? .up : .down
            named.learn(hour % 2 == 0 ? 14 : 9, direction: direction, at: Double(hour) * 3600)
        }
        #expect(bytes(signed) == bytes(named))
    }
}

@Suite("Silence")
struct SilenceTests {
    @Test("The example of the documentation holds")
    func example() {
        var line = Silence(falseAlarmsPerYear: 0.1, hardLimit: 72 * 3600)
        for hour in 0..<240 { line.learn(1, at: Double(hour) * 3600) }
        line.learn(0, at: 241 * 3600)
        #expect(!line.alarm.isRaised)
        line.learn(0, at: 250 * 3600)
        #expect(line.alarm.cause == .silent)
        #expect(line.alarm.since == 239 * 3600)
        line.learn(0, at: 312 * 3600)
        #expect(line.alarm.cause == .beyondLimit)
        line.learn(1, at: 313 * 3600)
        #expect(!line.alarm.isRaised)
    }

    @Test("Three days of silence are told even of a line that spoke only once")
    func law() {
        var line = Silence()
        line.learn(1, at: 0)
        line.learn(0, at: 72 * 3600)
        #expect(!line.alarm.isRaised)
        line.learn(0, at: 72 * 3600 + 1)
        #expect(line.alarm.cause == .beyondLimit)
    }

    @Test("A device that loses messages in bursts is given more time than one that loses single ones")
    func bursts() {
        var random = Seeded(79)
        var single = Cadence()
        var burst = Cadence()
        var isLost = false
        for minute in 0..<200_000 {
            let at = Double(minute) * 60
            if random.number() > 0.01 { single.learn(0, at: at) }
            isLost = random.number() < (isLost ? 0.8 : 0.0025)
            if !isLost { burst.learn(0, at: at) }
        }
        let quick = single.silenceLimit(falseAlarmsPerYear: 1)
        let slow = burst.silenceLimit(falseAlarmsPerYear: 1)
        #expect(quick < 6 * 60)
        #expect(slow > 15 * 60 && slow < 60 * 60)
    }

    @Test("A gateway is told by many silent devices; a single one never makes it")
    func gateway() {
        #expect(SharedSilence(silent: 2, of: 40).verdict == .someDevices)
        #expect(SharedSilence(silent: 31, of: 40).verdict == .gateway)
        #expect(SharedSilence(silent: 1, of: 1).verdict == .someDevices)
        #expect(SharedSilence(silent: 2, of: 2).verdict == .gateway)
        #expect(SharedSilence(silent: 0, of: 40).verdict == .nothing)
        #expect(SharedSilence(silent: -3, of: -1, usualShare: .nan).verdict == .nothing)
        #expect(SharedSilence(silent: 9, of: 4).silent == 4)
        // With a fifth of the devices silent at any time, three of four are no wonder.
        #expect(SharedSilence(silent: 3, of: 4, usualShare: 0.2).verdict == .someDevices)
    }
}
