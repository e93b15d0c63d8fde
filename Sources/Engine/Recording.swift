import Interactions
import Telemetry
import Units

/// One line of a recording (`input.jsonl`): a message, the passing of time, an answer, news about a case, or a
/// directory.
///
/// `{"at":"2026-01-05T07:31:02.120Z","topic":"…","payload":"…"}`, with `payloadBase64` instead of `payload`, and
/// `qos`, `retain`, `duplicate`, `"properties":[["content-type","application/json"],…]` if wanted; or `{"at":…,"tick":true}`, `{"at":…,"reply":{"from","text"}}` or
/// `{"at":…,"reply":{"notice","key","phase","recipient","action","text"}}`,
/// `{"at":…,"receipt":{"id","outcome"}}`, `{"at":…,"directory":{…}}`,
/// `{"at":…,"update":{"key","status","by","note","estimate","assignee","cause"}}`,
/// `{"at":…,"instruction":{"by","silence":{"from","until","pipeline","detector","subject","site"}}}` or with `"endSilence":id`
/// or `"command":{"key","name"}` instead; or `{"at":…,"restart":true}`, which is no entry: the engine is stopped
/// and started from its snapshot.
public enum RecordedLine: Sendable {
    case entry(Entry)
    case restart

    public init(parsing line: some Sequence<UInt8>) throws(RecordingProblem) {
        let json: JSON
        do {
            json = try JSON(parsing: [UInt8](line))
        } catch {
            throw RecordingProblem(text: error.description)
        }
        guard let text = json["at"]?.string, let at = Moment(iso8601: text) else {
            throw RecordingProblem(text: "\"at\" is not a time like 2026-01-05T07:31:02.120Z")
        }
        if let topic = json["topic"]?.string {
            let payload = try Self.payload(of: json)
            let flags = MessageFlags(
                qos: Int(json["qos"]?.integer ?? 1),
                retained: json["retain"]?.bool ?? false,
                duplicate: json["duplicate"]?.bool ?? false
            )
            let properties = try json["properties"].map { json throws(RecordingProblem) in
                try [MessageProperty](recorded: json)
            }
            self = .entry(
                .message(
                    Message(
                        topic: topic,
                        payload: payload,
                        flags: flags,
                        properties: properties ?? [],
                        arrivedAt: at
                    )
                )
            )
        } else if json["tick"]?.bool == true {
            self = .entry(.tick(at: at))
        } else if json["restart"]?.bool == true {
            self = .restart
        } else if let reply = json["reply"] {
            self = .entry(.reply(try Reply(recorded: reply, at: at)))
        } else if let receipt = json["receipt"] {
            self = .entry(.receipt(try Self.receipt(receipt, at: at)))
        } else if let update = json["update"] {
            self = .entry(.caseUpdate(try Self.update(update, at: at)))
        } else if let instruction = json["instruction"] {
            self = .entry(.instruction(try Self.instruction(instruction, at: at)))
        } else if let directory = json["directory"] {
            self = .entry(.directory(at: at, json: directory.bytes))
        } else {
            throw RecordingProblem(
                text: "expected one of topic, tick, reply, receipt, update, instruction, directory, restart "
                    + "beside \"at\""
            )
        }
    }

    private static func payload(of json: JSON) throws(RecordingProblem) -> [UInt8] {
        if let encoded = json["payloadBase64"]?.string {
            guard let bytes = Base64.decode(encoded) else {
                throw RecordingProblem(text: "\"payloadBase64\" is not base64 (RFC 4648)")
            }
            return bytes
        }
        switch json["payload"] {
        case .string(let text): return [UInt8](text.utf8)
        case .none: throw RecordingProblem(text: "a topic needs its \"payload\" or \"payloadBase64\"")
        case .some(let value): return value.bytes
        }
    }

    private static func text(_ name: String, in json: JSON) throws(RecordingProblem) -> String {
        guard let text = json[name]?.string else { throw RecordingProblem(text: "\"\(name)\" is missing") }
        return text
    }

    private static func receipt(_ json: JSON, at: Moment) throws(RecordingProblem) -> Receipt {
        let word = try text("outcome", in: json)
        guard let outcome = Receipt.Outcome(rawValue: word) else {
            let known = Receipt.Outcome.allCases.map(\.rawValue).joined(separator: ", ")
            throw RecordingProblem(text: "\"outcome\" is \"\(word)\"; known: \(known)")
        }
        return Receipt(
            id: try text("id", in: json),
            sink: json["sink"]?.string ?? "",
            outcome: outcome,
            detail: json["detail"]?.string ?? "",
            at: at
        )
    }

    private static func update(_ json: JSON, at: Moment) throws(RecordingProblem) -> CaseUpdate {
        let word = try text("status", in: json)
        guard let status = CaseUpdate.Status(rawValue: word) else {
            let known = CaseUpdate.Status.allCases.map(\.rawValue).joined(separator: ", ")
            throw RecordingProblem(text: "\"status\" is \"\(word)\"; known: \(known)")
        }
        let key = try text("key", in: json)
        return CaseUpdate(
            id: json["id"]?.string ?? "\(key) \(at)",
            key: key,
            status: status,
            by: json["by"]?.string ?? "",
            note: json["note"]?.string ?? "",
            estimate: try json["estimate"].map { _ throws(RecordingProblem) in
                try moment("estimate", in: json)
            },
            assignee: json["assignee"]?.string ?? "",
            cause: json["cause"]?.string ?? "",
            at: at
        )
    }

    private static func instruction(_ json: JSON, at: Moment) throws(RecordingProblem) -> Instruction {
        let order: Instruction.Order
        if let silence = json["silence"] {
            let scope = Instruction.Scope(
                pipeline: silence["pipeline"]?.string ?? "",
                detector: silence["detector"]?.string ?? "",
                subject: silence["subject"]?.string ?? "",
                site: silence["site"]?.string ?? ""
            )
            let begin = try silence["from"].map { _ throws(RecordingProblem) in
                try moment("from", in: silence)
            }
            order = .silence(scope, from: begin, until: try moment("until", in: silence))
        } else if json["endSilence"] != nil {
            order = .endSilence(id: try text("endSilence", in: json))
        } else if let command = json["command"] {
            order = .command(key: try text("key", in: command), name: try text("name", in: command))
        } else {
            throw RecordingProblem(text: "an instruction needs one of silence, endSilence, command")
        }
        let by = json["by"]?.string ?? ""
        return Instruction(
            id: json["id"]?.string ?? "\(by) \(at)",
            order: order,
            by: by,
            note: json["note"]?.string ?? "",
            at: at
        )
    }

    private static func moment(_ name: String, in json: JSON) throws(RecordingProblem) -> Moment {
        guard let moment = Moment(iso8601: try text(name, in: json)) else {
            throw RecordingProblem(text: "\"\(name)\" is not a time like 2026-01-05T07:31:02.120Z")
        }
        return moment
    }
}

/// What is wrong with a line of a recording.
public struct RecordingProblem: Error, Hashable, CustomStringConvertible, Sendable {
    public let text: String
    public var description: String { text }
}

/// RFC 4648, section 4.
enum Base64 {
    static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        guard text.utf8.count - digits.count <= 2 else { return nil }
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return count < 6 ? bytes : nil
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
