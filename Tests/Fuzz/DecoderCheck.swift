import Telemetry
import Units

/// What every decoder promises, whatever bytes come: readings or a problem, within their limits.
enum DecoderCheck {
    private nonisolated(unsafe) static var readings = DecodedReadings()
    private static let arrival = Moment(seconds: 1_767_598_262)

    static func read<Decoder: MessageDecoder>(
        _ decoder: inout Decoder,
        _ topic: UnsafeRawBufferPointer,
        _ payload: UnsafeRawBufferPointer,
        _ properties: [(name: String, value: String)] = []
    ) {
        let message = MessageView(topic: topic, payload: payload, arrivedAt: arrival, properties: properties)
        do throws(DecodeProblem) {
            try decoder.read(message, into: &readings)
        } catch {
            check(error)
            return
        }
        check(readings)
    }

    static func find(
        _ finder: inout FormatFinder,
        _ topic: UnsafeRawBufferPointer,
        _ payload: UnsafeRawBufferPointer
    ) {
        let message = MessageView(topic: topic, payload: payload, arrivedAt: arrival)
        if let problem = finder.read(message, into: &readings).problem {
            check(problem)
        } else {
            check(readings)
        }
    }

    /// Any bytes as a snapshot: what was learnt, or a problem.
    static func restore<Decoder: LearningDecoder>(_ decoder: inout Decoder, _ bytes: UnsafeRawBufferPointer) {
        do throws(DecoderSnapshotProblem) {
            try decoder.restore([UInt8](bytes))
            precondition(decoder.bytes.count <= 64 * (bytes.count + 16))
        } catch {
            precondition(!error.description.isEmpty)
        }
    }

    /// What was learnt goes through a snapshot as it is.
    static func keep<Decoder: LearningDecoder>(_ decoder: inout Decoder) {
        let learnt = decoder.bytes
        do throws(DecoderSnapshotProblem) {
            try decoder.restore(learnt)
        } catch {
            preconditionFailure("what was learnt cannot be read: \(error)")
        }
        precondition(decoder.bytes == learnt)
    }

    private static func check(_ problem: DecodeProblem) {
        precondition(!problem.description.isEmpty && problem.description.utf8.count < 1_500)
    }

    private static func check(_ readings: DecodedReadings) {
        precondition(readings.items.count <= DecodedReadings.itemLimit)
        precondition(readings.omissions.count <= DecodedReadings.omissionLimit)
        for item in readings.items {
            precondition(item.number.isFinite)
            precondition(item.clock == .arrival || Moment.plausible.contains(item.at))
            // Within the bytes of the readings, or this is what breaks.
            let texts = [item.subject, item.name, item.unit, item.text].map(readings.text)
            precondition(texts.reduce(0) { $0 + $1.utf8.count } <= 4 * DecodedReadings.byteLimit)
        }
    }
}
