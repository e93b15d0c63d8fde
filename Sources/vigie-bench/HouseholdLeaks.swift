import Engine
import Measuring
import PipelineKit
import Telemetry
import Units

extension Benchmark {
    /// Real households through the pipeline "water meters".
    static let households = Benchmark(
        name: "households",
        summary: "real households: leak findings against labelled episodes, and alarms in a home and year"
    ) { options in
        let data = RecordedData(options)
        if let daiad = try HouseholdMeters.daiad(data) {
            let cases = try replay(daiad)
            alarms("DAIAD", cases, daiad, goals: ["leak": .atMost(1), "burst": .atMost(0.2)])
        }
        let karratha = try HouseholdMeters.karratha(data)
        let cases = try replay(karratha)
        alarms("Karratha", cases, karratha)
        found("Karratha", cases, karratha)
    }

    /// The detectors know nothing before: alarms and episodes count from here.
    private static let warmUp = Duration.days(28)
    private static let wholeYear = Duration.days(365).inSeconds

    private static func replay(_ meters: HouseholdMeters) throws -> CaseLog {
        let pipelines = PipelineSet.only("water meters")
        guard !pipelines.pipelines.isEmpty else {
            throw BenchmarkFailure("there is no pipeline \"water meters\"")
        }
        let engine = Engine(pipelines)
        var cases = CaseLog()
        for reading in meters.readings {
            let payload = "{\"ts\":\"\(reading.at)\",\"total\":\(reading.total)}"
            let topic = "landlord/1/water/\(reading.household)/index"
            let message = Message(topic: topic, payload: [UInt8](payload.utf8), arrivedAt: reading.at)
            cases.take(try engine.apply(.message(message)))
        }
        return cases
    }

    private static func alarms(
        _ name: String,
        _ cases: CaseLog,
        _ meters: HouseholdMeters,
        goals: [String: Figure.Goal] = [:]
    ) {
        let watched = meters.watched
        let years = years(watched)
        Figure(name: "\(name), households", value: Double(watched.count), unit: "").report()
        Figure(name: "\(name), years watched after the warm-up", value: years, unit: "").report()
        for detector in ["leak", "burst", "meter running backwards", "meter silent"] {
            let opened = cases.of(detector)
            Figure(
                name: "\(name), \(detector), cases in a home and year",
                value: Double(opened.count) / years,
                unit: "",
                goal: goals[detector]
            ).report()
        }
        Figure(
            name: "\(name), leak or burst, merged within 7 days, in a home and year",
            value: Double(merged(cases.of("leak", "burst"))) / years,
            unit: ""
        ).report()
    }

    private static func years(_ watched: [String: Span]) -> Double {
        watched.values.reduce(0) { $0 + max(0, ($1.length - warmUp).inSeconds) } / wholeYear
    }

    /// How many there are when those of a household that begin within a week of each other count once.
    private static func merged(_ cases: [CaseLog.Entry]) -> Int {
        Dictionary(grouping: cases, by: \.subject).values.reduce(0) { sum, cases in
            var count = 0
            var last = Moment.distantPast
            for opened in cases.map(\.opened).sorted() {
                if opened.since(last) > .days(7) { count += 1 }
                last = opened
            }
            return sum + count
        }
    }

    /// Which of the labelled episodes were found, and how many alarms were about none of them.
    private static func found(_ name: String, _ cases: CaseLog, _ meters: HouseholdMeters) {
        let watched = meters.watched
        let alarms = cases.of("leak", "burst")
        for days in [1, 2, 3] {
            let leaks = meters.leaks.filter { leak in
                let begin = watched[leak.household]?.from ?? .distantFuture
                return leak.span.length >= .days(days) && leak.span.from.since(begin) >= warmUp
            }
            let openings = leaks.compactMap { leak -> Double? in
                let opened = alarms.filter { $0.subject == leak.household && $0.span.meets(leak.span) }
                    .map(\.opened).filter { $0 <= leak.span.to }.min()
                return opened.map { $0.since(leak.span.from).inSeconds / 3600 }
            }
            Figure(
                name: "\(name), labelled leaks of \(days) days and more that were found",
                value: Double(openings.count),
                unit: "",
                baseline: Double(leaks.count)
            ).report()
            // The label begins with the first whole day; a case may be open by then.
            let later = openings.filter { $0 > 0 }
            Figure(
                name: "\(name), of them found before the label begins",
                value: Double(openings.count - later.count),
                unit: ""
            )
            .report()
            Figure(name: "\(name), until the others were found, median", value: later.median, unit: "h")
                .report()
        }
        let outside = alarms.filter { alarm in
            !meters.leaks.contains { $0.household == alarm.subject && $0.span.meets(alarm.span) }
        }
        Figure(
            name: "\(name), leak or burst about no labelled leak, in a home and year",
            value: Double(outside.count) / years(watched),
            unit: ""
        ).report()
    }
}
