import Telemetry
import TestSupport
import Testing
import Units

@testable import MQTT

@Suite("Intake with a real broker", .serialized, .timeLimit(.minutes(2)))
struct IntakeTests {
    @Test("A message arrives with its topic, bytes, flags and a time of arrival")
    func arrives() throws {
        let server = try MosquittoServer()
        let publisher = makePublisher(.test(server.port))
        try publisher.publish(to: "t/retained", "kept", retained: true)
        try publisher.flush()
        let intake = makeIntake(.test(server.port))
        let earlier = try intake.run { $0.messages.count == 1 }
        try publisher.publish(to: "t/live", "now", qos: 1)
        try publisher.publish(to: "t/quick", "unsafe", qos: 0)
        try publisher.flush()
        let messages = try earlier.messages + intake.run { $0.messages.count == 2 }.messages
        #expect(messages.map(\.topic) == ["t/retained", "t/live", "t/quick"])
        #expect(messages.map(\.payload) == ["kept", "now", "unsafe"].map { Array($0.utf8) })
        #expect(messages.map(\.flags) == [[.qos1, .retained], .qos1, MessageFlags(rawValue: 0)])
        let times = messages.map(\.arrivedAt)
        #expect(times == times.sorted() && Set(times).count == 3)
        #expect(intake.statistics.messages == 3)
        #expect(intake.statistics.unguaranteed == 1)
        #expect(intake.statistics.retained == 1)
    }

    @Test("A clock that goes back does not make an arrival earlier than the one before")
    func clockGoesBack() throws {
        let server = try MosquittoServer()
        let clock = TickingClock()
        let newest = clock.now + .hours(1)
        let intake = makeIntake(.test(server.port), notBefore: newest, clock: clock)
        let publisher = makePublisher(.test(server.port))
        _ = try intake.connect()
        for number in 0..<3 { try publisher.publish(to: "t/1", "\(number)") }
        let story = try intake.run { $0.messages.count == 3 }
        #expect(story.messages.allSatisfy { $0.arrivedAt == newest })
    }

    @Test("What was not acknowledged comes again after a reconnect")
    func unacknowledged() throws {
        let server = try MosquittoServer()
        let memory = MemoryInMemory()
        let first = makeIntake(.test(server.port), memory: memory)
        let publisher = makePublisher(.test(server.port))
        _ = try first.connect()
        for number in 0..<5 { try publisher.publish(to: "t/1", "\(number)") }
        try publisher.flush()
        var seen: [String] = []
        // Read in one batch and never acknowledged, as a crash before the commit.
        let limits = BatchLimits(maxMessages: 5, window: .seconds(20), longest: .seconds(20))
        seen += try first.run(acknowledging: false, limits: limits) { _ in false }.payloads
        #expect(seen == ["0", "1", "2", "3", "4"])
        first.stop(within: .seconds(2))

        let second = makeIntake(.test(server.port), memory: memory)
        #expect(try second.rest(publisher) == seen)
    }

    @Test("What is asked of a device leaves at once, at QoS 0 and not retained, or not at all")
    func asks() throws {
        let server = try MosquittoServer()
        let asking = makeIntake(.test(server.port))
        #expect(!asking.publish(to: "q/1", [7]))
        let hearing = makeIntake(.test(server.port, "vigie-test-hearing"), ["q/#"])
        _ = try hearing.connect()
        _ = try asking.connect()
        #expect(asking.publish(to: "q/2", [1, 0, 2]))
        #expect(!asking.publish(to: "q/+", [1]), "no topic")
        #expect(asking.publish(to: "q/3", []))
        let heard = try hearing.run { $0.messages.count == 2 }.messages
        #expect(heard.map(\.topic) == ["q/2", "q/3"])
        #expect(heard.map(\.payload) == [[1, 0, 2], []])
        #expect(heard.allSatisfy { $0.flags == MessageFlags(rawValue: 0) })
    }

    @Test("What was acknowledged does not come again")
    func acknowledged() throws {
        let server = try MosquittoServer()
        let memory = MemoryInMemory()
        let first = makeIntake(.test(server.port), memory: memory)
        let publisher = makePublisher(.test(server.port))
        _ = try first.connect()
        for number in 0..<5 { try publisher.publish(to: "t/1", "\(number)") }
        #expect(try first.run { $0.messages.count == 5 }.payloads == ["0", "1", "2", "3", "4"])
        first.stop(within: .seconds(5))

        let second = makeIntake(.test(server.port), memory: memory)
        #expect(try second.rest(publisher) == [])
    }

    @Test("A batch that cannot be committed is given back and comes again in order")
    func discarded() throws {
        let server = try MosquittoServer()
        let intake = makeIntake(.test(server.port))
        let publisher = makePublisher(.test(server.port))
        _ = try intake.connect()
        for number in 0..<4 { try publisher.publish(to: "t/1", "\(number)") }
        let limits = BatchLimits(maxMessages: 4, window: .seconds(20), longest: .seconds(20))
        let read = try intake.run(acknowledging: false, limits: limits) { _ in false }
        #expect(read.messages.count == 4)
        intake.discard()
        let story = try intake.run { $0.messages.count == 4 && !$0.connections.isEmpty }
        #expect(story.payloads == ["0", "1", "2", "3"])
        #expect(story.connections == [.resumed])
        #expect(intake.statistics.discarded == 4)
    }

    @Test("A batch ends at its number of messages and at its number of bytes")
    func limits() throws {
        let server = try MosquittoServer()
        let intake = makeIntake(.test(server.port))
        let publisher = makePublisher(.test(server.port))
        _ = try intake.connect()
        for _ in 0..<20 { try publisher.publish(to: "t/1", String(repeating: "x", count: 1_000)) }
        try publisher.flush()
        var batch = EntryBatch()
        let patient = Duration.seconds(20)
        let few = BatchLimits(maxMessages: 7, window: patient, longest: patient, idle: patient)
        #expect(try intake.nextBatch(into: &batch, limits: few) == .messages(7))
        intake.acknowledge()
        let small = BatchLimits(maxBytes: 3_000, window: patient, longest: patient, idle: patient)
        #expect(try intake.nextBatch(into: &batch, limits: small) == .messages(3))
        intake.acknowledge()
    }

    @Test("A payload that is too long arrives as its beginning, is marked, and does not come again")
    func oversized() throws {
        let server = try MosquittoServer()
        var settings = MQTTSettings.test(server.port)
        settings.largestPayload = 10_000
        let memory = MemoryInMemory()
        let intake = makeIntake(settings, memory: memory)
        let publisher = makePublisher(settings)
        _ = try intake.connect()
        try publisher.publish(to: "t/long", String(repeating: "y", count: 10_001))
        try publisher.publish(to: "t/fits", String(repeating: "y", count: 10_000))
        let story = try intake.run { $0.messages.count == 2 }
        #expect(story.messages[0].topic == "t/long")
        #expect(story.messages[0].payload.count == 4_096)
        #expect(story.messages[0].flags == [.qos1, .oversized])
        #expect(story.messages[1].payload.count == 10_000)
        #expect(story.messages[1].flags == .qos1)
        #expect(intake.statistics.oversized == 1)
        #expect(intake.statistics.largestPayload == 10_001)
        intake.stop(within: .seconds(5))
        #expect(try makeIntake(settings, memory: memory).rest(publisher) == [])
    }

    @Test("The largest message that MQTT allows is survived")
    func largest() throws {
        let server = try MosquittoServer()
        let intake = makeIntake(.test(server.port))
        let publisher = makePublisher(.test(server.port))
        _ = try intake.connect()
        // 256 MiB less one, and less what the topic and the packet's own fields take.
        let size = (1 << 28) - 1 - 64
        let payload = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { payload.deallocate() }
        payload.initializeMemory(as: UInt8.self, repeating: 0x7A)
        try publisher.publish(to: "t/huge", UnsafeRawBufferPointer(payload))
        try publisher.publish(to: "t/next", "alive")
        let story = try intake.run(within: .seconds(90)) { story in
            // The publisher has no thread of its own: it goes on sending while we wait.
            do { try publisher.wait(for: .milliseconds(1)) } catch { Issue.record(error) }
            return story.messages.count == 2
        }
        #expect(story.messages.map(\.topic) == ["t/huge", "t/next"])
        #expect(story.messages.first?.payload.count == 4_096)
        #expect(intake.statistics.largestPayload == size)
    }

    @Test("Topics of strange bytes and 65 535 bytes arrive unharmed")
    func strangeTopics() throws {
        let server = try MosquittoServer()
        let intake = makeIntake(.test(server.port), ["#"])
        let publisher = makePublisher(.test(server.port))
        _ = try intake.connect()
        // Mosquitto takes at most 200 levels.
        let deep = "t" + String(repeating: "/x", count: 190)
        let topics = ["t/ätäge/🛗", "t//", "/", deep, "t/" + String(repeating: "l", count: 65_533)]
        for topic in topics { try publisher.publish(to: topic, "") }
        let story = try intake.run { $0.messages.count == topics.count }
        #expect(story.messages.map(\.topic) == topics)
        #expect(story.messages.allSatisfy { $0.payload.isEmpty })
    }
}
