import Interactions
import Telemetry

/// What a survey has seen, for a person.
struct SurveyReport {
    let text: String

    /// Devices of a stream that are shown.
    static let deviceLimit = 20
    /// Values of a device that are shown.
    static let valueLimit = 24

    init(_ survey: DeviceSurvey, _ streams: [SeenStream]) {
        var lines = streams.flatMap(Self.lines)
        if survey.furtherMessages > 0 {
            lines.append(
                "\(survey.furtherMessages) messages on further topics than the \(DeviceSurvey.topicLimit) that are kept"
            )
        }
        if survey.messages == 0 { lines.append("nothing came") }
        text = lines.joined(separator: "\n")
    }

    private static func lines(of stream: SeenStream) -> [String] {
        let devices = stream.devices.values.sorted { ($1.messages, $0.subject) < ($0.messages, $1.subject) }
        var lines = ["\(stream.pattern.filter)  \(stream.format)  \(counted(stream.messages, "message"))"]
        for problem in stream.problems.sorted(by: { $0.key < $1.key }) {
            let (reason, text) = (problem.key, problem.value.text)
            // Some sentences begin with their reason.
            let words = text.hasPrefix(reason + ": ") ? text : "\(reason): \(text)"
            lines.append("  \(problem.value.count) × \(words)")
        }
        // Of a JSON of one's own every field has its own name; there is nothing more to understand.
        let isOwn = stream.format == JSONDocumentDecoder.name
        for device in devices.prefix(deviceLimit) { lines += Self.lines(of: device, isOwn: isOwn) }
        let hidden = devices.count - min(devices.count, deviceLimit)
        if hidden > 0 { lines.append("  and \(counted(hidden, "more device"))") }
        if stream.furtherDevices > 0 {
            lines.append("  \(stream.furtherDevices) messages of further devices, which are not kept")
        }
        return lines
    }

    private static func lines(of device: SeenDevice, isOwn: Bool) -> [String] {
        var lines = ["  \(device.subject)  \(counted(device.messages, "message"))"]
        if let kind = device.kind { lines[0] += "  \(kind)" }
        let shown = device.values.prefix(valueLimit).map { "\($0.name) \($0.value)" }
        let hidden = device.values.count - shown.count
        lines.append("    " + (shown + (hidden > 0 ? ["\(hidden) more"] : [])).joined(separator: " · "))
        let unknown = isOwn ? [] : device.unknownFields
        if !unknown.isEmpty { lines.append("    under their own names: \(unknown.joined(separator: ", "))") }
        return lines
    }

    private static func counted(_ count: Int, _ word: String) -> String {
        "\(count) \(word)\(count == 1 ? "" : "s")"
    }
}
