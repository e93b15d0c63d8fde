import Foundation
import Measuring
import PipelineKit
import Telemetry
import Units

extension Benchmark {
    /// A message to a typed reading.
    static let decode = Benchmark(
        name: "decode",
        summary: "a message of 149 bytes to a typed reading with texts and enums, beside JSONDecoder"
    ) { _ in
        let payload = [UInt8](DecodedStatus.example.utf8)
        precondition(payload.count == 149, "the message is \(payload.count) bytes long")
        let decoder = PayloadDecoder(DecodedStatus.layout)
        let topic = TopicLevels()
        let reading = UnsafeMutableRawPointer.allocate(byteCount: DecodedStatus.layout.stride, alignment: 16)
        defer { reading.deallocate() }
        let json = JSONDecoder()
        let data = Data(payload)

        let rounds = 100_000
        var ours = Double.infinity
        var theirs = Double.infinity
        for _ in 0..<15 {
            let own = try Cost.of {
                try payload.withUnsafeBytes { payload in
                    for _ in 0..<rounds { try decoder.decode(payload, topic: topic, into: reading) }
                }
            }
            ours = min(ours, own.processor / Double(rounds) * 1e9)
            let foundation = try Cost.of {
                for _ in 0..<rounds / 20 { _ = try json.decode(FoundationStatus.self, from: data) }
            }
            theirs = min(theirs, foundation.processor / Double(rounds / 20) * 1e9)
        }
        let decoded = reading.load(as: DecodedStatus.self)
        precondition(decoded.floor == 3 && decoded.mode == .normal, "the message was read as \(decoded)")
        Figure(name: "decode 149 bytes", value: ours, unit: "ns", baseline: theirs, goal: .atMost(300))
            .report()
    }
}

/// Two texts, a time, two enums and two numbers.
struct DecodedStatus: Reading {
    var elevator = Name()
    var sequence = 0
    var measuredAt = Moment()
    var floor = 0
    var doors = Doors.closed
    var speed = Speed.zero
    var mode = Mode.normal
    var site = Name()

    enum Doors: String, Word, Decodable { case open, moving, closed }
    enum Mode: String, Word, Decodable { case normal, outOfService }

    static var fields: [Field<Self>] {
        Field("deviceId", \.elevator)
        Field("sequence", \.sequence)
        Field("ts", \.measuredAt)
        Field("floor", \.floor)
        Field("doors", \.doors)
        Field("speed", \.speed, in: .metresPerSecond)
        Field("mode", \.mode)
        Field("site", \.site)
    }

    static var layout: ReadingLayout {
        Pipeline("decode", reading: Self.self) {
            Listen(to: "decode")
            Identify(by: \.elevator)
        }.plan.root.layout
    }

    static let example = """
        {"deviceId":"ascenseur-17","sequence":4821,"ts":"2026-01-05T07:31:02.120Z","floor":3,"doors":"closed",\
        "speed":0.75,"mode":"normal","site":"lilas-12"}
        """
}

/// The same for `JSONDecoder`; the time stays a text, for reading it would cost more than everything else.
private struct FoundationStatus: Decodable {
    let deviceId: String
    let sequence: Int
    let ts: String
    let floor: Int
    let doors: DecodedStatus.Doors
    let speed: Double
    let mode: DecodedStatus.Mode
    let site: String
}
