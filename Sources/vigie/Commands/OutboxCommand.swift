import Interactions
import Store
import Units

extension Command {
    static let outbox = Command(
        name: "outbox",
        summary: "lists what went out, waits or is parked; tries again or gives up",
        flags: [],
        usage: """
            vigie outbox [--state STATE] [--sink SINK] [--limit N]
            vigie outbox retry ROW
            vigie outbox cancel ROW

            Lists deliveries as JSON, one a line, newest first; standard 100. STATE is one of
            \(OutboxState.allCases.map(\.rawValue).joined(separator: ", ")).
            retry sends a parked or unknown one again, with its attempts counted anew: where it is not known
            whether a text arrived, this person may read it twice. cancel gives up one that waits or is parked.
            Both are noted in the audit.

            Exit codes: 0 done, 65 the delivery is not there or in another state, 74 no database.
            """,
        example: "vigie outbox --state parked"
    ) { arguments in
        guard !arguments.rest.isEmpty else {
            try arguments.allow(["state", "sink", "limit"])
            return try list(arguments)
        }
        try arguments.allow([])
        let action = try arguments.action(of: ["retry", "cancel"])
        let row = try arguments.row(at: 1)
        let person = try Operator()
        let store = try person.store(.readWrite)
        if action == "retry" {
            try store.retry(row, by: person.name, at: SystemClock.read())
            Terminal.say("delivery \(row) goes out again")
        } else {
            try store.cancel(row, by: person.name, at: SystemClock.read())
            Terminal.say("delivery \(row) is given up")
        }
    }

    private static func list(_ arguments: Arguments) throws {
        var state: OutboxState?
        if let word = arguments.value("state") {
            guard let known = OutboxState(rawValue: word) else {
                let words = OutboxState.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure(.usage, "--state is \"\(word)\"; known: \(words)")
            }
            state = known
        }
        let limit = try arguments.count("limit", standard: 100)
        let store = try Operator().store(.readOnly)
        var output = LineBuffer()
        defer { output.flush() }
        for entry in try store.outbox(in: state, to: arguments.value("sink"), limit: limit) {
            output.append("\(entry.json)")
        }
    }
}

extension Store {
    /// Deliveries to one sink, newest first; nil: to all.
    func outbox(in state: OutboxState?, to sink: String?, limit: Int) throws -> [OutboxEntry] {
        guard let sink else { return try outbox(in: state, limit: limit) }
        var found: [OutboxEntry] = []
        var last: Int64?
        while found.count < limit {
            let page = try outbox(in: state, before: last, limit: 1000)
            guard let end = page.last else { break }
            last = end.row
            found += page.filter { $0.sink == sink }
        }
        return Array(found.prefix(limit))
    }
}

extension OutboxEntry {
    /// One line of `vigie outbox`.
    var json: JSON {
        var members: [JSON.Member] = [
            .init("row", .integer(row)), .init("sink", .string(sink)), .init("kind", .string(kind.rawValue)),
            .init("state", .string(state.rawValue)), .init("id", .string(id)), .init("key", .string(key)),
            .init("lifeSafety", .bool(isLifeSafety)), .init("attempts", .integer(Int64(attempts))),
            .init("storedAt", .string("\(storedAt)")), .init("changedAt", .string("\(changedAt)")),
        ]
        if state == .pending { members.append(.init("nextAt", .string("\(nextAt)"))) }
        if let notAfter { members.append(.init("notAfter", .string("\(notAfter)"))) }
        if outcomeUnknown { members.append(.init("outcomeUnknown", true)) }
        if !reason.isEmpty { members.append(.init("reason", .string(reason))) }
        if let reference { members.append(.init("reference", .string(reference))) }
        return .object(members)
    }
}
