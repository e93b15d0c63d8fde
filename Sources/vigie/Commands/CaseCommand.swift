import Interactions
import Telemetry

extension Command {
    static let `case` = Command(
        name: "case",
        summary: "tells Vigie what became of a case",
        flags: [],
        usage: """
            vigie case update KEY STATUS [--note TEXT] [--by WHO]

            STATUS is one of \(CaseUpdate.Status.allCases.map(\.rawValue).joined(separator: ", ")).
            WHO is the id of a person or the name of a system; standard is the account. The news waits in the
            database for the running process, which takes it at once or at its next start, and is noted in the
            audit. News about a case that is not open is counted by vigie status as dropped.

            Exit codes: 0 the news is stored, 64 no such status, 74 no database.
            """,
        example: "vigie case update CASE_2k7d acknowledged --by dispatcher-1"
    ) { arguments in
        try arguments.allow(["note", "by"])
        _ = try arguments.action(of: ["update"])
        guard arguments.rest.count == 3 else { throw CommandFailure(.usage, "expected KEY and STATUS") }
        let (key, word) = (arguments.rest[1], arguments.rest[2])
        guard let status = CaseUpdate.Status(rawValue: word) else {
            let known = CaseUpdate.Status.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.usage, "the status is \"\(word)\"; known: \(known)")
        }
        let person = try Operator()
        let now = SystemClock.read()
        let update = CaseUpdate(
            id: "\(person.name) \(now)",
            key: key,
            status: status,
            by: arguments.value("by") ?? person.name,
            note: arguments.value("note") ?? "",
            at: now
        )
        let store = try person.store(.readWrite)
        try person.post(.caseUpdate(update), to: store, as: "case \(status.rawValue)", on: key)
        Terminal.say("case \(key): \(status.rawValue) is stored; \(Operator.whenTaken)")
    }
}
