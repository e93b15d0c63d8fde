import Telemetry
import Units

/// One format at work: decodes each message once, however many pipelines listen to it, and learns from it.
final class FormatSource {
    let format: MessageFormat
    private var decoder: any MessageDecoder
    /// What the message decoded last says, and what of it belongs together.
    private(set) var readings = DecodedReadings()
    private(set) var groups = ReadingGroups()
    /// Why it could not be decoded.
    private(set) var problem: DecodeProblem?
    /// Whether somebody has made a dead letter of it: it takes one, however many listen.
    var isBuried = false
    /// The number of that message among the engine's entries.
    private var entry = -1

    init(_ format: MessageFormat) {
        self.format = format
        decoder = format.decoder()
    }

    /// Decodes a message, unless it is the one decoded last; true when it was not.
    ///
    /// - Parameter entry: its number among the engine's entries.
    func decode(_ message: EntryView, entry: Int) -> Bool {
        guard entry != self.entry else { return false }
        self.entry = entry
        problem = nil
        isBuried = false
        groups.clear()
        readings.begin(arrivedAt: message.at)
        do throws(DecodeProblem) {
            if message.flags.contains(.oversized) { throw .tooLarge(bytes: PayloadDecoder.sizeLimit + 1) }
            let view = MessageView(
                topic: message.topic,
                payload: message.payload,
                arrivedAt: message.at,
                properties: message.properties,
                flags: message.flags
            )
            try decoder.read(view, into: &readings)
            groups.group(readings)
        } catch {
            problem = error
        }
        return true
    }

    /// What it has learnt from messages, for a snapshot; nil for a format in which every message says all.
    var learnt: [UInt8]? { (decoder as? any LearningDecoder)?.bytes }

    /// Goes on from a snapshot.
    func restore(_ bytes: [UInt8]) throws(DecoderSnapshotProblem) {
        guard var learning = decoder as? any LearningDecoder else {
            throw .damaged(offset: 0, expected: "nothing, for this format learns nothing")
        }
        try learning.restore(bytes)
        decoder = learning
    }
}
