import Foundation
import Interactions
import MQTT
import Store
import Telemetry
import TestSupport
import Testing
import Units

@Suite("Intake, end to end", .serialized)
struct IntakeTests {
    @Test("A broker that is not there yet is waited for, and one that goes away as well")
    func absentBroker() throws {
        let rig = try Rig()
        rig.broker.stop()
        try rig.vigie.launch()
        #expect(eventually { rig.vigie.get("/readyz")?.status == 503 })
        #expect(rig.vigie.get("/readyz")?.body == "not connected to the broker\n")
        #expect(rig.vigie.get("/healthz")?.status == 200)
        try rig.broker.start()
        #expect(eventually(within: 60) { rig.vigie.get("/readyz")?.status == 200 })
        try rig.press(1)
        #expect(try rig.waitForCallbacks(["B-1"]))
        rig.broker.stop()
        try rig.broker.start()
        try rig.press(2)
        #expect(try eventually(within: 60) { try rig.callbacks() == ["B-1", "B-2"] })
    }

    @Test("The broker forgets the topics that no pipeline wants any more")
    func subscriptions() throws {
        let rig = try Rig()
        let wanted = Set(["landlord/+/elevator/+/status", "attic/#"])
        // A session as an earlier Vigie with other pipelines left it.
        let earlier = Remembered()
        let settings = MQTTSettings(host: "127.0.0.1", port: rig.broker.port, clientID: "vigie")
        let intake = MQTTIntake(settings, filters: wanted, memory: earlier, seed: 1, clock: { Moment() })
        var batch = EntryBatch()
        let deadline = Date(timeIntervalSinceNow: 20)
        while !intake.isSubscribed, Date() < deadline { _ = try intake.nextBatch(into: &batch) }
        intake.stop(within: .seconds(2))
        try rig.publish("attic/1", "kept for the session")
        let filters = earlier.subscriptions.confirmed.sorted().map { JSON.string($0) }
        try FileManager.default.createDirectory(
            atPath: rig.vigie.folder.path("data"),
            withIntermediateDirectories: true
        )
        try rig.vigie.store().remember(
            "subscriptions",
            JSON.object([.init("confirmed", .array(filters)), .init("asked", .array([]))]).bytes
        )
        try rig.vigie.start()
        try rig.press(1)
        #expect(try rig.waitForCallbacks(["B-1"]))
        // A second connection of the same session finds nothing left to change.
        try rig.publish("attic/1", "nobody wants this")
        try rig.press(2)
        #expect(try rig.waitForCallbacks(["B-1", "B-2"]))
        let payloads = try rig.vigie.payloads()
        #expect(payloads.contains("kept for the session"))
        #expect(!payloads.contains("nobody wants this"))
    }

    @Test("Messages without a guarantee are taken as well")
    func qos0() throws {
        let rig = try Rig()
        try rig.vigie.start()
        try rig.press(1, qos: 0)
        try rig.press(2)
        #expect(try rig.waitForCallbacks(["B-1", "B-2"]))
        #expect(eventually { rig.vigie.metric("vigie_mqtt_unguaranteed_total") == 1 })
    }

    @Test("What the broker has kept from an earlier day rings no bell")
    func retained() throws {
        let rig = try Rig()
        try rig.press(1, retained: true)
        try rig.vigie.start()
        try rig.press(2)
        #expect(try rig.waitForCallbacks(["B-2"]))
        let kept = try rig.vigie.journal().contains { entry in
            guard case .message(let message) = entry else { return false }
            return message.flags.contains(.retained)
        }
        #expect(kept)
    }

    @Test("A message that cannot be read becomes a dead letter, holds up nothing and does not come again")
    func poison() throws {
        let rig = try Rig()
        try rig.vigie.start()
        try rig.publish("home/7/button/B-1/input_event/0", "\u{7B}broken")
        try rig.publish("landlord/7/elevator/E1/status", "")
        try rig.press(2)
        #expect(try rig.waitForCallbacks(["B-2"]))
        let letters = try rig.vigie.store().deadLetters(limit: 10)
        #expect(letters.count == 2)
        #expect(letters.allSatisfy { !$0.detail.isEmpty })
        #expect(eventually { rig.vigie.metric(#"vigie_dead_letters_total{reason="malformed"}"#) == 1 })
        #expect(rig.vigie.stop().code == 0)
        try rig.vigie.start()
        try rig.press(3)
        #expect(try rig.waitForCallbacks(["B-2", "B-3"]))
        #expect(try rig.vigie.store().deadLetterCount() == 2)
    }

    @Test("A payload of 256 MB is refused and counted, and work goes on")
    func huge() throws {
        let rig = try Rig()
        try rig.vigie.start()
        let publisher = Rig.publisher(rig.broker.port, "huge")
        // MQTT ends at 268 435 455 bytes, the topic included.
        let bytes = [UInt8](repeating: 0x20, count: 268_435_000)
        try bytes.withUnsafeBytes { try publisher.publish(to: "home/7/button/B-9/input_event/0", $0) }
        try publisher.flush(within: .seconds(120))
        try rig.press(1)
        #expect(try eventually(within: 60) { try rig.callbacks() == ["B-1"] })
        let letters = try rig.vigie.store().deadLetters(limit: 10)
        #expect(letters.map(\.reason) == ["too large"])
        #expect(letters.allSatisfy { $0.size < 1 << 20 })
    }

    @Test("When the disk takes no more the intake pauses and says so, and goes on by itself")
    func fullDisk() throws {
        let rig = try Rig()
        try rig.vigie.start()
        try rig.press(1)
        #expect(try rig.waitForCallbacks(["B-1"]))
        try rig.limitFiles(to: 4096)
        for number in 2...5 { try rig.press(number) }
        #expect(eventually { rig.vigie.get("/readyz")?.status == 503 })
        #expect(rig.vigie.get("/readyz")?.body.contains("intake paused, broker keeps the messages") == true)
        #expect(rig.vigie.get("/healthz")?.status == 200)
        try rig.limitFiles(to: nil)
        #expect(eventually(within: 30) { rig.vigie.get("/readyz")?.status == 200 })
        #expect(try rig.waitForCallbacks(["B-1", "B-2", "B-3", "B-4", "B-5"]))
    }

    @Test("Stopped while the disk takes no more, it keeps no state of what it could not write")
    func stoppedOnFullDisk() throws {
        let rig = try Rig()
        try rig.vigie.start()
        try rig.press(1)
        #expect(try rig.waitForCallbacks(["B-1"]))
        try rig.limitFiles(to: 4096)
        try rig.press(2)
        #expect(eventually { rig.vigie.get("/readyz")?.status == 503 })
        let pid = try #require(rig.vigie.process?.pid)
        // There is room again by the time it writes its last.
        kill(pid, SIGTERM)
        try rig.limitFiles(to: nil)
        #expect(rig.vigie.exitCode() == 0)
        try rig.vigie.start()
        #expect(try rig.waitForCallbacks(["B-1", "B-2"]))
    }

    @Test("The figures tell what went through")
    func metrics() throws {
        let rig = try Rig()
        try rig.vigie.start()
        for number in 1...20 { try rig.press(number) }
        #expect(eventually { rig.vigie.metric("vigie_mqtt_messages_total") == 20 })
        #expect(
            eventually { rig.vigie.metric(#"vigie_deliveries_total{sink="file",outcome="delivered"}"#) == 20 }
        )
        #expect(rig.vigie.metric(#"vigie_readings_total{pipeline="buttons"}"#) == 20)
        #expect(rig.vigie.metric(#"vigie_devices{pipeline="buttons"}"#) == 20)
        #expect(rig.vigie.metric("vigie_mqtt_connected") == 1)
        #expect(rig.vigie.metric("vigie_mqtt_connections_total") == 1)
        #expect(try #require(rig.vigie.metric("vigie_journal_position")) >= 20)
        #expect(try #require(rig.vigie.metric("vigie_commit_seconds_max")) > 0)
        let age = try #require(rig.vigie.metric("vigie_snapshot_age_seconds"))
        #expect((0...600).contains(age))
        #expect(rig.vigie.metric("vigie_oldest_unsent_notice_seconds") == 0)
    }
}

/// The session's subscriptions as an earlier run kept them.
private final class Remembered: SubscriptionMemory {
    var subscriptions = SessionSubscriptions()

    func load() throws -> SessionSubscriptions { subscriptions }

    func save(_ subscriptions: SessionSubscriptions) throws { self.subscriptions = subscriptions }
}
