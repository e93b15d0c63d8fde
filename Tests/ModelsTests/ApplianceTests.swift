import Glibc
import Testing

@testable import Models

@Suite("Vital signs")
struct VitalSignTests {
    private func rested(_ random: inout Seeded, minutes: Int = 5000) -> VitalSign {
        var pulse = VitalSign.heartRate(limits: 40...130)
        for minute in 0..<minutes {
            pulse.learn(66 + random.bell(4), at: Double(minute) * 60)
            #expect(!pulse.alarm.isRaised)
        }
        return pulse
    }

    @Test("The example of the documentation holds, and ordinary values end it")
    func example() {
        var pulse = VitalSign.heartRate(limits: 40...130)
        for minute in 0..<5000 { pulse.learn(62 + Double(minute * 7 % 11), at: Double(minute) * 60) }
        for minute in 5000..<5015 { pulse.learn(104, at: Double(minute) * 60) }
        #expect(pulse.alarm.cause == .aboveUsual)
        #expect(abs(pulse.alarm.usual - 67) < 1.5)
        #expect(pulse.alarm.since == 5000 * 60)
        #expect(pulse.explanation.high < 104 && pulse.explanation.low > 40)
        for minute in 5015..<5024 { pulse.learn(67, at: Double(minute) * 60) }
        #expect(pulse.alarm.isRaised)
        for minute in 5024..<5030 { pulse.learn(67, at: Double(minute) * 60) }
        #expect(!pulse.alarm.isRaised)
    }

    @Test(
        "A hard limit counts from the first day on, takes the place of the softer alarm, and names the limit"
    )
    func hardLimit() {
        var fresh = VitalSign.heartRate(limits: 40...130)
        for minute in 0..<12 { fresh.learn(150, at: Double(minute) * 60) }
        #expect(fresh.alarm.cause == .beyondLimit)
        #expect(fresh.alarm.limit == 130)
        var random = Seeded(107)
        var pulse = rested(&random)
        for minute in 5000..<5020 { pulse.learn(110, at: Double(minute) * 60) }
        #expect(pulse.alarm.cause == .aboveUsual)
        for minute in 5020..<5035 { pulse.learn(38, at: Double(minute) * 60) }
        #expect(pulse.alarm.cause == .beyondLimit)
        #expect(pulse.alarm.limit == 40)
    }

    @Test("One wild value, and wild values with a gap between them, are nothing")
    func wild() {
        var random = Seeded(109)
        var pulse = rested(&random)
        pulse.learn(200, at: 5000 * 60)
        pulse.learn(66, at: 5001 * 60)
        #expect(!pulse.alarm.isRaised)
        for hour in 84..<90 { pulse.learn(200, at: Double(hour) * 3600) }
        #expect(!pulse.alarm.isRaised)
    }

    @Test("A calm person's range is narrower than a lively one's, and each side has its own width")
    func own() {
        var random = Seeded(113)
        var lively = VitalSign.heartRate()
        for minute in 0..<6000 {
            // Mostly at rest, and now and then well above it, as a pulse is.
            let exertion = random.number() < 0.3 ? random.number(0...45) : 0
            lively.learn(64 + random.bell(3) + exertion, at: Double(minute) * 60)
        }
        let calm = rested(&random, minutes: 6000)
        let wide = lively.band(around: 0, at: 0, within: 4)
        let narrow = calm.band(around: 0, at: 0, within: 4)
        #expect((wide?.high ?? 0) > (narrow?.high ?? 0) + 5)
        #expect((wide?.high ?? 0) - 64 > 1.3 * (64 - (wide?.low ?? 0)))
    }

    @Test("Blood pressure out of the own range at two measurements in a row is told, at one it is not")
    func bloodPressure() {
        var random = Seeded(127)
        var systolic = VitalSign.bloodPressure(limits: 90...180)
        for half in 0..<120 {
            systolic.learn(128 + random.bell(5), at: Double(half) * 43_200)
            #expect(!systolic.alarm.isRaised)
        }
        systolic.learn(165, at: 120 * 43_200)
        #expect(!systolic.alarm.isRaised)
        systolic.learn(162, at: 121 * 43_200)
        #expect(systolic.alarm.cause == .aboveUsual)
        systolic.learn(130, at: 122 * 43_200)
        systolic.learn(127, at: 123 * 43_200)
        #expect(!systolic.alarm.isRaised)
    }

    @Test("What lasts for more than two weeks becomes the usual")
    func adopted() {
        var pressure = VitalSign.bloodPressure()
        for half in 0..<100 { pressure.learn(125 + Double(half * 7 % 9), at: Double(half) * 43_200) }
        for half in 100..<110 { pressure.learn(170, at: Double(half) * 43_200) }
        #expect(pressure.alarm.isRaised)
        for half in 110..<300 { pressure.learn(170 + Double(half * 7 % 9), at: Double(half) * 43_200) }
        #expect(!pressure.alarm.isRaised)
    }
}

@Suite("Steps of a day")
struct DailyStepsTests {
    /// A life of so many days: steps by the hour, a third fewer on Sundays; `factor` by the day.
    private func walk(
        _ steps: inout DailySteps,
        days: Range<Int>,
        seed: UInt64,
        factor: (Int) -> Double = { _ in 1 },
        onDay: (Int, Alarm) -> Void = { _, _ in }
    ) {
        var random = Seeded(seed)
        for day in days {
            let t = Double(day) * 86_400
            let kind = Weekday(of: t) == .sunday ? 0.66 : 1
            // Log-normal with a deviation of about a third.
            let level = 5500 * kind * factor(day) * exp(random.bell(0.35))
            for hour in 0..<24 {
                let isUp = (8..<20).contains(hour)
                steps.learn(isUp ? (level / 12).rounded() : 0, at: t + Double(hour + 1) * 3600)
            }
            onDay(day, steps.alarm)
        }
    }

    @Test("The example of the documentation holds, and an ordinary day ends it")
    func example() {
        var steps = DailySteps()
        func learn(_ day: Int, isIll: Bool) {
            for hour in 0..<24 {
                let isUp = (8..<20).contains(hour)
                let walked = isIll ? 20 : 400 + Double(day * 37 % 90)
                steps.learn(isUp ? walked : 0, at: Double(day * 24 + hour) * 3600)
            }
        }
        for day in 0..<45 { learn(day, isIll: day == 44) }
        #expect(!steps.alarm.isRaised)
        steps.learn(0, at: 24 * 45 * 3600 + 1)
        #expect(steps.alarm.cause == .belowUsual)
        #expect(steps.alarm.seen == 240)
        #expect(steps.explanation.low > 240)
        for day in 45..<47 { learn(day, isIll: false) }
        #expect(!steps.alarm.isRaised)
    }

    @Test("A year of an ordinary person has at most three alarms", arguments: 1...8)
    func quiet(seed: Int) {
        var steps = DailySteps()
        var alarms = 0
        var wasRaised = false
        walk(&steps, days: 0..<365, seed: UInt64(seed)) { _ in
            1
        } onDay: { _, alarm in
            if alarm.isRaised, !wasRaised { alarms += 1 }
            wasRaised = alarm.isRaised
        }
        #expect(alarms <= 3, "\(alarms)")
    }

    @Test("Half as many steps are told within three weeks", arguments: 1...8)
    func decline(seed: Int) {
        var steps = DailySteps()
        var told: Int?
        walk(&steps, days: 0..<160, seed: UInt64(seed) + 50) { day in
            day < 100 ? 1 : 0.5
        } onDay: { day, alarm in
            if day > 100, alarm.cause == .driftDown, told == nil { told = day - 100 }
        }
        #expect((told ?? 99) <= 21, "\(told ?? -1)")
    }

    @Test("A band on the table is not a person who does not move")
    func notWorn() {
        var steps = DailySteps()
        walk(&steps, days: 0..<60, seed: 3)
        for hour in (24 * 60)..<(24 * 63) { steps.learn(0, at: Double(hour + 1) * 3600) }
        #expect(!steps.alarm.isRaised)
    }

    @Test("A holiday is compared with Sundays")
    func holiday() {
        var steps = DailySteps()
        var random = Seeded(131)
        func total(_ day: Int) -> Double {
            (Weekday(of: Double(day) * 86_400) == .sunday ? 1500 : 9000) * (1 + random.bell(0.05))
        }
        for day in 0..<70 {
            let level = total(day) / 12
            for hour in 0..<24 {
                steps.learn((8..<20).contains(hour) ? level : 0, at: Double(day * 24 + hour + 1) * 3600)
            }
        }
        // Day 70 is a Thursday.
        let noon = 70.0 * 86_400 + 43_200
        #expect(steps.score(1500, at: noon).surprise > 3.5)
        #expect(steps.score(1500, at: noon, on: .holiday).surprise < 2)
    }
}

@Suite("Cold rooms")
struct ColdRoomTests {
    /// The air of a room that defrosts three times a day, minute by minute.
    private func ordinary(_ minute: Int) -> Double {
        minute % 480 < 20 ? 9 : 4 + Double(minute / 8 % 2)
    }

    private func running(_ random: inout Seeded) -> ColdRoom {
        var room = ColdRoom(limits: 0...7)
        for minute in 0..<(3 * 1440) {
            // Doors are open for a few minutes some times a day.
            let isOpen = minute % 97 < 4 && minute % 480 > 60
            room.learn(ordinary(minute) + (isOpen ? 5 : 0) + random.bell(0.1), at: Double(minute) * 60)
            #expect(!room.alarm.isRaised, "minute \(minute)")
        }
        return room
    }

    @Test("The example of the documentation holds: warming is told before the limit is reached")
    func example() {
        var room = ColdRoom(limits: 0...7)
        for minute in 0..<(3 * 1440) {
            room.learn(ordinary(minute), at: Double(minute) * 60)
            #expect(!room.alarm.isRaised)
        }
        var toldAt: Int?
        for minute in 0..<90 {
            room.learn(4 + 0.05 * Double(minute), at: Double(3 * 1440 + minute) * 60)
            if toldAt == nil, room.alarm.isRaised {
                toldAt = minute
                #expect(room.alarm.cause == .warming)
                #expect((room.hoursUntilLimit ?? 9) < 1)
            }
        }
        // The air is at the limit after 60 minutes, the goods half an hour later.
        #expect((toldAt ?? 99) < 70, "\(toldAt ?? -1)")
    }

    @Test("A compressor that fails is told before the goods are too warm, and then that they are")
    func failure() {
        var random = Seeded(137)
        var room = running(&random)
        var causes: [Alarm.Cause] = []
        var air = 4.5
        for minute in (3 * 1440)..<(4 * 1440) {
            // Warms towards 20 °C with a time constant of 10 hours.
            air += (20 - air) / 600
            room.learn(air + random.bell(0.1), at: Double(minute) * 60)
            if room.alarm.cause != causes.last, room.alarm.isRaised { causes.append(room.alarm.cause) }
        }
        #expect(causes == [.warming, .beyondLimit])
        #expect(room.alarm.limit == 7)
    }

    @Test("A door left open is told, and closing it ends it")
    func door() {
        var random = Seeded(139)
        var room = running(&random)
        for minute in (3 * 1440 + 30)..<(3 * 1440 + 75) { room.learn(14, at: Double(minute) * 60) }
        #expect(room.alarm.cause == .beyondLimit)
        for minute in (3 * 1440 + 75)..<(3 * 1440 + 180) { room.learn(4.5, at: Double(minute) * 60) }
        #expect(!room.alarm.isRaised)
    }

    @Test("What must not freeze is told when it does")
    func freezing() {
        var fridge = ColdRoom(limits: 2...8)
        for minute in 0..<3000 { fridge.learn(5, at: Double(minute) * 60) }
        for minute in 3000..<3120 { fridge.learn(0, at: Double(minute) * 60) }
        #expect(fridge.alarm.cause == .beyondLimit)
        #expect(fridge.alarm.limit == 2)
        #expect(fridge.hoursUntilLimit == nil)
    }

    @Test("Goods follow the air as a body of their time constant does")
    func closedForm() {
        var room = ColdRoom(limits: 0...100, inertia: 1800)
        room.learn(0, at: 0)
        room.learn(10, at: 0.001)
        for minute in 1...30 { room.learn(10, at: Double(minute) * 60) }
        // 10·(1 − 1/e) after one time constant.
        #expect(abs(room.temperature - 6.3212) < 1e-3)
    }

    @Test("Of a steady rise the hours are those of the line")
    func hours() {
        var room = ColdRoom(limits: -100...100, inertia: 600)
        for minute in 0...600 { room.learn(0.1 * Double(minute), at: Double(minute) * 60) }
        // 60 now, 6 an hour: 40 more take 6.67 hours.
        #expect(abs((room.hoursUntilLimit ?? 0) - 40.0 / 6) < 0.1)
        // They are ten minutes behind.
        #expect(abs((room.hoursUntilGoodsAtLimit ?? 0) - 41.0 / 6) < 0.1)
    }
}

@Suite("Cycles of a machine")
struct MachineCycleTests {
    /// Feeds runs of so many minutes and rests in between, minute by minute; returns the time at the end.
    private func run(
        _ machine: inout MachineCycle,
        from start: Double,
        cycles: Int,
        onMinutes: (Int) -> Int,
        offMinutes: (Int) -> Int = { _ in 50 },
        onEnd: (Int, Alarm) -> Void = { _, _ in }
    ) -> Double {
        var t = start
        for cycle in 0..<cycles {
            for _ in 0..<onMinutes(cycle) {
                machine.learn(400, at: t)
                t += 60
            }
            for _ in 0..<offMinutes(cycle) {
                machine.learn(2, at: t)
                t += 60
            }
            onEnd(cycle, machine.alarm)
        }
        return t
    }

    @Test("The example of the documentation holds, and the end of the run ends it")
    func example() {
        var pump = MachineCycle(above: 50)
        for minute in 0..<(60 * 40) {
            pump.learn(minute % 60 < 10 ? 400 : 2, at: Double(minute) * 60)
            #expect(!pump.alarm.isRaised)
        }
        for minute in (60 * 40)..<(60 * 40 + 25) { pump.learn(400, at: Double(minute) * 60) }
        #expect(pump.alarm.cause == .runsTooLong)
        #expect(abs(pump.alarm.usual - 600) < 30)
        #expect(pump.alarm.since == 60 * 40 * 60)
        pump.learn(2, at: (60 * 40 + 25) * 60)
        #expect(!pump.alarm.isRaised)
    }

    @Test("A machine that no longer starts, and one that starts too often")
    func rests() {
        var pump = MachineCycle(above: 50)
        var t = run(&pump, from: 0, cycles: 60, onMinutes: { 10 + $0 % 2 }, offMinutes: { 48 + $0 * 7 % 5 })
        #expect(!pump.alarm.isRaised)
        var other = pump
        for _ in 0..<60 {
            pump.learn(2, at: t)
            t += 60
        }
        #expect(pump.alarm.cause == .restsTooLong)
        #expect(abs(pump.explanation.usual - 3000) < 200)
        pump.learn(400, at: t)
        #expect(!pump.alarm.isRaised)
        _ = run(&other, from: t - 3600, cycles: 3, onMinutes: { _ in 10 }, offMinutes: { _ in 12 })
        #expect(other.alarm.cause == .restsTooShort)
    }

    @Test("A run cut short is told, and the next ordinary one ends it")
    func short() {
        var boiler = MachineCycle(above: 50)
        let t = run(&boiler, from: 0, cycles: 60, onMinutes: { 20 + $0 % 3 })
        let later = run(&boiler, from: t, cycles: 1, onMinutes: { _ in 4 })
        #expect(boiler.alarm.cause == .runsTooShort)
        #expect(boiler.alarm.seen == 240)
        _ = run(&boiler, from: later, cycles: 1, onMinutes: { _ in 21 })
        #expect(!boiler.alarm.isRaised)
    }

    @Test("Runs that grow by half a percent each are a drift")
    func drift() {
        var random = Seeded(149)
        var boiler = MachineCycle(above: 50)
        var told: Int?
        _ = run(&boiler, from: 0, cycles: 250) { cycle in
            Int((40 * (1 + 0.005 * Double(max(0, cycle - 100))) + random.bell(1.5)).rounded())
        } onEnd: { cycle, alarm in
            if alarm.isRaised, told == nil {
                told = cycle
                #expect(alarm.cause == .driftUp)
            }
        }
        #expect((101...150).contains(told ?? 0), "\(told ?? -1)")
    }

    @Test(
        "A run that does not end is told although runs have grown for weeks, or the one before was cut short"
    )
    func longAfterOthers() {
        var boiler = MachineCycle(above: 50)
        var t = run(&boiler, from: 0, cycles: 160) { 40 + max(0, $0 - 100) / 5 + $0 % 3 }
        #expect(boiler.alarm.cause == .driftUp)
        for _ in 0..<200 {
            boiler.learn(400, at: t)
            t += 60
        }
        #expect(boiler.alarm.cause == .runsTooLong)
        var pump = MachineCycle(above: 50)
        t = run(&pump, from: 0, cycles: 60, onMinutes: { 20 + $0 % 3 })
        t = run(&pump, from: t, cycles: 1, onMinutes: { _ in 4 })
        #expect(pump.alarm.cause == .runsTooShort)
        for _ in 0..<60 {
            pump.learn(400, at: t)
            t += 60
        }
        #expect(pump.alarm.cause == .runsTooLong)
    }

    @Test("A washing machine's pauses are part of its run")
    func bridging() {
        var washer = MachineCycle(above: 50, bridging: 900, watching: .runs)
        var t = 0.0
        for wash in 0..<50 {
            for minute in 0..<(110 + wash * 7 % 6) {
                // Stands still for some minutes between its steps.
                washer.learn(minute % 15 < 8 ? 300 : 3, at: t)
                t += 60
            }
            let rest = 60 * (3 + wash * 37 % 90)
            for _ in 0..<rest {
                washer.learn(1, at: t)
                t += 60
            }
            #expect(!washer.alarm.isRaised, "wash \(wash)")
        }
        #expect(abs(washer.usualRun - 6500) < 600, "\(washer.usualRun)")
        washer.learn(300, at: t)
        #expect(abs((washer.remaining(at: t + 3600) ?? 0) - (washer.usualRun - 3600)) < 400)
    }

    @Test("Of a machine that speaks when it changes and then seldom, two runs are not one")
    func sparse() {
        var washer = MachineCycle(above: 50, bridging: 900, watching: .runs)
        var t = 0.0
        for wash in 0..<60 {
            for _ in 0..<(10 + wash % 2) {
                washer.learn(300, at: t)
                t += 600
            }
            washer.learn(1, at: t)
            t += 3600
            #expect(!washer.alarm.isRaised, "wash \(wash)")
        }
        #expect(abs(washer.usualRun - 5700) < 400, "\(washer.usualRun)")
    }

    @Test("A day without readings is neither a run nor a rest")
    func gap() {
        var pump = MachineCycle(above: 50)
        let t = run(&pump, from: 0, cycles: 60, onMinutes: { _ in 10 })
        pump.learn(400, at: t + 3 * 86_400)
        pump.learn(400, at: t + 3 * 86_400 + 60)
        #expect(!pump.alarm.isRaised)
    }
}
