import Engine
import Interactions
import Pipelines
import Store
import Telemetry
import Units

extension Command {
    static let `case` = Command(
        name: "case",
        summary: "tells Vigie what became of a case, or has a device do something about it",
        flags: [],
        usage: """
            vigie case update KEY STATUS [--note TEXT] [--estimate TIME] [--assignee WHO] [--cause TEXT] [--by WHO]
            vigie case command KEY NAME [--note TEXT] [--by WHO]

            update: STATUS is one of \(CaseUpdate.Status.allCases.map(\.rawValue).joined(separator: ", "));
            noted changes nothing but what is said besides. --estimate says when it is expected to be over
            (2026-01-05 18:00, 18:00, or with an offset 2026-01-05T18:00:00Z), --cause what was the matter:
            vigie report counts false alarms by it. command gives a command that the pipeline of the case offers,
            by its name; who did it and what the device answered stand on the case.

            WHO is the id of a person or the name of a system; standard is the account. The news waits in the
            database for the running process, which takes it at once or at its next start, and is noted in the
            audit. A case is forgotten \(SpanText.exact(Engine.caseMemory)) after its end; until then news about one that is
            over is kept with its reason: vigie why KEY.

            Exit codes: 0 the news is stored, 64 no such status or time, 65 the case is unknown, forgotten or offers
            no such command: nothing is stored, 74 no database.
            """,
        example: "vigie case update CASE_2k7d pending --note \"part ordered\" --estimate \"2026-01-06 10:00\""
    ) { arguments in
        let action = try arguments.action(of: ["update", "command"])
        guard action == "update" else {
            try arguments.allow(["note", "by"])
            return try order(arguments)
        }
        try arguments.allow(["note", "estimate", "assignee", "cause", "by"])
        guard arguments.rest.count == 3 else { throw CommandFailure(.usage, "expected KEY and STATUS") }
        let (key, word) = (arguments.rest[1], arguments.rest[2])
        guard let status = CaseUpdate.Status(rawValue: word) else {
            let known = CaseUpdate.Status.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.usage, "the status is \"\(word)\"; known: \(known)")
        }
        let settings = try Settings.load()
        let person = Operator(settings)
        let now = SystemClock.read()
        let update = CaseUpdate(
            id: "\(person.name) \(now)",
            key: key,
            status: status,
            by: arguments.value("by") ?? person.name,
            note: arguments.value("note") ?? "",
            estimate: try arguments.time("estimate", in: settings.zone, after: now),
            assignee: arguments.value("assignee") ?? "",
            cause: arguments.value("cause") ?? "",
            at: now
        )
        let store = try person.store(.readWrite)
        try KnownCase.require(key, in: store) { known throws(KnownCase.Problem) in
            try known.requireRemembered()
        }
        try person.post(.caseUpdate(update), to: store, as: "case \(status.rawValue)", on: key)
        Terminal.say("case \(key): \(status.rawValue) is stored; \(Operator.whenTaken)")
    }

    private static func order(_ arguments: Arguments) throws {
        guard arguments.rest.count == 3 else { throw CommandFailure(.usage, "expected KEY and NAME") }
        let (key, name) = (arguments.rest[1], arguments.rest[2])
        let person = try Operator()
        let store = try person.store(.readWrite)
        try KnownCase.require(key, in: store) { known throws(KnownCase.Problem) in
            try known.require(command: name, of: allPipelines)
        }
        try person.post(
            .command(key: key, name: name),
            arguments,
            to: store,
            as: "case command \(name)",
            on: key
        )
        Terminal.say("case \(key): the command \(name) is stored; \(Operator.whenTaken)")
    }
}

extension Operator {
    /// Leaves an order for the running process and notes it in the audit.
    /// - Returns: its id.
    @discardableResult
    func post(
        _ order: Instruction.Order,
        _ arguments: Arguments,
        to store: Store,
        as action: String,
        on target: String
    ) throws -> String {
        let now = SystemClock.read()
        let id = StableID("ORDER", .text(name), .text(action), .text(target), .moment(now)).description
        let instruction = Instruction(
            id: id,
            order: order,
            by: arguments.value("by") ?? name,
            note: arguments.value("note") ?? "",
            at: now
        )
        try post(.instruction(instruction), to: store, as: action, on: target)
        return id
    }
}

extension Arguments {
    /// A time that is to come, in local time unless it says its offset; nil when it is not given.
    func time(_ name: String, in zone: CivilZone, after now: Moment) throws -> Moment? {
        guard let text = value(name) else { return nil }
        guard let time = WrittenTime(in: text) else {
            throw CommandFailure(
                .usage,
                "--\(name) is \"\(text)\"; expected 18:00, 2026-01-05 18:00 or 2026-01-05T18:00:00Z"
            )
        }
        let moment = time.future(in: zone, after: now)
        guard moment > now else { throw CommandFailure(.usage, "--\(name) is \(moment), which has passed") }
        return moment
    }
}

extension KnownCase {
    /// Refuses what would have no effect, before it is stored.
    fileprivate static func require(
        _ key: String,
        in store: Store,
        _ check: (KnownCase) throws(Problem) -> Void
    ) throws(CommandFailure) {
        do throws(Problem) {
            try check(KnownCase(key, in: store))
        } catch .unreadable(let error) {
            throw CommandFailure(error)
        } catch {
            throw CommandFailure(.data, "\(error); nothing was stored")
        }
    }
}
