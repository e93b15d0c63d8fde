// Any bytes at all to the decoders of formats: readings or a problem, within their limits. The first byte picks the
// decoder. What Sparkplug has learnt stays, so that later inputs meet it, and goes through a snapshot now and then.

import Telemetry
import Units

private nonisolated(unsafe) var sparkplug = SparkplugDecoder()
private nonisolated(unsafe) var runs = 0

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
    topics[0].withUnsafeBytes { DecoderCheck.read(&decoder, $0, payload, properties) }
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
        var decoder = SparkplugDecoder()
        DecoderCheck.restore(&decoder, payload)
    case 11:
        payload.withMemoryRebound(to: UInt8.self) {
            DecoderCheck.read(&sparkplug, UnsafeRawBufferPointer($0), payload)
        }
    default:
        topics[Int(start[0] >> 4) % topics.count].withUnsafeBytes {
            DecoderCheck.read(&sparkplug, $0, payload)
        }
    }
    runs += 1
    if runs % 10_000 == 0 { DecoderCheck.keep(&sparkplug) }
    return 0
}
