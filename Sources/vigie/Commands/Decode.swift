import Telemetry
import Units

extension Command {
    static let decode = Command(
        name: "decode",
        summary: "prints what a message of any device says, as JSON",
        flags: [],
        usage: """
            vigie decode --topic TOPIC [--as FORMAT] [--at TIME] FILE
            vigie decode --device MAKER/MODEL [--port N] [--topic TOPIC] [--at TIME] FILE
            vigie decode --profile MAKER/MODEL [--subject LEVEL] --topic TOPIC [--at TIME] FILE
            vigie decode [--as FORMAT | --device … | --profile …] RECORDING.jsonl

            FILE holds the payload of one message; - is standard input. A file that ends in .jsonl is a recording, a
            message on each line, and what a decoder learns from one is there for the next. Without --as the format
            is found by the topic and by what the payload is. --device reads the payload as the bare LoRaWAN frame of
            a device, as bytes, hexadecimal digits or Base64; --port is the port that it came on. --profile reads the
            JSON of a maker's own as Listen does with as: .device("MAKER/MODEL"); --subject is the level of the topic
            that names the device, counted from 0 or, below 0, from the end; the last one when it is not given.
            --at is the time of arrival, now when it is not given.

            Prints one JSON object for each message: {"topic","format","readings":[{"subject","name","value","unit",
            "at"}]}, with "clock" where the device or its network told the time, "quality" of historical, doubtful
            and network readings, "omitted" for fields that gave no reading, with the reason of each, and "problem"
            where nothing could be decoded. A format that is told by its topic or by its payload is final: what it
            refuses is not read as another one.

            Formats: \(MessageFormat.knownNames).
            Profiles of what speaks JSON of its own, among others: \(DeviceProfile.namesOfOwnJSON).

            Exit codes: 0 something was decoded, 64 wrong use, 65 nothing could be decoded (of a device, more than
            how the network heard it) or a line cannot be read, 74 no such file.
            """,
        example: "vigie decode --topic v3/lilas/devices/door-1/up uplink.json"
    ) { arguments in
        try arguments.allow(["topic", "as", "device", "port", "profile", "subject", "at"])
        guard arguments.rest.count == 1 else { throw CommandFailure(.usage, "expected one FILE, or -") }
        let path = arguments.rest[0]
        var decode = Decode(try arguments.messageFormat())
        var output = LineBuffer()
        defer { output.flush() }
        defer { decode.unread.sentences.forEach { Terminal.say($0) } }
        if path.hasSuffix(".jsonl") {
            for option in ["topic", "at"] where arguments.value(option) != nil {
                throw CommandFailure(.usage, "--\(option) does not go with a recording, which says it itself")
            }
            var recording = try RecordingFile(path)
            try decode.run(&recording) { output.append("\($0.json)") }
        } else {
            let message = Message(
                topic: try arguments.messageTopic(),
                payload: try RecordingFile(path).bytes,
                arrivedAt: try arguments.moment("at") ?? SystemClock.read()
            )
            output.append("\(decode.line(of: message).json)")
        }
        guard decode.hasDecoded else {
            throw CommandFailure(.data, "\(path): nothing could be decoded; \(decode.nextStep)")
        }
    }
}

/// Turns messages into lines, one after the other.
struct Decode {
    private var finder: FormatFinder
    private var readings = DecodedReadings()
    /// Whether some message was decoded.
    private(set) var hasDecoded = false
    /// Whether nothing told the format of some message.
    private var hasUnknownFormat = false
    /// Frames that nobody here reads.
    private(set) var unread = UnreadFrames()

    /// - Parameter format: that all messages are in; nil to find it for each.
    init(_ format: MessageFormat? = nil) {
        finder = FormatFinder(only: format)
    }

    mutating func line(of message: Message) -> DecodedLine {
        let outcome = finder.read(message, into: &readings)
        // How the network heard a device says nothing of what it sent and nobody read.
        let isUnread = unread.take(message, outcome, readings) && readings.isOfNetwork
        if outcome.problem == nil, !isUnread { hasDecoded = true }
        if case .unknownFormat = outcome.problem { hasUnknownFormat = true }
        return DecodedLine(message.topic, outcome, readings)
    }

    /// What to do when nothing was decoded.
    var nextStep: String {
        let step = "each line says why in \"problem\" or \"omitted\""
        guard hasUnknownFormat else { return step }
        return "\(step); name a format with --as, or the device of a bare LoRaWAN frame with --device"
    }

    /// The messages of a recording; other lines are passed over.
    mutating func run(_ recording: inout RecordingFile, tell: (DecodedLine) -> Void) throws {
        do {
            while let line = try recording.next() {
                if case .entry(.message(let message)) = line { tell(self.line(of: message)) }
            }
        } catch {
            throw CommandFailure(.data, "\(recording.place(error)); the lines before it were decoded")
        }
    }
}

extension DecodedReadings {
    /// Nothing in it is measured.
    fileprivate var isOfNetwork: Bool { items.allSatisfy { $0.quality.contains(.network) } }
}

extension MessageFormat {
    static var knownNames: String { all.map(\.name).joined(separator: ", ") }
}

extension DeviceProfile {
    /// Elevators and their monitors, trackers and wearables.
    fileprivate static var namesOfOwnJSON: String {
        let families: [Family] = [.elevator, .tracker, .wearable]
        return all.filter { families.contains($0.family) }.map(\.path).joined(separator: ", ")
    }
}

extension Arguments {
    /// The format that `--as`, `--device` or `--profile` names; nil for none.
    fileprivate func messageFormat() throws -> MessageFormat? {
        let given = ["as", "device", "profile"].filter { value($0) != nil }
        guard given.count <= 1 else {
            let names = given.map { "--\($0)" }.joined(separator: " and ")
            throw CommandFailure(.usage, "\(names) do not go together: each says how to read a message")
        }
        for (option, owner) in [("port", "device"), ("subject", "profile")] where value(option) != nil {
            guard given == [owner] else { throw CommandFailure(.usage, "--\(option) goes with --\(owner)") }
        }
        if let device = value("device") { return try lorawanFormat(of: device) }
        if let profile = value("profile") { return try ownFormat(by: profile) }
        guard let name = value("as") else { return nil }
        guard let format = MessageFormat.named(name) else {
            throw CommandFailure(.usage, "there is no format \"\(name)\"; known: \(MessageFormat.knownNames)")
        }
        return format
    }

    private func ownFormat(by profile: String) throws -> MessageFormat {
        let level = value("subject") ?? "-1"
        guard let subject = Int(level) else {
            throw CommandFailure(.usage, "--subject is \"\(level)\"; expected the number of a level")
        }
        do throws(UnknownDeviceProfile) {
            return try MessageFormat.device(profile, subject: subject)
        } catch {
            throw CommandFailure(.usage, "--profile: \(error)")
        }
    }

    private func lorawanFormat(of device: String) throws -> MessageFormat {
        let words = device.split(separator: "/", maxSplits: 1).map(String.init)
        guard words.count == 2 else {
            throw CommandFailure(.usage, "--device is \"\(device)\"; expected MAKER/MODEL, as elsys/ers")
        }
        let port = try value("port").map { text in
            guard let port = UInt8(text) else {
                throw CommandFailure(.usage, "--port is \"\(text)\"; expected a number up to 255")
            }
            return port
        }
        do {
            let codec = try LoRaWANFamilies.codec(maker: words[0], model: words[1])
            return MessageFormat(LoRaWANPayload(codec, port: port))
        } catch {
            throw CommandFailure(.usage, "--device \(device): \(error)")
        }
    }

    /// A bare frame needs none.
    fileprivate func messageTopic() throws -> String {
        if let topic = value("topic") { return topic }
        guard value("device") != nil else {
            throw CommandFailure(
                .usage,
                "--topic is missing: the format is found by it, and often the device"
            )
        }
        return ""
    }
}
