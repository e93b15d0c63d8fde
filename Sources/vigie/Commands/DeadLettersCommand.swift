import Foundation
import Interactions
import Store
import Telemetry
import Units

extension Command {
    static let deadLetters = Command(
        name: "deadletters",
        summary: "lists messages that could not be read; takes them again or deletes them",
        flags: ["clear"],
        usage: """
            vigie deadletters [--reason REASON] [--limit N]
            vigie deadletters show ROW [--clear]
            vigie deadletters replay [--reason REASON]
            vigie deadletters delete ROW

            Lists them as JSON, one a line, newest first; standard 100. show prints one whole, as a line that
            vigie replay reads. replay hands all of them (or those with a reason) to the running process, oldest
            first: it reads them with the present pipelines, as messages that arrive now, and what it cannot read
            becomes a dead letter again. What is replayed or deleted is noted in the audit.

            Answers from numbers that no directory knew have the topic reply. Their numbers are masked, except with
            show --clear, which is noted in the audit. Once a directory with the number is imported, replay hands
            them over as answers; those that are still unknown, or older than \(SpanText.exact(QuarantinedReply.longestAge)),
            stay where they are.

            Exit codes: 0 done, 65 there is no such dead letter, 74 no database.
            """,
        example: "vigie deadletters replay --reason missing"
    ) { arguments in
        let person = try Operator()
        guard arguments.rest.first == "show" || !arguments.has("clear") else {
            throw CommandFailure(.usage, "--clear belongs to show")
        }
        guard !arguments.rest.isEmpty else {
            try arguments.allow(["reason", "limit"])
            return try list(arguments, in: person.store(.readOnly))
        }
        switch try arguments.action(of: ["show", "replay", "delete"]) {
        case "show":
            try arguments.allow([])
            let row = try arguments.row(at: 1)
            let isClear = arguments.has("clear")
            let store = try person.store(isClear ? .readWrite : .readOnly)
            guard let letter = try store.deadLetter(row) else { throw missing(row) }
            if isClear { try person.audit("dead letter show clear", on: "\(row)", in: store) }
            let recorded = try QuarantinedReply(letter)?.recorded(isClear: isClear) ?? letter.recorded
            Terminal.print("\(recorded)")
        case "delete":
            try arguments.allow([])
            let row = try arguments.row(at: 1)
            let store = try person.store(.readWrite)
            guard try store.deleteDeadLetter(row, by: person.name, at: SystemClock.read()) else {
                throw missing(row)
            }
            Terminal.say("dead letter \(row) is deleted")
        default:
            try arguments.allow(["reason"])
            guard arguments.rest.count == 1 else {
                throw CommandFailure(.usage, "replay takes no ROW; choose with --reason")
            }
            let count = try person.replayDeadLetters(
                because: arguments.value("reason"),
                in: person.store(.readWrite)
            )
            let letters = count.replayed == 1 ? "1 dead letter is" : "\(count.replayed) dead letters are"
            Terminal.say("\(letters) on the way; \(Operator.whenTaken)")
            for (obstacle, count) in count.left.sorted(by: { $0.key < $1.key }) {
                Terminal.say("\(count) left where they are: answers \(obstacle)")
            }
        }
    }

    private static func missing(_ row: Int64) -> CommandFailure {
        CommandFailure(.data, "there is no dead letter \(row); see vigie deadletters")
    }

    private static func list(_ arguments: Arguments, in store: Store) throws {
        let limit = try arguments.count("limit", standard: 100)
        var output = LineBuffer()
        defer { output.flush() }
        for entry in try store.deadLetters(because: arguments.value("reason"), limit: limit) {
            output.append("\(entry.json)")
        }
    }
}

extension Operator {
    /// Posts dead letters as messages, in the order in which they came, and deletes each.
    ///
    /// - Parameter page: how many rows of the list are read at once.
    ///
    /// First posted, then deleted: when this ends in between, one message is taken twice, which pipelines drop
    /// as a repeat, instead of none.
    /// - Returns: how many, and how many answers were left for which obstacle.
    func replayDeadLetters(
        because reason: String?,
        in store: Store,
        page size: Int = 1000
    ) throws -> (replayed: Int, left: [String: Int]) {
        var rows: [Int64] = []
        while true {
            let page = try store.deadLetters(because: reason, before: rows.last, limit: size)
            if page.isEmpty { break }
            rows += page.map(\.row)
        }
        guard let last = rows.first, let first = rows.last else { return (0, [:]) }
        // The deletion of each is noted by itself.
        try audit("dead letter replay", on: "\(reason ?? "all"), rows \(first) to \(last)", in: store)
        var count = 0
        var left: [String: Int] = [:]
        for row in rows.reversed() {
            // Retention or another operator may have been faster.
            guard let letter = try store.deadLetter(row) else { continue }
            let now = SystemClock.read()
            let reply = QuarantinedReply(letter)
            if let obstacle = try reply?.obstacle(in: store, at: now) {
                left[obstacle, default: 0] += 1
                continue
            }
            let message = Message(
                topic: letter.topic,
                payload: letter.payload,
                properties: try letter.messageProperties,
                arrivedAt: now
            )
            try store.post(reply?.entry(at: now) ?? .message(message))
            try store.deleteDeadLetter(row, by: name, at: now)
            count += 1
            if count % 100 == 0 { Terminal.progress("\(count) of \(rows.count) dead letters") }
        }
        Terminal.progress("")
        return (count, left)
    }
}

extension DeadLetterEntry {
    /// One line of `vigie deadletters`.
    var json: JSON {
        var members: [JSON.Member] = [
            .init("row", .integer(row)), .init("at", .string("\(at)")), .init("topic", .string(topic)),
            .init("reason", .string(reason)), .init("detail", .string(shownDetail)),
        ]
        if let pipeline { members.append(.init("pipeline", .string(pipeline))) }
        members.append(.init("bytes", .integer(Int64(size))))
        return .object(members)
    }
}

extension DeadLetter {
    /// User properties and content type of the message.
    ///
    /// - Throws: when the bytes in the database are not those that were written there.
    var messageProperties: [MessageProperty] {
        get throws(CommandFailure) {
            guard let properties = PropertyBlock.properties(in: properties) else {
                throw CommandFailure(
                    .data,
                    "the properties of the dead letter of \(at) on \(topic) are damaged in the database; "
                        + "delete it with vigie deadletters delete ROW"
                )
            }
            return properties
        }
    }

    /// The message as a line of a recording, with why it could not be read.
    ///
    /// - Throws: as `messageProperties`.
    var recorded: JSON {
        get throws(CommandFailure) {
            let payload =
                String(validating: payload, as: UTF8.self).map { JSON.Member("payload", .string($0)) }
                ?? JSON.Member("payloadBase64", .string(Data(payload).base64EncodedString()))
            var members: [JSON.Member] = [
                .init("at", .string("\(at)")), .init("topic", .string(topic)), payload,
                .init("reason", .string(reason)), .init("detail", .string(detail)),
            ]
            if let pipeline { members.append(.init("pipeline", .string(pipeline))) }
            let properties = try messageProperties
            if !properties.isEmpty { members.append(.init("properties", properties.recorded)) }
            return .object(members)
        }
    }
}
