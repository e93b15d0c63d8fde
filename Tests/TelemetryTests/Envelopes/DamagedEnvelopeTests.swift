import TestSupport
import Testing
import Units

@testable import Telemetry

/// Whatever a broker hands over, an envelope reads or refuses it, and goes on with the next message.
@Suite("Damaged envelopes")
struct DamagedEnvelopeTests {
    static let messages: [(topic: String, payload: String)] = [
        ("v3/app/devices/d/up", TheThingsStackTests.uplink(count: 7, received: "2026-01-05T07:31:02Z")),
        (
            "v3/app/devices/d/up",
            TheThingsStackTests.measurement(#"{"a":1}"#, count: 7, received: "2026-01-05T07:31:02Z")
        ),
        (ChirpStackTests.four + "up", ChirpStackTests.up),
        ("zigbee2mqtt/bridge/devices", Zigbee2MQTTTests.devices),
        (
            "zigbee2mqtt/stairs/door",
            #"{"contact":false,"draught":2.5,"last_seen":1767598262500,"update":{"state":"idle"}}"#
        ),
        ("homeassistant/sensor/bedroom/t/config", HomeAssistantTests.sensor),
        ("home/bedroom/state", #"{"temperature":23.2}"#),
        (
            "homie/5/car/$description",
            #"{"homie":"5.0","nodes":{"e":{"properties":{"t":{"unit":"°C","datatype":"float"}}}}}"#
        ),
        ("homie/5/car/e/t", "21.5"),
        (
            "tele/t/SENSOR",
            #"{"Time":"2026-01-05T08:31:02","Epoch":1767598262,"ENERGY":{"Power":[1,2]},"TempUnit":"C"}"#
        ),
        ("shellies/shellyflood-1/sensor/flood", "true"),
        (
            "shelly-1/events/rpc",
            #"{"src":"s","method":"NotifyEvent","params":{"ts":1.5e9,"events":[{"component":"input:0","id":0,"event":"x"}]}}"#
        ),
        (
            "shelly-1/events/rpc",
            #"{"method":"NotifyEvent","params":{"events":[{"component":"script:1","event":"x","data":{"address":"a","button":[1],"":{"":2}},"d":{}}]}}"#
        ),
        ("shelly-1/status/switch:0", #"{"id":0,"apower":8.9,"temperature":{"tC":23.5}}"#),
        ("home/OMG/BTtoMQTT/A", #"{"id":"A","tempc":21.5,"tempf":70.7,"unixtime":1767598262}"#),
        (
            "wmbusmeters/1",
            #"{"meter":"izar","id":"2","current_alarms":"a,b","total_m3":1e3,"timestamp":"2026-01-05T07:31:02Z"}"#
        ),
    ]

    static func damaged(_ text: String, _ dice: inout Dice) -> [UInt8] {
        var bytes = [UInt8](text.utf8)
        for _ in 0..<dice.below(4) {
            switch dice.below(4) {
            case 0: bytes.insert(UInt8(truncatingIfNeeded: dice.next()), at: dice.below(bytes.count + 1))
            case 1 where !bytes.isEmpty: bytes.remove(at: dice.below(bytes.count))
            case 2 where !bytes.isEmpty:
                bytes[dice.below(bytes.count)] = UInt8(truncatingIfNeeded: dice.next())
            default: bytes.removeLast(min(bytes.count, dice.below(8)))
            }
        }
        return bytes
    }

    static func check<Decoder: MessageDecoder>(_ decoder: Decoder, seed: UInt64) {
        var decoder = decoder
        var dice = Dice(seed: seed)
        var read = 0
        for _ in 0..<3000 {
            let (topic, payload) = dice.pick(messages)
            let damagedTopic = String(
                decoding: dice.oneIn(3) ? damaged(topic, &dice) : [UInt8](topic.utf8),
                as: UTF8.self
            )
            let decoding = Decoding(&decoder, damaged(payload, &dice), topic: damagedTopic)
            #expect(decoding.problem.map { !$0.description.isEmpty } ?? true)
            #expect(decoding.values.allSatisfy { !$0.name.isEmpty && Moment.plausible.contains($0.at) })
            if !decoding.values.isEmpty { read += 1 }
        }
        #expect(read > 0, "\(Decoder.name) has read nothing at all")
    }

    @Test("Damaged messages of all kinds are read or refused by every envelope")
    func everyEnvelope() {
        Self.check(TheThingsStack(), seed: 1)
        Self.check(ChirpStack(), seed: 2)
        Self.check(Zigbee2MQTT(), seed: 3)
        Self.check(HomeAssistantDiscovery(), seed: 4)
        Self.check(Homie(), seed: 5)
        Self.check(Tasmota(), seed: 6)
        Self.check(ShellyGen1(), seed: 7)
        Self.check(ShellyRPC(), seed: 8)
        Self.check(Theengs(), seed: 9)
        Self.check(Wmbusmeters(), seed: 10)
    }

    @Test("Damaged snapshots are read or refused by every envelope that learns")
    func snapshots() throws {
        func check<Decoder: LearningDecoder>(_ decoder: Decoder, seed: UInt64) throws {
            var decoder = decoder
            for (topic, payload) in Self.messages { _ = Decoding(&decoder, topic, payload) }
            var dice = Dice(seed: seed)
            for _ in 0..<2000 {
                var bytes = decoder.bytes
                bytes[dice.below(bytes.count)] = UInt8(truncatingIfNeeded: dice.next())
                do throws(DecoderSnapshotProblem) {
                    let restored = try decoder.restored(from: bytes)
                    #expect(restored.bytes.count <= bytes.count)
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
        try check(TheThingsStack(), seed: 1)
        try check(ChirpStack(), seed: 2)
        try check(Zigbee2MQTT(), seed: 3)
        try check(HomeAssistantDiscovery(), seed: 4)
        try check(Homie(), seed: 5)
    }
}
