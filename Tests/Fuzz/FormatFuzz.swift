// Any bytes at all to the decoders of formats: readings or a problem, within their limits. The first byte picks the
// decoder. What Sparkplug has learnt stays, so that later inputs meet it, and goes through a snapshot now and then.

import Telemetry
import Units

private nonisolated(unsafe) var sparkplug = SparkplugDecoder()
private nonisolated(unsafe) var readings = DecodedReadings()
private nonisolated(unsafe) var runs = 0

private let arrival = Moment(seconds: 1_767_598_262)
private let topics = [
    "NBIRTH/n", "NDATA/n", "NDEATH/n", "DBIRTH/n/d", "DDATA/n/d", "DDEATH/n/d", "NCMD/n", "NBIRTH/m",
]
.map { [UInt8]("spBv1.0/g/\($0)".utf8) }

private func read(
    _ decoder: some MessageDecoder,
    _ payload: UnsafeRawBufferPointer,
    _ properties: [(name: String, value: String)] = []
) {
    var decoder = decoder
    topics[0].withUnsafeBytes { read(&decoder, $0, payload, properties) }
}

private func read<Decoder: MessageDecoder>(
    _ decoder: inout Decoder,
    _ topic: UnsafeRawBufferPointer,
    _ payload: UnsafeRawBufferPointer,
    _ properties: [(name: String, value: String)] = []
) {
    let message = MessageView(topic: topic, payload: payload, arrivedAt: arrival, properties: properties)
    do throws(DecodeProblem) {
        try decoder.read(message, into: &readings)
    } catch {
        precondition(!error.description.isEmpty && error.description.utf8.count < 1_000)
        return
    }
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

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let payload = UnsafeRawBufferPointer(start: start + 1, count: count - 1)
    switch start[0] % 16 {
    case 0: read(JSONDocumentDecoder(), payload)
    case 1: read(CBORDocumentDecoder(), payload)
    case 2: read(SenMLJSONDecoder(), payload)
    case 3: read(SenMLCBORDecoder(), payload)
    case 4: read(CloudEventsDecoder(), payload)
    case 5:
        let type = ["application/cbor", "application/senml+json", "text/csv", "text/plain"][
            Int(start[0] >> 4) % 4
        ]
        let attributes = ["specversion": "1.0", "id": "1", "source": "s", "type": "t", "content-type": type]
        read(CloudEventsDecoder(), payload, attributes.map { (name: $0.key, value: $0.value) })
    case 6: read(CSVDecoder(), payload)
    case 7: read(LineProtocolDecoder(), payload)
    case 8: read(LineProtocolDecoder(precision: .nanoseconds), payload)
    case 9: read(PlainDecoder(), payload)
    case 10:
        do throws(DecoderSnapshotProblem) {
            var decoder = SparkplugDecoder()
            try decoder.restore([UInt8](payload))
            precondition(decoder.bytes.count <= 64 * (count + 16))
        } catch {
            precondition(!error.description.isEmpty)
        }
    case 11:
        payload.withMemoryRebound(to: UInt8.self) { read(&sparkplug, UnsafeRawBufferPointer($0), payload) }
    default: topics[Int(start[0] >> 4) % topics.count].withUnsafeBytes { read(&sparkplug, $0, payload) }
    }
    runs += 1
    if runs % 10_000 == 0 {
        do throws(DecoderSnapshotProblem) {
            let learnt = sparkplug.bytes
            sparkplug = try SparkplugDecoder(bytes: learnt)
            precondition(sparkplug.bytes == learnt)
        } catch {
            preconditionFailure("what was learnt cannot be read: \(error)")
        }
    }
    return 0
}
