import Foundation
import Interactions
import MQTT
import PipelineKit
import Telemetry
import TestSupport
import Testing
import Units

@testable import vigie

/// What a boiler room says in Sparkplug, by names that only its birth tells.
private struct BoilerRoom: Reading {
    var node = Name()
    var supply = Temperature.zero

    static var fields: [Field<Self>] {
        Field("subject", \.node)
        Field("Départ/Température", \.supply, in: .celsius)
    }
}

extension BoilerRoom {
    /// The birth says 66.0 °C, the data after it 66.2 °C.
    fileprivate var isHot: Bool { supply > .celsius(66.1) }
}

private let boilerRoom = Pipeline("boiler room", reading: BoilerRoom.self) {
    Listen(to: "spBv1.0/#", as: .sparkplugB)
    Identify(by: \.node)
    Detect("too hot", severity: .warning) {
        Happens(\.isHot)
    } react: {
        OpenCase(in: "maintenance") {
            French("\($0.reading.node) : départ trop chaud")
            English("\($0.reading.node): supply too hot")
        }
    }
}

/// An edge node that was born before anybody listened: it sends data by alias, and its birth when it is asked.
private struct EdgeNode {
    static let birth =
        "CJDR8/W7MxILCgViZFNlcSAIWAcSPgoURMOpcGFydC9UZW1ww6lyYXR1cmUQARiQ0fP1uzMgCkoSCgdlbmdVbml0EgcIDEIDwrBDaQAA"
        + "AAAAgFBAEj0KE1JldG91ci9UZW1ww6lyYXR1cmUQAhiQ0fP1uzMgCkoSCgdlbmdVbml0EgcIDEIDwrBDaQAAAAAAQEhAEjoKEFLDqXNl"
        + "YXUvUHJlc3Npb24QAxiQ0fP1uzMgCkoSCgdlbmdVbml0EgcIDEIDYmFyaQAAAAAAAABAEh4KD0Jyw7tsZXVyL01hcmNoZRAEGJDR8/W7"
        + "MyALcAESJQoUQnLDu2xldXIvRMOpbWFycmFnZXMQBRiQ0fP1uzMgCFjS+AIYAA=="
    /// What follows the birth: the return and the burner's starts, then 66.2 °C of the supply.
    static let data = [
        "COCqhfa7MxISEAIYwKSF9rszac3MzMzMTEhAEg0QBRjApIX2uzNY0vgCGAE=",
        "CMDSl/a7MxISEAEYoMyX9rszac3MzMzMjFBAEgsQBBigzJf2uzNwARgC",
    ]

    private let publisher: MQTTPublisher
    private let orders: MQTTListener
    private(set) var asked: [Message] = []

    init(_ port: Int) throws {
        publisher = Rig.publisher(port, "chaufferie")
        let settings = MQTTSettings(host: "127.0.0.1", port: port, clientID: "chaufferie")
        orders = try MQTTListener(settings, filters: ["spBv1.0/+/NCMD/#"], clock: SystemClock.read)
    }

    func send(_ type: String, _ payloads: [String]) throws {
        for payload in payloads {
            let bytes = try #require(Data(base64Encoded: payload))
            try bytes.withUnsafeBytes { try publisher.publish(to: "spBv1.0/erables/\(type)/chaufferie", $0) }
        }
        try publisher.flush()
    }

    /// Hears what it is told to do, and answers the first order with its birth and the data that follow.
    mutating func obey() throws {
        let before = asked.count
        var orders: [Message] = []
        try self.orders.listen(for: .milliseconds(20)) { orders.append($0) }
        asked += orders
        guard before == 0, !asked.isEmpty else { return }
        try send("NBIRTH", [Self.birth])
        try send("NDATA", Self.data)
    }
}

@Suite("Sparkplug, end to end", .timeLimit(.minutes(2)))
struct SparkplugEndToEndTests {
    @Test("A node whose birth was missed is asked for it once; what it says after it is understood")
    func rebirth() throws {
        let rig = try Rig()
        let settings = try Settings.load(environment: rig.vigie.settings)
        // The day of the data, so that they are of now.
        let options = try RunOptions(Arguments(["--clock-from", "2026-01-14T23:10:05Z"], flags: ["tell"]))
        let process = try #require(try VigieProcess(settings, PipelineSet([boilerRoom]), options))
        var node = try EdgeNode(rig.broker.port)
        var hasBegun = false
        var failure: (any Error)?
        let deadline = Date(timeIntervalSinceNow: 60)
        try process.run {
            do {
                if !hasBegun {
                    guard rig.vigie.get("/readyz")?.status == 200 else { return Date() > deadline }
                    hasBegun = true
                    // More than one that cannot be understood, and still only one order.
                    try node.send("NDATA", EdgeNode.data + EdgeNode.data)
                }
                try node.obey()
                return try !rig.vigie.sent().isEmpty || Date() > deadline
            } catch {
                failure = error
                return true
            }
        }
        if let failure { throw failure }
        try node.obey()
        #expect(hasBegun)
        #expect(node.asked.map(\.topic) == ["spBv1.0/erables/NCMD/chaufferie"])
        let order = String(decoding: node.asked.first?.payload ?? [], as: UTF8.self)
        #expect(order.contains("Node Control/Rebirth"))
        #expect(node.asked.first?.flags.contains(.retained) == false)
        #expect(try rig.vigie.sent().map(\.text) == ["erables/chaufferie : départ trop chaud"])
        let letters = try rig.vigie.store().deadLetters(limit: 10)
        #expect(Set(letters.map(\.reason)) == ["missed before"])
    }
}
