import Foundation
import Measuring
import PipelineKit
import Telemetry
import TestSupport
import Units

extension DecodeTrial {
    static func all() throws -> [DecodeTrial] {
        [
            typed(
                "149 bytes",
                DecodedStatus.self,
                DecodedStatus.example,
                FoundationStatus.self,
                .atMost(300)
            ),
            typed(
                "50 samples of acceleration",
                MotionMessage.self,
                MotionMessage.example,
                FoundationMotion.self,
                .atMost(3_000)
            ),
            try theThingsStack(), try sparkplug(), try lorawan("elsys", "ers", port: 5, elsys),
            try lorawan("milesight-iot", "em300-th", port: 85, milesight),
        ]
    }

    /// A JSON message to a reading of a pipeline.
    private static func typed<Content: Reading, Theirs: Decodable>(
        _ name: String,
        _ content: Content.Type,
        _ text: String,
        _ theirs: Theirs.Type,
        _ goal: Figure.Goal
    ) -> DecodeTrial {
        let payload = [UInt8](text.utf8)
        let layout = Pipeline("decode", reading: Content.self) { Listen(to: "decode") }.plan.root.layout
        let decoder = PayloadDecoder(layout)
        let topic = TopicLevels()
        let json = JSONDecoder()
        let data = Data(payload)
        return DecodeTrial(
            name: name,
            goal: goal,
            json: payload,
            ours: { count in
                try withUnsafeTemporaryAllocation(byteCount: layout.room, alignment: 16) { reading in
                    guard let reading = reading.baseAddress else { return }
                    try payload.withUnsafeBytes { payload in
                        for _ in 0..<count { try decoder.decode(payload, topic: topic, into: reading) }
                    }
                }
            },
            foundation: { count in for _ in 0..<count { _ = try json.decode(Theirs.self, from: data) } }
        )
    }

    /// Messages of one device, which count on, to the readings of a decoder.
    private static func decoded(
        _ name: String,
        _ decoder: some MessageDecoder,
        _ topic: String,
        _ payloads: [[UInt8]],
        goal: Figure.Goal?,
        foundation: ((Int) throws -> Void)? = nil
    ) -> DecodeTrial {
        var decoder = decoder
        var readings = DecodedReadings()
        var next = 0
        let topic = [UInt8](topic.utf8)
        let arrival = Moment(seconds: 1_767_598_262)
        return DecodeTrial(
            name: name,
            goal: goal,
            json: foundation == nil ? nil : payloads[0],
            ours: { count in
                try topic.withUnsafeBytes { topic in
                    for _ in 0..<count {
                        try payloads[next].withUnsafeBytes { payload in
                            let message = MessageView(topic: topic, payload: payload, arrivedAt: arrival)
                            try decoder.read(message, into: &readings)
                        }
                        next = next + 1 == payloads.count ? 0 : next + 1
                    }
                }
            },
            foundation: foundation
        )
    }

    /// An uplink that the server has decoded, heard by one gateway.
    private static func theThingsStack() throws -> DecodeTrial {
        let file = repository.appendingPathComponent("Fixtures/envelopes/the-things-stack.jsonl")
        let line = try String(contentsOf: file, encoding: .utf8).prefix { $0 != "\n" }
        guard let start = line.range(of: "\"message\":")?.upperBound, line.contains("\"f_cnt\":202,") else {
            throw BenchmarkFailure("\(file.path) does not begin with an uplink of frame 202")
        }
        let text = String(line[start...].dropLast())
        let payloads = (0..<1_000).map { number in
            [UInt8](
                text.replacingOccurrences(of: "\"f_cnt\":202,", with: "\"f_cnt\":\(1_000 + number),").utf8
            )
        }
        let (json, data) = (JSONDecoder(), Data(payloads[0]))
        return decoded(
            "a The Things Stack uplink of \(payloads[0].count) bytes",
            TheThingsStack(),
            "v3/app/devices/door-1/up",
            payloads,
            goal: nil,
            foundation: { count in
                for _ in 0..<count { _ = try json.decode(FoundationUplink.self, from: data) }
            }
        )
    }

    /// One metric by its alias, from a node that was born.
    private static func sparkplug() throws -> DecodeTrial {
        var decoder = SparkplugDecoder()
        guard let birth = Data(base64Encoded: SparkplugMessages.birth) else {
            throw BenchmarkFailure("the birth is not base64")
        }
        var readings = DecodedReadings()
        try [UInt8]("spBv1.0/g/NBIRTH/n".utf8).withUnsafeBytes { topic in
            try birth.withUnsafeBytes { payload in
                let arrival = Moment(seconds: 1_767_598_262)
                try decoder.read(
                    MessageView(topic: topic, payload: payload, arrivedAt: arrival),
                    into: &readings
                )
            }
        }
        let payloads = (0..<256).map { SparkplugMessages.data(sequence: UInt8(truncatingIfNeeded: $0 + 1)) }
        return decoded("Sparkplug NDATA", decoder, "spBv1.0/g/NDATA/n", payloads, goal: .atMost(1_000))
    }

    /// 22.6 °C, 41 %, 39 lx, motion, 776 ppm, 3.426 V.
    private static let elsys: [UInt8] = [
        0x01, 0x00, 0xE2, 0x02, 0x29, 0x04, 0x00, 0x27, 0x05, 0x06, 0x06, 0x03, 0x08, 0x07, 0x0D, 0x62,
    ]
    /// 92 %, 30.8 °C, 56.5 %.
    private static let milesight: [UInt8] = [0x01, 0x75, 0x5C, 0x03, 0x67, 0x34, 0x01, 0x04, 0x68, 0x71]

    private static func lorawan(
        _ maker: String,
        _ model: String,
        port: UInt8,
        _ frame: [UInt8]
    ) throws -> DecodeTrial {
        let codec = try LoRaWANFamilies.codec(maker: maker, model: model)
        var readings = DecodedReadings()
        return DecodeTrial(
            name: "a LoRaWAN frame of \(maker) \(model)",
            goal: .atMost(1_000),
            json: nil,
            ours: { count in
                try frame.withUnsafeBytes { frame in
                    for _ in 0..<count {
                        readings.begin(arrivedAt: Moment(seconds: 1_767_598_262))
                        try codec.decode(LoRaWANFrame(port: port, payload: frame), into: &readings)
                    }
                }
            },
            foundation: nil
        )
    }
}

/// Payloads of Sparkplug B: `NBIRTH_V1` and `NDATA_V1` of `Fixtures/payloads/sparkplug/vectors.json`.
private enum SparkplugMessages {
    static let birth =
        "CNLig7n6MhINCgViZFNlcRABIAhYWBIcChROb2RlIENvbnRyb2wvUmViaXJ0aBACIAtwABIaCgtUZW1wZXJhdHVyZRBkIAppAAAAAACANUAY"
        + "AA=="

    /// Counted on, or every message would be one after a gap.
    static func data(sequence: UInt8) -> [UInt8] {
        let head: [UInt8] = [0x08, 0xD2, 0xE2, 0x83, 0xB9, 0xFA, 0x32, 0x12, 0x0D, 0x10, 0x64, 0x20, 0x0A]
        let value: [UInt8] = [0x69, 0, 0, 0, 0, 0, 0x80, 0x36, 0x40]
        let counter = sequence < 128 ? [0x18, sequence] : [0x18, sequence, 0x01]
        return head + value + counter
    }
}
