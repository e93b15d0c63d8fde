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

    /// The memory that a device has of one habit.
    private struct Subject: ~Copyable {
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
            // The 5th of January 2026, a Monday.
            plan.observe(state, value, 1_767_571_200 + Double(minute) * 60)
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
