import Foundation
import Testing
import Units

@testable import Telemetry

@Suite("Sparkplug B")
struct SparkplugTests {
    typealias Metric = SparkplugBytes.Metric

    /// A host that listens to one node.
    struct Host {
        var decoder = SparkplugDecoder()
        var arrivedAt = Decoding.arrival

        mutating func hear(
            _ type: String,
            _ payload: [UInt8],
            device: String = "",
            node: String = "plant/boiler"
        ) -> Decoding {
            let levels = node.split(separator: "/")
            let topic = "spBv1.0/\(levels[0])/\(type)/\(levels[1])\(device.isEmpty ? "" : "/" + device)"
            return Decoding(&decoder, payload, topic: topic, arrivedAt: arrivedAt)
        }

        mutating func hear(
            _ type: String,
            _ sequence: UInt64,
            _ metrics: [Metric],
            device: String = ""
        ) -> Decoding {
            hear(type, SparkplugBytes.payload(sequence: sequence, metrics), device: device)
        }
    }

    struct Vectors: Decodable {
        struct Vector: Decodable {
            var name: String
            var base64: Data
            var type: String
            var metricCount: Int

            enum CodingKeys: String, CodingKey {
                case name, base64, type
                case metricCount = "metric_count"
            }
        }

        var vectors: [Vector]
    }

    static func vectors() throws -> [String: Vectors.Vector] {
        let file = try JSONDecoder().decode(
            Vectors.self,
            from: Data(Decoding.fixture("payloads/sparkplug/vectors.json"))
        )
        return Dictionary(uniqueKeysWithValues: file.vectors.map { ($0.name, $0) })
    }

    static let birth = [
        Metric("bdSeq", type: 8, .long(3)),
        Metric("Node Control/Rebirth", type: 11, .flag(false)),
        Metric(
            "flow",
            alias: 1,
            type: 3,
            properties: [("x", .int(1)), ("engUnit", .text("l/min"))],
            .int(12)
        ),
        Metric("pressure", alias: 2, type: 10, isNull: true),
        Metric("mode", type: 12, .text("auto")),
    ]

    // MARK: Vectors

    @Test("The published births say all their metrics and that the node is there")
    func vectorBirths() throws {
        for name in ["NBIRTH_V1", "NBIRTH_LARGE"] {
            let vector = try #require(try Self.vectors()[name])
            var host = Host()
            let decoded = host.hear(vector.type, [UInt8](vector.base64))
            #expect(decoded.problem == nil && decoded.request == nil && decoded.omissions.isEmpty)
            #expect(decoded.values.count == vector.metricCount + 1)
            #expect(decoded.values.allSatisfy { $0.subject == "plant/boiler" && $0.clock == .network })
            #expect(decoded.values.last?.name == "online" && decoded.values.last?.value == .flag(true))
            #expect(decoded.values[0].name == "bdSeq" && decoded.values[0].value == .number(88))
            #expect(
                decoded.values[1].name == "Node Control/Rebirth" && decoded.values[1].value == .flag(false)
            )
            let values = decoded.values.dropFirst(2).dropLast()
            if name == "NBIRTH_V1" {
                #expect(values.map(\.name) == ["Temperature"] && values.map(\.value) == [.number(21.5)])
            } else {
                #expect(values.map(\.name) == (1...100).map { "Metric_\($0)" })
                #expect(values.map(\.value) == (1...100).map { .number(Double($0) * 1.5) })
            }
        }
    }

    @Test("The published data messages are followed by their numbers and aliases")
    func vectorData() throws {
        let vectors = try Self.vectors()
        func payload(_ name: String) throws -> [UInt8] { [UInt8](try #require(vectors[name]).base64) }
        var host = Host()
        _ = host.hear("NBIRTH", try payload("NBIRTH_V1"))
        let data = host.hear("NDATA", try payload("NDATA_V1"))
        #expect(data.values.map(\.name) == ["Temperature"] && data.values.map(\.value) == [.number(22.5)])
        #expect(data.values.map(\.quality) == [[]] && data.request == nil)
        let gap = host.hear("NDATA", try payload("NDATA_GAP"))
        #expect(gap.values.map(\.value) == [.number(27)] && gap.values.map(\.quality) == [.doubtful])
        #expect(gap.request?.topic == "spBv1.0/plant/NCMD/boiler")

        host.decoder.nodes[try #require(Name("plant/boiler"))]?.lastSequence = 255
        host.decoder.nodes[try #require(Name("plant/boiler"))]?.hasGap = false
        let around = host.hear("NDATA", try payload("NDATA_WRAPAROUND"))
        #expect(around.values.map(\.value) == [.number(30)] && around.values.map(\.quality) == [[]])

        var deaf = Host()
        let before = deaf.hear("NDATA", try payload("NDATA_BEFORE_BIRTH"))
        #expect(before.problem == .missedBefore("the birth of plant/boiler"))
        #expect(before.request?.topic == "spBv1.0/plant/NCMD/boiler")
        let death = deaf.hear("NDEATH", try payload("NDEATH_V1"))
        #expect(death.values.map(\.name) == ["bdSeq", "online"] && death.values[1].value == .flag(false))
        #expect(vectors.count == 7)
    }

    // MARK: Values

    @Test("Every scalar type is read as it is meant, negative numbers too")
    func types() {
        let metrics = [
            Metric("int8", type: 1, .int(UInt32(bitPattern: -5))), Metric("short int8", type: 1, .int(0xFB)),
            Metric("int16", type: 2, .int(UInt32(bitPattern: -300))),
            Metric("int32", type: 3, .int(UInt32(bitPattern: -70_000))),
            Metric("int64", type: 4, .long(UInt64(bitPattern: -5_000_000_000))),
            Metric("uint8", type: 5, .int(200)),
            Metric("uint16", type: 6, .int(60_000)), Metric("uint32", type: 7, .int(4_000_000_000)),
            Metric("uint32 long", type: 7, .long(4_000_000_000)), Metric("uint64", type: 8, .long(.max)),
            Metric("float", type: 9, .float(1.5)), Metric("double", type: 10, .double(-2.25)),
            Metric("boolean", type: 11, .flag(true)), Metric("boolean int", type: 11, .int(1)),
            Metric("string", type: 12, .text("été")), Metric("time", type: 13, .long(1_767_598_262_000)),
            Metric("text", type: 14, .text("")), Metric("uuid", type: 15, .text("a-b")),
        ]
        var host = Host()
        let decoded = host.hear("NBIRTH", 0, metrics)
        #expect(decoded.omissions.isEmpty)
        #expect(
            decoded.values.dropLast().map(\.value) == [
                .number(-5), .number(-5), .number(-300), .number(-70_000), .number(-5_000_000_000),
                .number(200),
                .number(60_000), .number(4_000_000_000), .number(4_000_000_000), .number(0x1p64),
                .number(1.5),
                .number(-2.25), .flag(true), .flag(true), .text("été"), .number(1_767_598_262_000), .text(""),
                .text("a-b"),
            ]
        )
        #expect(decoded.values.allSatisfy { !$0.quality.contains(.doubtful) })
        #expect(decoded.values.first { $0.name == "time" }?.unit == "ms")
    }

    @Test("What no reading is made of is named with its reason")
    func omissions() {
        var host = Host()
        let decoded = host.hear(
            "NBIRTH",
            0,
            [
                Metric("table", type: 16, .dataset), Metric("template", type: 19, .template),
                Metric("bytes", type: 17, .bytes([1])), Metric("file", type: 18, .bytes([1])),
                Metric("array", type: 22, .bytes([1, 2])), Metric("null", type: 3, isNull: true, .int(1)),
                Metric("none", type: 3), Metric("new", type: 99, .int(1)),
                Metric("huge", type: 1 << 40, .int(1)),
                Metric("nan", type: 10, .double(.nan)), Metric("untyped table", .dataset),
            ]
        )
        #expect(
            decoded.omissions == [
                "table: a dataset", "template: a template", "bytes: bytes", "file: bytes", "array: a list",
                "null: null",
                "none: null", "new: of an unknown type", "huge: of an unknown type",
                "nan: not a finite number",
                "untyped table: a dataset",
            ]
        )
        #expect(decoded.values.map(\.name) == ["online"])
    }

    @Test("Later messages need neither name nor type nor unit")
    func aliases() {
        var host = Host()
        _ = host.hear("NBIRTH", 0, Self.birth)
        let decoded = host.hear(
            "NDATA",
            1,
            [
                Metric(alias: 1, .int(UInt32(bitPattern: -3))), Metric(alias: 2, .double(1.5)),
                Metric("mode", .text("off")),
            ]
        )
        #expect(
            decoded.values == [
                DecodedValue(subject: "plant/boiler", name: "flow", value: .number(-3), unit: "l/min"),
                DecodedValue(subject: "plant/boiler", name: "pressure", value: .number(1.5)),
                DecodedValue(subject: "plant/boiler", name: "mode", value: .text("off")),
            ]
        )
    }

    @Test("The time is the metric's, else the payload's, else the arrival; history is marked")
    func times() {
        let past: UInt64 = 1_767_500_000_000
        var host = Host()
        let payload = SparkplugBytes.payload(
            at: past + 500,
            sequence: 0,
            [
                Metric("own", at: past, type: 3, isHistorical: true, .int(1)),
                Metric("payload", type: 3, .int(1)),
                Metric("unset", at: 0, type: 3, .int(1)), Metric("broken", at: .max, type: 3, .int(1)),
            ]
        )
        let values = host.hear("NBIRTH", payload).values
        #expect(values.map(\.clock) == [.device, .network, .arrival, .arrival, .network])
        #expect(values[0].at == Moment(microseconds: Int64(past) * 1000) && values[0].quality == .historical)
        #expect(values[1].at == Moment(microseconds: Int64(past + 500) * 1000) && values[1].quality == [])
        #expect(values[2].at == Decoding.arrival && values[3].at == Decoding.arrival)
    }

    @Test(
        "A quality that is not good makes a value doubtful",
        arguments: [(192, false), (0, true), (500, true), (0x8000_0200, true)]
    )
    func quality(code: UInt32, isDoubtful: Bool) {
        var host = Host()
        let metric = Metric("flow", type: 3, properties: [("Quality", .int(code))], .int(1))
        #expect(host.hear("NBIRTH", 0, [metric]).values[0].quality == (isDoubtful ? .doubtful : []))
    }

    // MARK: Lives

    @Test("A gap makes what follows doubtful until the next birth, and is asked about once a minute")
    func gaps() {
        var host = Host()
        func data(_ host: inout Host, _ sequence: UInt64) -> (Bool, Bool) {
            let decoded = host.hear("NDATA", sequence, [Metric(alias: 1, .int(7))])
            return (decoded.values.first?.quality == .doubtful, decoded.request != nil)
        }
        _ = host.hear("NBIRTH", 0, Self.birth)
        #expect(data(&host, 1) == (false, false))
        #expect(data(&host, 3) == (true, true))
        #expect(data(&host, 4) == (true, false))
        host.arrivedAt = host.arrivedAt + .seconds(59)
        #expect(data(&host, 5) == (true, false))
        host.arrivedAt = host.arrivedAt + .seconds(1)
        #expect(data(&host, 6) == (true, true))
        _ = host.hear("NBIRTH", 200, Self.birth)
        #expect(data(&host, 201) == (false, false))
        for sequence in 202...260 { #expect(data(&host, UInt64(sequence % 256)) == (false, false)) }
    }

    @Test("A message that the broker delivers again is no gap")
    func duplicates() throws {
        var host = Host()
        _ = host.hear("NBIRTH", 0, Self.birth)
        for sequence in 1...3 as ClosedRange<UInt64> {
            _ = host.hear("NDATA", sequence, [Metric(alias: 1, .int(7))])
        }
        let payload = SparkplugBytes.payload(sequence: 2, [Metric(alias: 1, .int(7))])
        let isAsked = [UInt8]("spBv1.0/plant/NDATA/boiler".utf8).withUnsafeBytes { topic in
            payload.withUnsafeBytes { payload in
                var readings = DecodedReadings()
                let message = MessageView(
                    topic: topic,
                    payload: payload,
                    arrivedAt: host.arrivedAt,
                    flags: [.qos1, .duplicate]
                )
                do { try host.decoder.read(message, into: &readings) } catch { Issue.record("\(error)") }
                return readings.request != nil || readings.items.contains { $0.quality.contains(.doubtful) }
            }
        }
        #expect(!isAsked)
        #expect(host.hear("NDATA", 4, [Metric(alias: 1, .int(7))]).request == nil)
    }

    @Test("The request is a command that sets Node Control/Rebirth")
    func request() throws {
        var host = Host()
        let request = try #require(host.hear("NDATA", 1, [Metric(alias: 1, .int(7))]).request)
        let expected = SparkplugBytes.payload(
            at: 1_767_598_262_000,
            [Metric("Node Control/Rebirth", at: 1_767_598_262_000, type: 11, .flag(true))]
        )
        #expect(request == DeviceRequest(topic: "spBv1.0/plant/NCMD/boiler", payload: expected))
    }

    @Test("An unknown alias beside known ones is named, and asked about")
    func unknownAlias() {
        var host = Host()
        _ = host.hear("NBIRTH", 0, Self.birth)
        let decoded = host.hear("NDATA", 1, [Metric(alias: 1, .int(7)), Metric(alias: 77, .int(7))])
        #expect(decoded.values.map(\.name) == ["flow"])
        #expect(decoded.omissions == ["alias 77: under an unknown alias"])
        #expect(decoded.request != nil)
    }

    @Test("Before any birth, metrics that say all by themselves are read, as doubtful")
    func unborn() {
        var host = Host()
        let decoded = host.hear(
            "NDATA",
            9,
            [Metric("flow", type: 9, .float(2)), Metric("raw", .int(4_294_967_291))]
        )
        #expect(decoded.values.map(\.value) == [.number(2), .number(4_294_967_291)])
        #expect(decoded.values.allSatisfy { $0.quality == .doubtful })
        #expect(decoded.request != nil)
    }

    @Test("A whole number of a type that nobody declared may be a negative one")
    func untyped() {
        var host = Host()
        _ = host.hear("NBIRTH", 0, Self.birth)
        let decoded = host.hear(
            "NDATA",
            1,
            [Metric("new", .int(4_294_967_291)), Metric("other", .double(1))]
        )
        #expect(decoded.values.map(\.quality) == [.doubtful, []])
    }

    @Test("Devices have metrics of their own, and are gone with their node")
    func devices() {
        var host = Host()
        _ = host.hear("NBIRTH", 0, Self.birth)
        for (sequence, device) in ["b", "a"].enumerated() {
            let born = host.hear(
                "DBIRTH",
                UInt64(sequence + 1),
                [Metric("level", alias: UInt64(10 + sequence), type: 10, .double(1))],
                device: device
            )
            #expect(born.values.map(\.subject) == ["plant/boiler/\(device)", "plant/boiler/\(device)"])
        }
        let data = host.hear("DDATA", 3, [Metric(alias: 10, .double(2))], device: "b")
        #expect(data.values == [DecodedValue(subject: "plant/boiler/b", name: "level", value: .number(2))])
        let gone = host.hear("DDEATH", 4, [], device: "b")
        #expect(
            gone.values.map(\.value) == [.flag(false)] && gone.values.map(\.subject) == ["plant/boiler/b"]
        )
        _ = host.hear("DBIRTH", 5, [Metric("level", alias: 10, type: 10, .double(1))], device: "b")
        let death = host.hear(
            "NDEATH",
            SparkplugBytes.payload(at: 1_700_000_000_000, [Metric("bdSeq", type: 8, .long(3))])
        )
        #expect(
            death.values.map(\.subject) == [
                "plant/boiler", "plant/boiler", "plant/boiler/a", "plant/boiler/b",
            ]
        )
        #expect(death.values.dropFirst().allSatisfy { $0.name == "online" && $0.value == .flag(false) })
        #expect(death.values.allSatisfy { $0.clock == .arrival && $0.at == Decoding.arrival })
        let after = host.hear("DDATA", 6, [Metric(alias: 10, .double(2))], device: "b")
        #expect(after.problem?.reason == "missed before" && after.request != nil)
    }

    @Test("The death of an earlier life is not the death of this one")
    func staleDeath() {
        var host = Host()
        _ = host.hear("NBIRTH", 0, Self.birth)
        let death = host.hear("NDEATH", SparkplugBytes.payload([Metric("bdSeq", type: 8, .long(2))]))
        #expect(death.values.map(\.name) == ["bdSeq"])
        #expect(death.omissions == ["online: of an earlier life of its sender"])
        #expect(host.hear("NDATA", 1, [Metric(alias: 1, .int(7))]).values.map(\.quality) == [[]])
    }

    @Test("A birth that cannot be read changes nothing that is known")
    func brokenBirth() {
        var host = Host()
        _ = host.hear("NBIRTH", 0, Self.birth)
        let known = host.decoder.bytes
        #expect(
            host.hear("NBIRTH", 0, [Metric(alias: 1, type: 3, .int(1))]).problem?.reason == "field missing"
        )
        #expect(host.decoder.bytes == known)
    }
}
