import Interactions
import Store
import Telemetry
import Units

extension Command {
    static let silence = Command(
        name: "silence",
        summary: "holds back what can wait about planned work or a known fault, for a time",
        flags: ["json"],
        usage: """
            vigie silence add [--from TIME] --until TIME [--pipeline NAME] [--detector NAME] [--subject ID] [--site ID]
                              [--note TEXT] [--by WHO]
            vigie silence end ID [--note TEXT] [--by WHO]
            vigie silence list [--json]

            add covers what agrees with every word that is given; one of them must be. TIME is 18:00,
            2026-01-05 18:00 or 2026-01-05T18:00:00Z, in local time where it does not say its offset. A silence lasts
            \(longestSilenceInDays) days at most and, with --from, begins within \(furthestPlanInDays) days; before that
            it holds nothing back, and a case that is open then goes on as it is. What is about a life is never
            silenced. What a silence holds back is kept with its reason: vigie why. list shows those in force, those
            that are planned and those that wait for the running process. Both orders are noted in the audit.

            Exit codes: 0 done, 64 wrong use, 65 there is no such silence in force or planned, 74 no database.
            """,
        example: "vigie silence add --subject A7 --until 17:30 --note \"yearly inspection\""
    ) { arguments in
        switch try arguments.action(of: ["add", "end", "list"]) {
        case "add": try addSilence(arguments)
        case "end": try endSilence(arguments)
        default: try listSilences(arguments)
        }
    }

    /// Longer than any work that is planned; what is silent for ever is forgotten.
    private static let longestSilenceInDays = 31

    /// A later plan is likely to be a mistyped year.
    private static let furthestPlanInDays = 366

    private static func addSilence(_ arguments: Arguments) throws {
        try arguments.allow(["from", "until", "pipeline", "detector", "subject", "site", "note", "by"])
        guard arguments.rest.count == 1 else { throw CommandFailure(.usage, "add takes options only") }
        let scope = Instruction.Scope(
            pipeline: arguments.value("pipeline") ?? "",
            detector: arguments.value("detector") ?? "",
            subject: arguments.value("subject") ?? "",
            site: arguments.value("site") ?? ""
        )
        guard scope != Instruction.Scope() else {
            throw CommandFailure(
                .usage,
                "that would silence everything; expected one or more of --pipeline, --detector, --subject, --site"
            )
        }
        let settings = try Settings.load()
        let zone = try settings.zone
        let now = SystemClock.read()
        let begin = try arguments.time("from", in: zone, after: now)
        if let begin, begin.since(now) > .days(furthestPlanInDays) {
            throw CommandFailure(
                .usage,
                "--from is \(zone.words(begin)); expected at most \(furthestPlanInDays) days from now"
            )
        }
        guard let until = try arguments.time("until", in: zone, after: begin ?? now) else {
            throw CommandFailure(.usage, "expected --until TIME: a silence has an end")
        }
        guard until.since(begin ?? now) <= .days(longestSilenceInDays) else {
            throw CommandFailure(
                .usage,
                "--until is \(zone.words(until)); expected at most \(longestSilenceInDays) days from "
                    + "\(begin.map(zone.words) ?? "now")"
            )
        }
        let person = Operator(settings)
        let id = try person.post(
            .silence(scope, from: begin, until: until),
            arguments,
            to: person.store(.readWrite),
            as: "silence add",
            on: scope.words
        )
        Terminal.print(id)
        let span = "\(begin.map { "from \(zone.words($0)) " } ?? "")until \(zone.words(until))"
        Terminal.say("silence of \(scope.words) \(span) (\(zone)) is stored; \(Operator.whenTaken)")
    }

    private static func endSilence(_ arguments: Arguments) throws {
        try arguments.allow(["note", "by"])
        guard arguments.rest.count == 2 else { throw CommandFailure(.usage, "expected the ID of a silence") }
        let id = arguments.rest[1]
        let person = try Operator()
        let store = try person.store(.readWrite)
        let now = SystemClock.read()
        let isInForce = try store.silence(id).map { $0.endedAt == nil && $0.until > now } ?? false
        guard try isInForce || store.waitingSilences().contains(where: { $0.id == id }) else {
            throw CommandFailure(
                .data,
                "there is no silence \(id) in force or planned; see vigie silence list"
            )
        }
        try person.post(.endSilence(id: id), arguments, to: store, as: "silence end", on: id)
        Terminal.say("the end of silence \(id) is stored; \(Operator.whenTaken)")
    }

    private static func listSilences(_ arguments: Arguments) throws {
        try arguments.allow([])
        guard arguments.rest.count == 1 else { throw CommandFailure(.usage, "list takes --json only") }
        let settings = try Settings.load()
        let store = try Operator(settings).store(.readOnly)
        let now = SystemClock.read()
        let taken = try store.silences(in: now...Moment.distantFuture).map { ($0, isWaiting: false) }
        let silences = try taken + store.waitingSilences().map { ($0, isWaiting: true) }
        let zone = try settings.zone
        for (silence, isWaiting) in silences {
            let line =
                arguments.has("json")
                ? "\(JSON.object(silence.members + silence.standing(isWaiting, at: now)))"
                : silence.text(in: zone, isWaiting, at: now)
            Terminal.print(line)
        }
        if silences.isEmpty, !arguments.has("json") { Terminal.say("no silence is in force or planned") }
    }
}

extension Store {
    /// Silences that the running process has not taken yet.
    fileprivate func waitingSilences() throws -> [Silence] {
        try mail(limit: 1000).compactMap { mail in
            guard case .instruction(let instruction) = mail.entry,
                case .silence(let scope, let begin, let until) = instruction.order
            else { return nil }
            return Silence(
                id: instruction.id,
                scope: scope,
                by: instruction.by,
                note: instruction.note,
                at: instruction.at,
                from: begin,
                until: until
            )
        }
    }
}

extension Instruction.Scope {
    fileprivate var named: [(name: String, value: String)] {
        [("pipeline", pipeline), ("detector", detector), ("subject", subject), ("site", site)].filter {
            !$0.1.isEmpty
        }
    }

    /// `subject A7, detector out of service`
    var words: String { named.map { "\($0.name) \($0.value)" }.joined(separator: ", ") }

    /// `équipement A7, détecteur out of service`
    var frenchWords: String {
        let french = [
            "pipeline": "pipeline", "detector": "détecteur", "subject": "équipement", "site": "site",
        ]
        return named.map { "\(french[$0.name] ?? $0.name) \($0.value)" }.joined(separator: ", ")
    }
}

extension Silence {
    fileprivate func text(in zone: CivilZone, _ isWaiting: Bool, at now: Moment) -> String {
        let waits = isWaiting ? "  (waits for vigie run)" : ""
        let note = note.isEmpty ? "" : ": \(note)"
        let planned = from > now ? "planned from \(zone.words(from))  " : ""
        return
            "\(id)  \(planned)until \(zone.words(until)) (\(zone))  \(scope.words)  by \(by)\(note)\(waits)"
    }

    /// What programs read of it.
    var members: [JSON.Member] {
        [.init("id", .string(id))] + scope.named.map { .init($0.name, .string($0.value)) } + [
            .init("by", .string(by)), .init("note", .string(note)), .init("at", .string("\(at)")),
            .init("from", .string("\(from)")), .init("until", .string("\(until)")),
        ]
    }

    fileprivate func standing(_ isWaiting: Bool, at now: Moment) -> [JSON.Member] {
        [.init("planned", .bool(from > now)), .init("waiting", .bool(isWaiting))]
    }
}
