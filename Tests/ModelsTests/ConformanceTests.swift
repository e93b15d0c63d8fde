import Models
import Testing

/// One row per model. A new model is added here, and nothing of the suite is optional.
private struct Candidate: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let standsHostileInput: @Sendable () -> Void
    let learnsNothingFromWhatIsNoNumber: @Sendable () -> Void
    let standsConstantSeries: @Sendable () -> Void
    let scoresWithoutLearning: @Sendable () -> Void
    let isQuietUntilWarmAndStaysWarm: @Sendable () -> Void
    let goesOnFromItsBytesBitForBit: @Sendable () -> Void
    let hasNoHiddenBytes: @Sendable () -> Void

    init<Tested: Model>(_ name: String, size: Int, _ make: @escaping @Sendable () -> Tested) {
        let suite = Conformance(name: name, size: size, make: make)
        testDescription = name
        standsHostileInput = suite.standsHostileInput
        learnsNothingFromWhatIsNoNumber = suite.learnsNothingFromWhatIsNoNumber
        standsConstantSeries = suite.standsConstantSeries
        scoresWithoutLearning = suite.scoresWithoutLearning
        isQuietUntilWarmAndStaysWarm = suite.isQuietUntilWarmAndStaysWarm
        goesOnFromItsBytesBitForBit = suite.goesOnFromItsBytesBitForBit
        hasNoHiddenBytes = suite.hasNoHiddenBytes
    }
}

private let candidates: [Candidate] = [
    Candidate("Moments", size: 32) { Moments() },
    Candidate("FadingMoments", size: 32) { FadingMoments(memory: 100) },
    Candidate("RobustScale", size: 40) { RobustScale(memory: 200) },
    Candidate("Beyond, calm", size: 184) {
        Beyond(FadingMoments(memory: 100), policy: .calm(limit: 5))
    },
    Candidate("OwnPast", size: 3004) { OwnPast() },
    Candidate("OwnPast by the day", size: 3004) { OwnPast(every: 7200, warmUp: 86_400) },
    Candidate("QuantileSketch", size: 556) { QuantileSketch(resolution: 1, memory: 500) },
    Candidate("HourOfDay", size: 344) { HourOfDay() },
    Candidate("HourOfWeek", size: 2072) { HourOfWeek() },
    Candidate("Beyond an HourOfDay", size: 496) { Beyond(HourOfDay(), limit: 5) },
    Candidate("HoltWinters, daily", size: 1440) { HoltWinters() },
    Candidate("HoltWinters, weekly", size: 1440) { HoltWinters(season: .week) },
    Candidate("Cusum", size: 160) { Cusum() },
    Candidate("PageHinkley", size: 192) { PageHinkley() },
    Candidate("AdaptiveWindow", size: 1280) { AdaptiveWindow(range: 60) },
    Candidate("HalfSpaceTrees", size: 6256) { HalfSpaceTrees() },
    Candidate("EventRate", size: 512) { EventRate() },
    Candidate("SpellLength", size: 40) { SpellLength() },
    Candidate("VitalSign", size: 264) { VitalSign.heartRate(limits: 40...130) },
    Candidate("DailySteps", size: 221) { DailySteps() },
    Candidate("ColdRoom", size: 176) { ColdRoom(limits: 0...40) },
    Candidate("MachineCycle", size: 219) { MachineCycle(above: 5) },
    Candidate("OutageClusters", size: 136) { OutageClusters() },
    Candidate("RepeatedOutages", size: 192) { RepeatedOutages() },
    Candidate("FailureRate", size: 56) { FailureRate(prior: FailurePrior(perYear: 10, shape: 0.5)) },
    Candidate("Standstill", size: 416) { Standstill() },
    Candidate("TripCounts by hour", size: 368) { TripCounts(per: .hour) },
    Candidate("TripCounts by day", size: 368) { TripCounts(per: .day) },
    Candidate("DirectionalDrift", size: 656) { DirectionalDrift() },
    Candidate("Silence", size: 140) { Silence() },
    Candidate("AltitudeTrack", size: 72) { AltitudeTrack() },
    Candidate("RunsAndLifts", size: 1000) { RunsAndLifts() },
    Candidate("Beyond", size: 184) { Beyond(FadingMoments(memory: 100), limit: 5) },
    Candidate("Cadence", size: 60) { Cadence() },
    Candidate("SlowDrift", size: 304) { SlowDrift(sides: .both, scale: .difference) },
    Candidate("SlowDrift of ratios", size: 304) { SlowDrift() },
    Candidate("WaterLeak, 1 L", size: 544) { WaterLeak(resolution: 1) },
    Candidate("WaterLeak, 10 L", size: 544) { WaterLeak(resolution: 10) },
    Candidate("WaterBurst", size: 329) { WaterBurst() },
    Candidate("UnusualDay", size: 104) { UnusualDay(floor: 5) },
    Candidate("Inactivity", size: 417) { Inactivity() },
    Candidate("BackwardsMeter", size: 96) { BackwardsMeter() },
    Candidate("EqualHours", size: 336) { EqualHours() },
    Candidate("UnusualHour", size: 208) { UnusualHour() },
    Candidate("Away", size: 129) { Away() },
    Candidate("ActiveHours", size: 304) { ActiveHours(.night) },
    Candidate("Irrigation", size: 1450) { Irrigation() },
    Candidate("FirstUse", size: 497) { FirstUse() },
    Candidate("SmallDraws", size: 279) { SmallDraws(longestInterval: 3600) },
    Candidate("Standby", size: 640) { Standby() },
    Candidate("AboveStandby, inactivity", size: 1057) { AboveStandby(Inactivity()) },
    Candidate("AboveStandby, first use", size: 1137) { AboveStandby(FirstUse()) },
]

@Suite("Every model")
struct ConformanceTests {
    @Test("stays finite whatever comes in", arguments: candidates)
    fileprivate func hostile(_ model: Candidate) { model.standsHostileInput() }

    @Test("learns nothing from what is not a number or not a time", arguments: candidates)
    fileprivate func ignored(_ model: Candidate) { model.learnsNothingFromWhatIsNoNumber() }

    @Test("stays finite on a constant series", arguments: candidates)
    fileprivate func constant(_ model: Candidate) { model.standsConstantSeries() }

    @Test("scores without learning", arguments: candidates)
    fileprivate func pure(_ model: Candidate) { model.scoresWithoutLearning() }

    @Test("is silent until it is warm, and stays warm", arguments: candidates)
    fileprivate func warm(_ model: Candidate) { model.isQuietUntilWarmAndStaysWarm() }

    @Test("goes on from a copy of its bytes bit for bit", arguments: candidates)
    fileprivate func snapshot(_ model: Candidate) { model.goesOnFromItsBytesBitForBit() }

    @Test("Padding is noticed by the check for it")
    func padding() {
        struct Padded {
            var flag: UInt8 = 0
            var number = 0.0
        }
        #expect(stateBytes(Padded()) < MemoryLayout<Padded>.size)
    }

    @Test("has the documented size and no byte that is not state", arguments: candidates)
    fileprivate func layout(_ model: Candidate) { model.hasNoHiddenBytes() }
}
