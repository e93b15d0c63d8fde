// Any bytes at all, on any topic, to the envelopes of network servers and bridges. The first byte picks the envelope, the
// second is the length of the topic, which follows, and the rest is the payload. What they learn (units, frame counters)
// stays, so that later inputs meet it, and goes through a snapshot now and then.

import Telemetry

private let names = [
    "the-things-stack", "chirpstack", "wmbusmeters", "zigbee2mqtt", "tasmota", "shelly-gen1", "shelly-rpc",
    "homie",
    "home-assistant", "theengs",
]
private nonisolated(unsafe) var decoders = names.compactMap { MessageFormat.named($0)?.decoder() }
private nonisolated(unsafe) var gateway = DeviceJSON(profile: DeviceProfile.all[0], subject: -2, time: "ts")
private nonisolated(unsafe) var finder = FormatFinder()
private nonisolated(unsafe) var runs = 0

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    precondition(decoders.count == names.count, "an envelope is not in the list of formats")
    guard count > 2 else { return 0 }
    let bytes = UnsafeRawBufferPointer(start: start + 2, count: count - 2)
    let length = min(Int(start[1]), bytes.count)
    let topic = UnsafeRawBufferPointer(rebasing: bytes[..<length])
    let payload = UnsafeRawBufferPointer(rebasing: bytes[length...])
    let choice = Int(start[0] & 15)
    switch choice {
    case decoders.indices where start[0] & 0xF0 == 0xF0:
        if var fresh = MessageFormat.named(names[choice])?.decoder() as? any LearningDecoder {
            DecoderCheck.restore(&fresh, payload)
        }
    case decoders.indices: DecoderCheck.read(&decoders[choice], topic, payload)
    case 10, 11: DecoderCheck.read(&gateway, topic, payload)
    default: DecoderCheck.find(&finder, topic, payload)
    }
    runs += 1
    if runs % 10_000 == 0 {
        for index in decoders.indices {
            guard var learning = decoders[index] as? any LearningDecoder else { continue }
            DecoderCheck.keep(&learning)
            decoders[index] = learning
        }
    }
    return 0
}
