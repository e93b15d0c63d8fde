import Interactions
import PipelineKit
import Pipelines
import Store
import Units

extension Command {
    static let report = Command(
        name: "report",
        summary: "tells how well cases were looked after: times, texts, downtime, false alarms",
        flags: ["csv", "json"],
        usage: """
            vigie report --from DAY --to DAY [--language fr|en] [--csv|--json]

            Both days, like 2026-01-05, belong to the report; they are those of VIGIE_ZONE. A case counts on the
            day it was opened, by pipeline, by detector and in total:
              time to the first message a gateway took, to the first time somebody took the case, to the end that
              lasted, from the first message or entry of the case on: p50, p97.5 and p99 by nearest rank (at least so
              many % of those cases took no longer), and how many of all cases somebody took;
              texts: per case, and the share that reached a handset, where the gateway gives receipts;
              false alarms: their share of the ended cases that say a cause, found by words in the cause; more words:
              VIGIE_FALSE_ALARM_WORDS.
            Downtime is the time within the report in which an asset was out of order, by the detectors whose case
            says so (OpenCase with asset: .outOfOrder); what several of them saw at once counts once.

            --csv prints one figure a line, --json one object, both in English; times in seconds, what cannot be known
            is empty or null.

            Exit codes: 0 done, 64 no such days, 74 no database.
            """,
        example: "vigie report --from 2026-01-01 --to 2026-01-31"
    ) { arguments in
        try arguments.allow(["from", "to", "language"])
        guard arguments.rest.isEmpty else { throw CommandFailure(.usage, "expected options only") }
        guard !arguments.has("csv") || !arguments.has("json") else {
            throw CommandFailure(.usage, "choose one of --csv and --json")
        }
        let (from, to) = (try arguments.day("from"), try arguments.day("to"))
        guard from <= to else { throw CommandFailure(.usage, "--from \(from) is after --to \(to)") }
        let settings = try Settings.load()
        let zone = try settings.zone
        let language = try arguments.language(or: settings)
        let end = CivilDate(daysSince1970: to.daysSince1970 + 1)
        let span = zone.startOfDay(from)..<zone.startOfDay(end)
        let report = CaseReport(
            of: try Operator(settings).store(.readOnly).histories(in: span),
            in: span,
            now: SystemClock.read(),
            falseAlarms: FalseAlarmWords(and: settings.names(.falseAlarmWords)),
            outOfOrder: allPipelines.detectorsOfAssetsOutOfOrder
        )
        if arguments.has("csv") {
            Terminal.print(report.csv)
        } else {
            Terminal.print(
                arguments.has("json") ? "\(report.json)" : report.text(from: from, to: to, in: language)
            )
        }
    }
}

extension Arguments {
    fileprivate func day(_ name: String) throws -> CivilDate {
        guard let text = value(name) else { throw CommandFailure(.usage, "expected --\(name) DAY") }
        guard let day = CivilDate(written: text) else {
            throw CommandFailure(.usage, "--\(name) is \"\(text)\"; expected a day like 2026-01-05")
        }
        return day
    }
}

extension PipelineSet {
    /// Those whose case says that the asset is out of order.
    var detectorsOfAssetsOutOfOrder: Set<CaseReport.Detector> {
        var found: Set<CaseReport.Detector> = []
        for pipeline in pipelines {
            for detector in pipeline.plan.root.detectors {
                for case .openCase(_, .outOfOrder, _) in detector.reactions {
                    found.insert(.init(pipeline: pipeline.plan.name, name: detector.name))
                }
            }
        }
        return found
    }
}

extension Store {
    /// The cases that were open at any time of a span. Entries that this version cannot read are said and left out.
    func histories(in span: Range<Moment>) throws -> [CaseHistory] {
        var histories: [CaseHistory] = []
        var unread = 0
        let sinks = try sinksWithReceipts()
        for key in try casesOpen(in: span) {
            let stored = try interactions(.key(key), limit: Self.longestCase)
            let read = stored.compactMap { Interaction(cloudEvent: $0.body) }
            unread += stored.count - read.count
            let messages = try messages(of: key, receiptsFrom: sinks)
            if let history = CaseHistory(read, messages: messages) { histories.append(history) }
        }
        if unread > 0 {
            Terminal.say("note: \(unread) entries cannot be read by this version and do not count")
        }
        return histories
    }

    /// More entries of one case than this are not looked at.
    private static let longestCase = 100_000
}
