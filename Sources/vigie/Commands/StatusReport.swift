import Interactions
import Store
import Telemetry
import Units

/// How Vigie is doing, as its database and the running process say.
struct StatusReport {
    /// What the running process answers.
    enum Process: Hashable {
        /// `VIGIE_HTTP` is empty: there is nobody to ask.
        case notAsked
        case ready
        /// It runs and does not do its work, for these reasons.
        case hindered([String])
        case silent(String)
    }

    var database = ""
    var head = Position.start
    var lastArrival: Moment?
    var snapshot: (position: Position, at: Moment)?
    var outbox: [OutboxCount] = []
    var oldestUnsentNotice: Moment?
    var deadLetters = 0
    /// Entries that wait for the running process; `mailLimit` stands for that many or more.
    var mail = 0
    var dropsToday: [DropCount] = []
    var process = Process.notAsked

    static let mailLimit = 1000

    init(_ store: Store, process: Process, now: Moment) throws {
        self.process = process
        database = store.path
        head = try store.head(of: VigieProcess.partition)
        lastArrival = try Self.lastArrival(in: store, before: head)
        snapshot = try store.newestSnapshot(of: VigieProcess.partition).snapshot.map { ($0.position, $0.at) }
        outbox = try store.outboxCounts()
        oldestUnsentNotice = try store.oldestUnsentNotice()
        deadLetters = try store.deadLetterCount()
        mail = try store.mail(limit: Self.mailLimit).count
        let today = CivilDate(daysSince1970: now.microseconds.dividedFloor(by: 86_400_000_000).quotient)
        dropsToday = try store.dropCounts(since: today)
    }

    private static func lastArrival(in store: Store, before head: Position) throws -> Moment? {
        guard head > .start else { return nil }
        var reader = store.journal(of: VigieProcess.partition, from: Position(head.entries - 1))
        var last: Moment?
        try reader.next()?.entries.forEach { last = $0.at }
        return last
    }
}

extension StatusReport {
    /// One object for programs.
    var json: JSON {
        func time(_ moment: Moment?) -> JSON { moment.map { .string("\($0)") } ?? .null }
        let counts = outbox.map { count -> JSON in
            [
                "sink": .string(count.sink), "state": .string(count.state.rawValue),
                "count": .integer(Int64(count.count)),
            ]
        }
        let drops = dropsToday.map { drop -> JSON in
            [
                "pipeline": .string(drop.pipeline), "reason": .string(drop.reason),
                "count": .integer(Int64(drop.count)),
            ]
        }
        let saved: JSON =
            snapshot.map { ["position": .integer($0.position.entries), "at": .string("\($0.at)")] } ?? .null
        return [
            "database": .string(database), "process": process.json, "journalHead": .integer(head.entries),
            "lastArrival": time(lastArrival), "snapshot": saved, "outbox": .array(counts),
            "oldestUnsentNotice": time(oldestUnsentNotice), "deadLetters": .integer(Int64(deadLetters)),
            "mail": .integer(Int64(mail)), "dropsToday": .array(drops),
        ]
    }

    /// Some lines for people.
    func text(now: Moment) -> String {
        func ago(_ moment: Moment) -> String { "\(SpanText.rough(now.since(moment))) ago (\(moment))" }
        var lines = [
            "vigie run    \(process)",
            "database     \(database)",
            "journal      \(head.entries) entries, "
                + (lastArrival.map { "the last came in \(ago($0))" } ?? "nothing came in yet"),
            "snapshot     "
                + (snapshot.map { "at \($0.position.entries), made \(ago($0.at))" } ?? "none yet"),
        ]
        if mail > 0 {
            let more = mail < Self.mailLimit ? "" : " or more"
            lines.append("mail         \(mail)\(more) wait for vigie run")
        }
        lines.append("outbox       " + (outbox.isEmpty ? "empty" : ""))
        for (sink, counts) in Dictionary(grouping: outbox, by: \.sink).sorted(by: { $0.key < $1.key }) {
            let words = counts.map { "\($0.count) \($0.state.rawValue)" }.joined(separator: ", ")
            lines.append("  \(sink): \(words)")
        }
        if let oldestUnsentNotice {
            lines.append("  the oldest unsent notice waits since \(ago(oldestUnsentNotice))")
        }
        lines.append("dead letters \(deadLetters)")
        lines.append("dropped      " + (dropsToday.isEmpty ? "nothing today (UTC)" : "today (UTC)"))
        lines += dropsToday.map { drop in
            "  \(drop.count) \(drop.reason)\(drop.pipeline.isEmpty ? "" : " in \(drop.pipeline)")"
        }
        return lines.map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}

extension StatusReport.Process: CustomStringConvertible {
    var description: String {
        switch self {
        case .notAsked: "not asked, for VIGIE_HTTP is empty"
        case .ready: "running and ready"
        case .hindered(let obstacles): "running, but: \(obstacles.joined(separator: "; "))"
        case .silent(let reason): "does not answer: \(reason)"
        }
    }

    fileprivate var json: JSON {
        switch self {
        case .notAsked: ["state": "notAsked"]
        case .ready: ["state": "ready"]
        case .hindered(let obstacles):
            ["state": "hindered", "obstacles": .array(obstacles.map { .string($0) })]
        case .silent(let reason): ["state": "silent", "reason": .string(reason)]
        }
    }
}
