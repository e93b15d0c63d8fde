import Telemetry

/// LoRaWAN frames that came without the server's own decoding and that no decoder here reads, by maker and model.
struct UnreadFrames {
    /// Makers and models that are named; the frames of further ones are only counted.
    static let limit = 20

    private var counts: [(device: String, count: Int)] = []
    private var further = 0

    /// Looks at what became of a message.
    ///
    /// - Returns: whether it has such a frame.
    mutating func take(
        _ message: Message,
        _ outcome: FormatFinder.Outcome,
        _ readings: DecodedReadings
    ) -> Bool {
        guard let format = outcome.format, Self.networks.contains(format),
            readings.omissions.contains(where: { readings.text($0.name) == "frame" })
        else { return false }
        let said = message.withView { DeviceProfile.Signature(of: $0, in: format) }
        let words = [said?.vendor ?? "", said?.model ?? ""].filter { !$0.isEmpty }
        let device = words.joined(separator: "/")
        if let index = counts.firstIndex(where: { $0.device == device }) {
            counts[index].count += 1
        } else if counts.count < Self.limit {
            counts.append((device, 1))
        } else {
            further += 1
        }
        return true
    }

    /// What was not read, and what to do about it.
    var sentences: [String] {
        var sentences = counts.map { device, count in
            device.isEmpty
                ? "\(Self.frames(count)) of devices whose maker and model the server does not say: name them there, "
                    + "or read one frame with --device MAKER/MODEL"
                : "no decoder for \(device), \(Self.frames(count)) not read: let the network server decode its frames, "
                    + "or read one as those of a model alike with --device MAKER/MODEL"
        }
        if further > 0 { sentences.append("\(Self.frames(further)) of further models not read") }
        return sentences
    }

    private static func frames(_ count: Int) -> String { count == 1 ? "1 frame" : "\(count) frames" }

    private static let networks = [TheThingsStack.name, ChirpStack.name]
}
