import Models
import Testing
import Units

@testable import PipelineKit

@Suite("Habits")
struct HabitTests {
    /// A habit without its dimension.
    struct Named: Sendable, CustomTestStringConvertible {
        let name: String
        let plan: ModelPlan
        /// Minutes from one value to the next.
        let interval: Int

        init<Of>(_ name: String, _ habit: Habit<Of>, every interval: Int = 60) {
            self.name = name
            plan = habit.plan
            self.interval = interval
        }

        var testDescription: String { name }
    }

    static let levels = [
        Named("moments", Habit<PowerDimension>.moments()),
        Named("fadingMoments", Habit<PowerDimension>.fadingMoments()),
        Named("robustScale", Habit<PowerDimension>.robustScale()),
        Named("quantiles", Habit<PowerDimension>.quantiles(resolution: .watts(1))),
        Named("hourOfDay", Habit<PowerDimension>.hourOfDay()),
        Named("hourOfWeek", Habit<PowerDimension>.hourOfWeek()),
        Named("holtWinters", Habit<PowerDimension>.holtWinters()),
        Named("holtWinters of a week", Habit<PowerDimension>.holtWinters(season: .week)),
        Named("halfSpaceTrees", Habit<PowerDimension>.halfSpaceTrees()),
        Named("cusum", Habit<PowerDimension>.cusum()),
        Named(
            "cusum around a set point",
            Habit<PowerDimension>.cusum(around: .watts(105), tolerance: .watts(5))
        ),
        Named("pageHinkley", Habit<PowerDimension>.pageHinkley(beyond: .watts(2000), tolerance: .watts(2))),
        Named("adaptiveWindow", Habit<PowerDimension>.adaptiveWindow(range: .watts(1000))),
        Named("itsOwnPast", Habit<PowerDimension>.itsOwnPast(negligible: .watts(20))),
        Named("slowDrift", Habit<PowerDimension>.slowDrift()),
        Named("eventRate", Habit<CountDimension>.eventRate()),
        Named("spellLength", Habit<TimeDimension>.spellLength()),
        Named(
            "heartRate",
            Habit<FrequencyDimension>.heartRate(from: .perMinute(60), to: .perMinute(180)),
            every: 5
        ),
        Named(
            "bloodPressure",
            Habit<PressureDimension>.bloodPressure(
                from: .millimetresOfMercury(80),
                to: .millimetresOfMercury(160)
            )
        ),
        Named("coldRoom", Habit<TemperatureDimension>.coldRoom(from: .celsius(60), to: .celsius(150))),
    ]

    /// Mostly a value an hour: six weeks of 100 to 110 without a rhythm, and then of 1000 for two weeks.
    @Test("A level that jumps is told by each, and nothing before", arguments: levels)
    func jump(_ habit: Named) {
        var subject = Subject(habit.plan)
        var random = Seeded()
        for index in 0..<1100 {
            let alarm = subject.observe(100 + random.next(below: 11), minute: index * habit.interval)
            #expect(!alarm.isRaised, "value \(index): \(alarm.cause)")
        }
        let isWarm = subject.isWarm
        #expect(isWarm)
        var told: Alarm?
        var why: Explanation?
        for index in 1100..<1440 where told == nil {
            let alarm = subject.observe(1000 + random.next(below: 11), minute: index * habit.interval)
            if alarm.isRaised { (told, why) = (alarm, subject.explanation) }
        }
        #expect(told?.isRaised == true)
        #expect(why?.reasons.isEmpty == false)
        let usual = why?.usual ?? .nan
        #expect(usual.isFinite)
    }

    @Test("A machine that does not stop is told by its power")
    func machine() {
        var subject = Subject(Habit<PowerDimension>.machineCycle(above: .watts(50)).plan)
        for minute in 0..<2400 {
            let alarm = subject.observe(minute % 60 < 10 ? 400 : 2, minute: minute)
            #expect(!alarm.isRaised)
        }
        for minute in 2400..<2424 { _ = subject.observe(400, minute: minute) }
        let alarm = subject.observe(400, minute: 2424)
        let why = subject.explanation
        #expect(alarm.cause == .runsTooLong)
        #expect(why.measure == .seconds)
    }

    @Test("A day without steps is told on the next, and so is what a day usually has")
    func steps() {
        var subject = Subject(Habit<CountDimension>.dailySteps().plan)
        for hour in 0..<(45 * 24) {
            let isUp = (8..<20).contains(hour % 24)
            let walked = hour >= 44 * 24 ? 20 : 400 + Double(hour / 24 * 37 % 90)
            let alarm = subject.observe(isUp ? walked : 0, minute: hour * 60)
            #expect(!alarm.isRaised)
        }
        let alarm = subject.observe(0, minute: (45 * 24 + 1) * 60)
        #expect(alarm.cause == .belowUsual)
        #expect(alarm.seen == 240)
        let lines = Why(subject.explanation, symbol: "").lines.rendered(in: .paris, at: Moment())
        #expect(lines.english.contains("or more)"), "\(lines)")
    }

    @Test("Outages that come back within a day are one alarm, and one after a day is another")
    func outageClusters() {
        var subject = Subject(Habit<CountDimension>.outageClusters().plan)
        // Out for 45 minutes, for 40 in the same night, for 29, and for an hour two days later.
        let outages = [100..<145, 600..<640, 3000..<3029, 4500..<4560]
        var told: [Alarm] = []
        var quietAt: Int?
        for minute in 0..<4600 {
            let alarm = subject.observe(outages.contains { $0.contains(minute) } ? 1 : 0, minute: minute)
            if alarm.isRaised, alarm != told.last { told.append(alarm) }
            if !alarm.isRaised, !told.isEmpty, quietAt == nil { quietAt = minute }
        }
        #expect(told.map(\.cause) == [.outOfService, .outOfService])
        #expect(told.map { minute($0.since) } == [100, 4500])
        #expect(told.map { minute($0.raisedAt) } == [130, 4530])
        #expect(told.map(\.limit) == [1800, 1800])
        #expect(quietAt == 640 + 24 * 60)
    }

    @Test("An outage is told and forgotten after the times of its habit")
    func outageTimes() {
        let habit = Habit<CountDimension>.outageClusters(
            confirmedAfter: .minutes(5),
            mergedWithin: .hours(2)
        )
        var subject = Subject(habit.plan)
        let raised = (0..<300).filter { minute in
            subject.observe((60..<70).contains(minute) ? 1 : 0, minute: minute).isRaised
        }
        #expect(raised == Array(65..<190))
    }

    @Test("An hour far above all others is told in a home of which nothing is known, by its prior")
    func unusualHour() {
        func alarm(_ litres: Double, _ habit: Habit<VolumeDimension>) -> (Alarm, Explanation) {
            var subject = Subject(habit.plan)
            #expect(!subject.observe(0, minute: 0).isRaised)
            return (subject.observe(litres, minute: 60), subject.explanation)
        }
        let (told, why) = alarm(350, .unusualHour())
        #expect(told.cause == .aboveUsualHour)
        #expect(told.seen == 350)
        #expect(told.limit == 200)
        #expect(why.measure == .inputPerHour)
        #expect(!alarm(190, .unusualHour()).0.isRaised)
        #expect(!alarm(350, .unusualHour(prior: .cubicMetres(0.5))).0.isRaised)
        #expect(alarm(510, .unusualHour(prior: .cubicMetres(0.5))).0.limit == 500)
    }

    @Test("Hours alike to a step of the meter are told, and with a finer step they are not alike")
    func equalHours() {
        func alarm(_ hours: [Double], _ habit: Habit<VolumeDimension>) -> Alarm {
            var subject = Subject(habit.plan)
            var alarm = Alarm.quiet
            for (hour, litres) in hours.enumerated() { alarm = subject.observe(litres, minute: hour * 60) }
            return alarm
        }
        let drip = alarm([0, 12, 5, 5, 6], .equalHours(resolution: .litres(1)))
        #expect(drip.cause == .steadyFlow)
        #expect(minute(drip.since) == 60)
        #expect(abs(drip.seen - 16 / 3) < 1e-6)
        let wandering = [0.0, 100, 40, 47, 43, 49]
        #expect(alarm(wandering, .equalHours(resolution: .cubicMetres(0.01))).cause == .steadyFlow)
        #expect(!alarm(wandering, .equalHours(resolution: .litres(1))).isRaised)
    }

    /// Minutes since the first value of a subject.
    private func minute(_ t: Double) -> Int { Int((t - Subject.begin) / 60) }

    /// The memory that a device has of one habit.
    private struct Subject: ~Copyable {
        /// The 5th of January 2026, a Monday.
        static let begin = 1_767_571_200.0

        private let plan: ModelPlan
        private let state: UnsafeMutableRawPointer

        init(_ plan: ModelPlan) {
            self.plan = plan
            state = .allocate(byteCount: plan.initialState.count, alignment: 16)
            plan.initialState.withUnsafeBytes { bytes in
                UnsafeMutableRawBufferPointer(start: state, count: bytes.count).copyMemory(from: bytes)
            }
        }

        deinit { state.deallocate() }

        mutating func observe(_ value: Double, minute: Int) -> Alarm {
            plan.observe(state, value, Self.begin + Double(minute) * 60)
        }

        var isWarm: Bool { plan.isWarm(state) }
        var explanation: Explanation { plan.explain(state) }
    }

    /// The same numbers every time.
    private struct Seeded {
        private var state: UInt64 = 7

        mutating func next(below count: UInt64) -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double((state >> 33) % count)
        }
    }
}
