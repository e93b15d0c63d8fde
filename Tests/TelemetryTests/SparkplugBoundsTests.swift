import TestSupport
import Testing
import Units

@testable import Telemetry

@Suite("Sparkplug B at its limits")
struct SparkplugBoundsTests {
    typealias Metric = SparkplugBytes.Metric
    typealias Host = SparkplugTests.Host

    @Test(
        "Topics that are not of a node are ignored, others are refused",
        arguments: [
            ("spBv1.0/g/NCMD/n", true), ("spBv1.0/g/DCMD/n/d", true), ("spBv1.0/STATE/host", true),
            ("spBv1.0/g/NDATA/n", false), ("spBv1.0/g/DDATA/n/d", false),
        ]
    )
    func ignored(topic: String, isIgnored: Bool) {
        var decoder = SparkplugDecoder()
        let decoded = Decoding(&decoder, [UInt8]("{}".utf8), topic: topic)
        #expect((decoded.problem == nil) == isIgnored)
        #expect(decoded.values.isEmpty)
    }

    @Test(
        "A topic of another form is refused",
        arguments: [
            "t", "spBv1.0", "spBv1.0/", "spAv1.0/g/NDATA/n", "spBv1.0/g/NDATA", "spBv1.0/g/NDATA/",
            "spBv1.0/g/NDATA/n/",
            "spBv1.0/g/NDATA/n/d", "spBv1.0/g/DDATA/n", "spBv1.0/g/DDATA/n/d/e", "spBv1.0/g/XDATA/n",
            "spBv1.0/g/NBIRTHS/n",
            "spBv1.0//NDATA/n", "spBv1.0/g//n",
        ]
    )
    func topics(topic: String) {
        var decoder = SparkplugDecoder()
        let decoded = Decoding(&decoder, SparkplugBytes.payload(sequence: 0, []), topic: topic)
        #expect(decoded.problem?.reason == "not understood")
        #expect(decoder.nodes.isEmpty)
    }

    @Test(
        "Payloads of another form are refused",
        arguments: [
            "ff", "08", "08ffffffffffffffffffff01", "0a01", "1205", "12020a05", "180001", "1a0100", "0b",
            "188002", "080018ff01ff",
            "1203080101", "12026001",
        ]
    )
    func payloads(hex: String) {
        var host = Host()
        #expect(host.hear("NBIRTH", Decoding.bytes(hex: hex)).problem?.reason == "malformed")
    }

    @Test("A name that is not UTF-8 is refused, and so is a compressed payload")
    func notUnderstood() {
        var host = Host()
        #expect(host.hear("NBIRTH", Decoding.bytes(hex: "12030a01ff")).problem == .notUTF8)
        let compressed = [0x22, 18] + [UInt8]("SPBV1.0_COMPRESSED".utf8)
        #expect(host.hear("NDATA", compressed).problem == .notUnderstood("a compressed Sparkplug payload"))
    }

    @Test("Nodes beyond the limit are refused, those that are not born make room")
    func nodeLimit() {
        var host = Host()
        let birth = SparkplugBytes.payload(sequence: 0, [Metric("a", alias: 1, type: 3, .int(1))])
        let data = SparkplugBytes.payload(sequence: 1, [Metric(alias: 1, .int(1))])
        for index in 0..<SparkplugDecoder.nodeLimit - 1 {
            _ = host.hear("NBIRTH", birth, node: "limit/\(index)")
        }
        for index in 0..<100 { _ = host.hear("NDATA", data, node: "stray/\(index)") }
        #expect(host.decoder.nodes.count == SparkplugDecoder.nodeLimit)
        #expect(host.hear("NBIRTH", birth, node: "limit/last").problem == nil)
        #expect(host.hear("NBIRTH", birth, node: "limit/more").problem?.reason == "too many")
        #expect(host.hear("NDATA", data, node: "limit/0").problem == nil)
        #expect(host.decoder.nodes.count == SparkplugDecoder.nodeLimit)
    }

    static func metrics(_ count: Int) -> [Metric] {
        (0..<count).map { Metric("m\($0)", alias: UInt64($0), type: 3, isNull: true) }
    }

    @Test("Metrics beyond the limit are refused, over all devices of a node, and change nothing")
    func sizeLimit() {
        var host = Host()
        // A device and the node itself count as one each.
        let half = SparkplugDecoder.sizeLimit / 2 - 2
        _ = host.hear("NBIRTH", 0, Self.metrics(half))
        #expect(host.hear("DBIRTH", 1, Self.metrics(half), device: "a").problem == nil)
        #expect(host.hear("DBIRTH", 2, Self.metrics(half), device: "a").problem == nil)
        #expect(host.hear("DBIRTH", 3, [], device: "b").problem == nil)
        #expect(host.hear("DBIRTH", 4, Self.metrics(2), device: "b").problem?.reason == "too many")
        #expect(host.hear("DDATA", 5, [Metric(alias: 0, .int(1))], device: "a").values.map(\.name) == ["m0"])
        _ = host.hear("DDEATH", 6, [], device: "a")
        #expect(host.hear("DBIRTH", 7, Self.metrics(half), device: "b").problem == nil)
        #expect(
            host.hear("NBIRTH", 0, Self.metrics(SparkplugDecoder.sizeLimit)).problem?.reason == "too many"
        )
    }

    @Test("Metrics beyond the limit are refused over all nodes")
    func totalSizeLimit() throws {
        var host = Host()
        let birth = SparkplugBytes.payload(sequence: 0, Self.metrics(SparkplugDecoder.sizeLimit - 1))
        for index in 0..<SparkplugDecoder.totalSizeLimit / SparkplugDecoder.sizeLimit {
            #expect(host.hear("NBIRTH", birth, node: "total/\(index)").problem == nil)
        }
        let one = SparkplugBytes.payload(sequence: 0, Self.metrics(1))
        #expect(host.hear("NBIRTH", one, node: "total/more").problem?.reason == "too many")
        #expect(host.hear("NBIRTH", one, node: "total/3").problem == nil)
        #expect(host.hear("NBIRTH", one, node: "total/more").problem == nil)
    }

    @Test("A name has one alias and an alias one name, the last that was declared")
    func ambiguous() throws {
        var host = Host()
        let births = [
            Metric("a", alias: 1, type: 3, .int(1)), Metric("a", alias: 2, type: 3, .int(1)),
            Metric("c", alias: 3, type: 3, .int(1)), Metric("b", alias: 3, type: 3, .int(1)),
        ]
        _ = host.hear("NBIRTH", 0, births)
        var copy = Host(decoder: try SparkplugDecoder().restored(from: host.decoder.bytes))
        let sent = (1...3).map { Metric(alias: UInt64($0), .int(UInt32($0))) }
        for decoded in [host.hear("NDATA", 1, sent), copy.hear("NDATA", 1, sent)] {
            #expect(decoded.values.map(\.name) == ["a", "b"])
            #expect(decoded.omissions == ["alias 1: under an unknown alias"])
        }
    }

    @Test("A name longer than a name may be is refused")
    func longName() {
        var host = Host()
        let name = String(repeating: "n", count: 256)
        #expect(host.hear("NBIRTH", 0, [Metric(name, type: 3, .int(1))]).problem?.reason == "out of range")
        #expect(host.hear("NBIRTH", [], node: "g/\(name)").problem?.reason == "out of range")
    }

    // MARK: Snapshots

    static func learnt() -> Host {
        var host = Host()
        _ = host.hear("NBIRTH", 7, SparkplugTests.birth)
        _ = host.hear(
            "DBIRTH",
            8,
            [Metric("level", alias: 10, type: 10, .double(1)), Metric("z", type: 3, .int(1))],
            device: "d"
        )
        _ = host.hear("NDATA", 11, [Metric(alias: 1, .int(7))])
        _ = host.hear("NBIRTH", SparkplugBytes.payload(sequence: 0, []), node: "another/node")
        _ = host.hear("NDATA", SparkplugBytes.payload([Metric(alias: 1, .int(7))]), node: "not/born")
        return host
    }

    @Test("A decoder made from a snapshot goes on where the other stopped")
    func snapshot() throws {
        var one = Self.learnt()
        var other = Host(decoder: try SparkplugDecoder().restored(from: one.decoder.bytes))
        #expect(other.decoder.bytes == one.decoder.bytes)
        for sequence in [12, 13, 15] as [UInt64] {
            let metrics = [Metric(alias: 10, .double(2)), Metric("z", .int(UInt32(bitPattern: -2)))]
            let (left, right) = (
                one.hear("DDATA", sequence, metrics, device: "d"),
                other.hear("DDATA", sequence, metrics, device: "d")
            )
            #expect(left.values == right.values && left.values.count == 2 && left.request == right.request)
        }
        #expect(other.decoder.bytes == one.decoder.bytes)
        #expect(try SparkplugDecoder().restored(from: SparkplugDecoder().bytes).nodes.isEmpty)
    }

    @Test("A damaged snapshot is refused or read, and never crashes")
    func damagedSnapshot() throws {
        let bytes = Self.learnt().decoder.bytes
        #expect(
            throws: DecoderSnapshotProblem.damaged(
                offset: 0,
                expected: "not Protocol Buffers at byte 0: expected a version"
            )
        ) {
            try SparkplugDecoder().restored(from: [])
        }
        #expect(throws: DecoderSnapshotProblem.version(found: 2, known: 1)) {
            try SparkplugDecoder().restored(from: [8, 2])
        }
        var dice = Dice(seed: 21)
        var (read, refused) = (0, 0)
        func attempt(_ bytes: [UInt8]) {
            do throws(DecoderSnapshotProblem) {
                let decoder = try SparkplugDecoder().restored(from: bytes)
                #expect(try SparkplugDecoder().restored(from: decoder.bytes).bytes == decoder.bytes)
                read += 1
            } catch {
                #expect(error.description.contains("learnt anew"))
                refused += 1
            }
        }
        for count in bytes.indices { attempt(Array(bytes[..<count])) }
        for _ in 0..<3_000 {
            var changed = bytes
            for _ in 0...dice.below(3) { changed[dice.below(changed.count)] = UInt8(dice.below(256)) }
            attempt(changed)
        }
        #expect(read > 100 && refused > 100)
    }

    @Test("Damaged births are refused or say less")
    func damage() {
        let payload = SparkplugBytes.payload(at: 1_767_500_000_000, sequence: 0, SparkplugTests.birth)
        Decoding.checkDamage(SparkplugDecoder(), payload, topic: "spBv1.0/g/NBIRTH/n", seed: 5)
    }
}
