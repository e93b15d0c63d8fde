import Glibc
import Telemetry
import TestSupport
import Testing
import Units

@testable import MQTT

@Suite("The broker's session", .serialized, .timeLimit(.minutes(2)))
struct SessionTests {
    @Test(
        "Subscriptions become exactly what is wanted now",
        arguments: [ProtocolPreference.newest, .onlyV311]
    )
    func difference(protocols: ProtocolPreference) throws {
        let server = try MosquittoServer()
        var settings = MQTTSettings.test(server.port)
        settings.protocols = protocols
        let memory = MemoryInMemory()
        let publisher = makePublisher(settings)
        let old = makeIntake(settings, ["t/old", "t/both", "t/end"], memory: memory)
        #expect(try old.connect().connections == [.new])
        old.stop(within: .seconds(5))
        #expect(memory.filters == ["t/old", "t/both", "t/end"])

        let new = makeIntake(settings, ["t/new", "t/both", "t/end"], memory: memory)
        let story = try new.connect()
        #expect(story.connections == [.resumed])
        #expect(memory.filters == ["t/new", "t/both", "t/end"])
        // In between, both sets were written down: a crash before the broker's answer forgets no filter.
        let meanwhile = SessionSubscriptions(confirmed: ["t/both", "t/end"], asked: ["t/old", "t/new"])
        #expect(memory.saves.contains(meanwhile))
        for topic in ["t/old", "t/new", "t/both"] { try publisher.publish(to: topic, topic) }
        #expect(try new.rest(publisher) == ["t/new", "t/both"])
    }

    @Test(
        "A filter that was asked for without an answer is asked for again",
        arguments: [ProtocolPreference.newest, .onlyV311]
    )
    func crashBeforeSubscribe(protocols: ProtocolPreference) throws {
        let server = try MosquittoServer()
        var settings = MQTTSettings.test(server.port)
        settings.protocols = protocols
        let memory = MemoryInMemory()
        let old = makeIntake(settings, ["other"], memory: memory)
        _ = try old.connect()
        old.stop(within: .seconds(5))
        memory.subscriptions = SessionSubscriptions(confirmed: ["other"], asked: ["t/#"])
        let new = makeIntake(settings, ["t/#"], memory: memory)
        _ = try new.connect()
        #expect(try new.rest(makePublisher(settings)) == [])
        #expect(memory.subscriptions == SessionSubscriptions(confirmed: ["t/#"]))
    }

    @Test(
        "A retained message comes with a new subscription and not with every reconnect",
        arguments: [ProtocolPreference.newest, .onlyV311]
    )
    func retainedOnce(protocols: ProtocolPreference) throws {
        let server = try MosquittoServer()
        var settings = MQTTSettings.test(server.port)
        settings.protocols = protocols
        let memory = MemoryInMemory()
        let publisher = makePublisher(settings)
        try publisher.publish(to: "t/state", "closed", retained: true)
        try publisher.flush()
        let first = makeIntake(settings, memory: memory)
        #expect(try first.run { $0.messages.count == 1 }.payloads == ["closed"])
        first.stop(within: .seconds(5))
        #expect(try makeIntake(settings, memory: memory).rest(publisher) == [])
    }

    @Test("Messages published while nobody is there are delivered on return")
    func absence() throws {
        let server = try MosquittoServer()
        let memory = MemoryInMemory()
        let publisher = makePublisher(.test(server.port))
        let first = makeIntake(.test(server.port), memory: memory)
        _ = try first.connect()
        first.stop(within: .seconds(5))
        // More than Mosquitto keeps by default.
        for number in 0..<1_500 { try publisher.publish(to: "t/1", "\(number)") }
        let second = makeIntake(.test(server.port), memory: memory)
        #expect(try second.rest(publisher) == (0..<1_500).map { "\($0)" })
    }

    @Test(
        "A broker that is killed and started again goes on with the session"
    )
    func brokerKilled() throws {
        let server = try MosquittoServer()
        let intake = makeIntake(.test(server.port))
        _ = try intake.connect()
        let publisher = makePublisher(.test(server.port))
        try publisher.publish(to: "t/1", "before")
        _ = try intake.run { $0.messages.count == 1 }
        try server.save()
        server.kill()
        let gone = try intake.run { !$0.errors.isEmpty }
        #expect("\(gone.errors[0])".hasPrefix("MQTT broker 127.0.0.1:\(server.port) went away: "))
        try server.start()
        let back = try intake.run { !$0.connections.isEmpty }
        #expect(back.connections == [.resumed])
        try publisher.publish(to: "t/1", "after")
        try publisher.flush()
        #expect(try intake.run { $0.messages.count == 1 }.payloads == ["after"])
    }

    @Test("A broker that forgot the session is noticed, and subscribed to anew")
    func sessionLost() throws {
        let server = try MosquittoServer(.defaults())
        let intake = makeIntake(.test(server.port))
        _ = try intake.connect()
        server.kill()
        try server.start()
        let story = try intake.run { !$0.connections.isEmpty && intake.isSubscribed }
        #expect(story.connections == [.lost])
        #expect(intake.statistics.sessionsLost == 1)
        let publisher = makePublisher(.test(server.port))
        try publisher.publish(to: "t/1", "after")
        try publisher.flush()
        #expect(try intake.run { $0.messages.count == 1 }.payloads == ["after"])
    }

    @Test("Messages read before the connection broke are handed out, for the broker may have forgotten them")
    func keepsWhatItHas() throws {
        let server = try MosquittoServer(.defaults())
        let intake = makeIntake(.test(server.port))
        let publisher = makePublisher(.test(server.port))
        _ = try intake.connect()
        try publisher.publish(to: "t/1", "kept")
        try publisher.flush()
        server.kill()
        let story = try intake.run { !$0.messages.isEmpty }
        #expect(story.payloads == ["kept"])
    }

    @Test("A stop right after a large batch leaves no acknowledgement behind")
    func gracefulStop() throws {
        let server = try MosquittoServer()
        let memory = MemoryInMemory()
        let publisher = makePublisher(.test(server.port))
        let first = makeIntake(.test(server.port), memory: memory)
        _ = try first.connect()
        first.stop(within: .seconds(5))
        let total = 12_000
        for number in 0..<total { try publisher.publish(to: "t/1", "\(number)") }
        try publisher.flush()
        // Several lives, each stopped while the broker is still sending.
        var seen: [String] = []
        let limits = BatchLimits(maxMessages: 2_000, window: .seconds(1), longest: .seconds(20))
        for _ in 0..<3 {
            let intake = makeIntake(.test(server.port), memory: memory)
            seen += try intake.run(limits: limits) { !$0.messages.isEmpty }.payloads
            intake.stop(within: .seconds(20))
        }
        #expect(seen.count >= 2_000)
        seen += try makeIntake(.test(server.port), memory: memory).rest(publisher)
        #expect(seen == (0..<total).map { "\($0)" })
    }

    @Test("A flood with the widest window arrives complete and in order")
    func flood() throws {
        let server = try MosquittoServer()
        let memory = MemoryInMemory()
        let publisher = makePublisher(.test(server.port))
        let first = makeIntake(.test(server.port), memory: memory)
        _ = try first.connect()
        first.stop(within: .seconds(5))
        let total = 30_000
        for number in 0..<total { try publisher.publish(to: "t/1", "\(number)") }
        try publisher.flush()
        let intake = makeIntake(.test(server.port), memory: memory)
        // The broker fills its window of 20 000 although nothing is acknowledged.
        let wide = BatchLimits(maxMessages: 20_000, window: .seconds(5), longest: .seconds(60))
        let batch = try intake.run(limits: wide) { !$0.messages.isEmpty }
        #expect(batch.messages.count == 20_000)
        let seen = try batch.payloads + intake.rest(publisher)
        #expect(seen == (0..<total).map { "\($0)" })
    }

    @Test("A commit that takes longer than the keep-alive costs neither the connection nor a message")
    func slowCommit() throws {
        let server = try MosquittoServer()
        var settings = MQTTSettings.test(server.port)
        settings.keepAlive = .seconds(5)
        let intake = makeIntake(settings)
        let publisher = makePublisher(.test(server.port))
        _ = try intake.connect()
        var seen: [String] = []
        for number in 0..<2 {
            try publisher.publish(to: "t/1", "\(number)")
            try publisher.flush()
            var batch = EntryBatch()
            #expect(
                try intake.nextBatch(into: &batch, limits: BatchLimits(idle: .seconds(20))) == .messages(1)
            )
            try batch.forEach { seen.append(String(decoding: $0.payload, as: UTF8.self)) }
            try publisher.wait(for: .seconds(6))
            intake.acknowledge()
        }
        seen += try intake.rest(publisher)
        #expect(seen == ["0", "1"])
        #expect(intake.statistics.connections == 1)
    }

    @Test("A broker that stops answering is given up after the keep-alive")
    func frozenBroker() throws {
        let server = try MosquittoServer()
        var settings = MQTTSettings.test(server.port)
        settings.keepAlive = .seconds(5)
        let intake = makeIntake(settings)
        _ = try intake.connect()
        server.pause()
        let story = try intake.run { !$0.errors.isEmpty }
        #expect("\(story.errors[0])".contains("went away: a ping was not answered within the keep-alive"))
        server.resume()
        #expect(try intake.run { !$0.connections.isEmpty }.connections == [.resumed])
    }

    @Test("Vigie's own status is retained: online, offline when stopped, offline when it vanished")
    func status() throws {
        let server = try MosquittoServer()
        var observerSettings = MQTTSettings.test(server.port, "observer")
        observerSettings.statusPrefix = nil
        let observer = makeIntake(observerSettings, ["vigie/status/#"])
        _ = try observer.connect()
        let intake = makeIntake(.test(server.port))
        _ = try intake.connect()
        let online = try observer.run { $0.messages.count == 1 }
        #expect(online.messages.map(\.topic) == ["vigie/status/vigie-test"])
        #expect(online.payloads == [#"{"status":"online"}"#])
        intake.stop(within: .seconds(5))
        let stopped = try observer.run { $0.messages.count == 1 }
        #expect(stopped.payloads == [#"{"status":"offline","reason":"stopped"}"#])

        var vanishing: MQTTIntake? = makeIntake(.test(server.port))
        _ = try vanishing?.connect()
        vanishing = nil
        let vanished = try observer.run { $0.messages.count == 2 }
        #expect(vanished.payloads.last == #"{"status":"offline","reason":"connection lost"}"#)
        let late = makeIntake(.test(server.port, "late"), ["vigie/status/vigie-test"])
        let retained = try late.run { $0.messages.count == 1 }
        #expect(retained.messages[0].flags.contains(.retained))
    }
}
