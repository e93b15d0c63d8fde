import Engine
import Interactions
import Measuring
import PipelineKit
import Telemetry
import Units

extension Benchmark {
    /// Every change of state and every third poll between them, through the pipeline; its cases beside the outages.
    static let elevators = Benchmark(
        name: "elevators",
        summary:
            "real elevators: cases of the pipeline \"elevator states\" against outages of 30 minutes and more"
    ) { options in
        let history = try ElevatorHistory(RecordedData(options))
        let pipelines = PipelineSet.only("elevator states")
        guard !pipelines.pipelines.isEmpty else {
            throw BenchmarkFailure("there is no pipeline \"elevator states\"")
        }
        var cases = CaseLog()
        var count = 0
        let cost = try Cost.of { count = try replay(history, Engine(pipelines), every: 3) { cases.take($0) } }
        Figure(name: "elevators replayed", value: Double(history.names.count), unit: "elevators").report()
        Figure(name: "their states replayed", value: Double(count), unit: "messages").report()
        Figure(name: "that took", value: cost.elapsed, unit: "s").report()
        compare(cases, history)
    }

    /// Two outages are one as long as the elevator was not known to run for this long in between: the pipeline's
    /// own rule.
    private static let least = Duration.minutes(30)

    private static func compare(_ cases: CaseLog, _ history: ElevatorHistory) {
        let inactive = history.spans(of: .inactive)
        let raw = inactive.map { $0.filter { $0.length >= least } }
        let merged = zip(inactive, history.spans(of: .active)).map(outages)
        let numbers = Dictionary(uniqueKeysWithValues: history.names.enumerated().map { ($1, $0) })
        let opened = cases.of("out of service").compactMap { entry in
            numbers[entry.subject].map { (entry, $0) }
        }

        var months: [String: (raw: Int, merged: Int, cases: Int)] = [:]
        for span in raw.joined() { months[month(span.from), default: (0, 0, 0)].raw += 1 }
        for span in merged.joined() { months[month(span.from), default: (0, 0, 0)].merged += 1 }
        for (entry, _) in opened { months[month(entry.begun), default: (0, 0, 0)].cases += 1 }
        for (month, counts) in months.sorted(by: { $0.key < $1.key }) {
            report("spells out of service of 30 min and more, \(month)", counts.raw)
            report("cases against outages, flapping merged, \(month)", counts.cases, of: counts.merged)
        }
        report("spells out of service of 30 min and more", raw.joined().count)
        report("cases against outages, flapping merged", opened.count, of: merged.joined().count)

        let byElevator = Dictionary(grouping: opened, by: \.1).mapValues { $0.map(\.0.span) }
        let missed = merged.enumerated().reduce(0) { sum, pair in
            sum
                + pair.element.count { outage in
                    !(byElevator[pair.offset] ?? []).contains { $0.meets(outage) }
                }
        }
        report("outages without a case", missed)
        let withoutOutage = opened.count { entry, elevator in
            !merged[elevator].contains { $0.meets(entry.span) }
        }
        report("cases without an outage", withoutOutage)
        let whileUnknown = opened.count { entry, elevator in
            !inactive[elevator].contains { $0.meets(Span(from: entry.begun, to: entry.opened)) }
        }
        report("cases opened while the state was only unknown", whileUnknown, goal: .atMost(0))
        for detector in ["keeps failing", "monitoring lost", "state silent"] {
            report("cases, \(detector)", cases.of(detector).count)
        }
    }

    /// Spells out of service, joined unless it was seen to run between them and not seen to fail for `least` after
    /// that; only those that have one spell that was long enough.
    private static func outages(_ inactive: [Span], _ active: [Span]) -> [Span] {
        var outages: [(span: Span, isLong: Bool)] = []
        for spell in inactive {
            let isLong = spell.length >= least
            guard let last = outages.last else {
                outages.append((spell, isLong))
                continue
            }
            // Once it was seen to run, an unknown state says nothing against it.
            let runsFrom = active.first { $0.from >= last.span.to && $0.to <= spell.from }?.from
            if let runsFrom, spell.from.since(runsFrom) >= least {
                outages.append((spell, isLong))
            } else {
                outages[outages.count - 1] = (Span(from: last.span.from, to: spell.to), last.isLong || isLong)
            }
        }
        return outages.filter(\.isLong).map(\.span)
    }

    private static func month(_ moment: Moment) -> String { String(moment.description.prefix(7)) }

    private static func report(
        _ name: String,
        _ count: Int,
        of baseline: Int? = nil,
        goal: Figure.Goal? = nil
    ) {
        Figure(name: name, value: Double(count), unit: "", baseline: baseline.map { Double($0) }, goal: goal)
            .report()
    }

    private static func replay(
        _ history: ElevatorHistory,
        _ engine: Engine,
        every step: Int,
        _ body: ([Effect]) -> Void
    ) throws -> Int {
        var states = [ElevatorHistory.State?](repeating: nil, count: history.names.count)
        var changes = history.changes[...]
        var batch = EntryBatch()
        var count = 0
        func flush() throws {
            count += batch.count
            body(try engine.apply(batch))
            batch.removeAll()
        }
        func append(_ elevator: Int, _ at: Moment) {
            guard let state = states[elevator] else { return }
            let payload = "{\"ts\":\"\(at)\",\"state\":\"\(state.rawValue)\"}"
            let topic = "landlord/1/elevator/\(history.names[elevator])/state"
            batch.append(.message(Message(topic: topic, payload: [UInt8](payload.utf8), arrivedAt: at)))
        }
        for (index, poll) in history.polls.enumerated() {
            while let change = changes.first, change.at <= poll {
                states[change.elevator] = change.state
                append(change.elevator, change.at)
                changes.removeFirst()
            }
            if index % step == 0 {
                for elevator in states.indices { append(elevator, poll) }
            }
            try flush()
        }
        return count
    }
}
