import Foundation
import Glibc
import TestSupport
import Testing
import Units

@testable import MQTT

@Suite("Publisher", .serialized, .timeLimit(.minutes(2)))
struct PublisherTests {
    @Test("Flushed means that the broker has everything, even with one message under way at a time")
    func window() throws {
        let server = try MosquittoServer()
        let intake = makeIntake(.test(server.port))
        _ = try intake.connect()
        var settings = MQTTSettings.test(server.port, "narrow")
        settings.statusPrefix = nil
        let publisher = MQTTPublisher(settings, window: 1, seed: 1)
        for number in 0..<200 {
            try publisher.publish(to: "t/1", "\(number)")
            #expect(publisher.unacknowledged <= 1)
        }
        try publisher.flush()
        #expect(publisher.unacknowledged == 0)
        publisher.close()
        #expect(try intake.run { $0.messages.count == 200 }.payloads == (0..<200).map { "\($0)" })
    }

    @Test("A broken connection is made again and what was not acknowledged is sent again")
    func brokenConnection() throws {
        let server = try MosquittoServer()
        let intake = makeIntake(.test(server.port))
        _ = try intake.connect()
        let publisher = makePublisher(.test(server.port))
        try publisher.publish(to: "t/1", "first")
        try publisher.flush()
        _ = try intake.run { $0.messages.count == 1 }
        try server.save()
        server.pause()
        for number in 0..<20 { try publisher.publish(to: "t/1", "\(number)") }
        #expect(publisher.unacknowledged == 20)
        server.kill()
        try server.start()
        try publisher.flush()
        let story = try intake.run { Set($0.payloads).count == 20 }
        #expect(Set(story.payloads) == Set((0..<20).map { "\($0)" }))
    }

    @Test("A message tells a device where to answer, and what to send back with it")
    func answerAddress() throws {
        let server = try MosquittoServer()
        let folder = try TestFolder()
        func device(_ file: String, _ arguments: String...) throws {
            let session = [
                "-p", "\(server.port)", "-V", "5", "-i", "device", "-c", "-x", "60", "-q", "1", "-t", "t/#",
            ]
            let process = try ServerProcess(
                "/usr/bin/mosquitto_sub",
                session + arguments,
                output: folder.url.appendingPathComponent(file)
            )
            for _ in 0..<3000 where process.isRunning { usleep(10_000) }
            #expect(!process.isRunning)
        }
        try device("none", "-E")
        let publisher = makePublisher(.test(server.port))
        try publisher.publish(
            to: "t/1",
            "reset",
            answer: AnswerAddress(topic: "vigie/response/CMD_1", correlation: "CMD_1")
        )
        try publisher.flush()
        try device("seen", "-C", "1", "-W", "20", "-F", "%p %R %D")
        let seen = try String(contentsOf: folder.url.appendingPathComponent("seen"), encoding: .utf8)
        #expect(seen == "reset vigie/response/CMD_1 CMD_1\n")
    }

    @Test("A topic that cannot be published to is refused without harm to the connection")
    func wildcard() throws {
        let server = try MosquittoServer()
        let publisher = makePublisher(.test(server.port))
        let error = #expect(throws: MQTTError.self) { try publisher.publish(to: "t/#", "x") }
        #expect("\(try #require(error))".contains("cannot be sent this message"))
        try publisher.publish(to: "t/1", "x")
        try publisher.flush()
    }

    @Test("A broker that takes no messages on a topic says so, and the publisher passes it on")
    func refused() throws {
        let folder = try TestFolder()
        try folder.write("topic read #\ntopic write open/#\n", to: "acl")
        let server = try MosquittoServer(
            .defaults(besides: ["allow_anonymous true", "acl_file {folder}/acl"]),
            folder: folder
        )
        let publisher = makePublisher(.test(server.port))
        try publisher.publish(to: "open/1", "x")
        try publisher.flush()
        try publisher.publish(to: "closed/1", "x")
        let error = #expect(throws: MQTTError.self) { try publisher.flush() }
        #expect("\(try #require(error))".hasSuffix("refused 1 message of ours: not authorised (code 135)"))
    }

    @Test("Nobody there: the last reason is told when the time is over")
    func unreachable() throws {
        let server = try MosquittoServer()
        server.stop()
        let publisher = makePublisher(.test(server.port))
        let error = #expect(throws: MQTTError.self) { try publisher.connect(within: .milliseconds(400)) }
        #expect("\(try #require(error))".contains("cannot be reached: connection refused"))
    }
}

@Suite("Inspection of a broker", .serialized, .timeLimit(.minutes(2)))
struct InspectionTests {
    private func subjects(_ warnings: [BrokerWarning]) -> [BrokerWarning.Subject] { warnings.map(\.subject) }

    @Test("The broker that Vigie ships a configuration for loses nothing that can be seen")
    func deployed() throws {
        let server = try MosquittoServer()
        let warnings = try BrokerInspection.warnings(about: .test(server.port))
        #expect(subjects(warnings) == [.persistence])
        #expect(warnings[0].weight == .unseen)
    }

    @Test("Mosquitto's defaults lose messages of a client that is away, and the line that mends it is told")
    func defaults() throws {
        let server = try MosquittoServer(.defaults())
        let warnings = try BrokerInspection.warnings(about: .test(server.port))
        #expect(subjects(warnings) == [.queue, .persistence])
        #expect(warnings.map(\.weight) == [.losesMessages, .unseen])
        #expect(warnings[0].finding == "of 1500 messages for a client that was away the broker kept 1000")
        #expect(warnings[0].remedy == "max_queued_messages 0")
    }

    @Test("With MQTT 3.1.1 Mosquitto's defaults also make every batch one of 20")
    func defaultsOldProtocol() throws {
        let server = try MosquittoServer(.defaults())
        var settings = MQTTSettings.test(server.port)
        settings.protocols = .onlyV311
        let warnings = try BrokerInspection.warnings(about: settings)
        #expect(subjects(warnings) == [.inflight, .queue, .persistence])
        #expect(warnings[0].finding.contains("at most 20 messages"))
    }

    @Test("Limits that the broker tells in its answer are warned about")
    func limits() throws {
        let server = try MosquittoServer(
            .deployed(besides: ["max_keepalive 30", "max_packet_size 100000", "retain_available false"])
        )
        let warnings = try BrokerInspection.warnings(about: .test(server.port))
        #expect(Set(subjects(warnings)) == [.keepAlive, .packetSize, .retained, .persistence])
    }

    @Test("It leaves nothing behind")
    func cleans() throws {
        let server = try MosquittoServer()
        _ = try BrokerInspection.warnings(about: .test(server.port))
        let intake = makeIntake(.test(server.port), ["vigie/check/#"])
        _ = try intake.connect()
        let publisher = makePublisher(.test(server.port))
        #expect(try intake.rest(publisher, topic: "vigie/check/end") == [])
        var probeSettings = MQTTSettings.test(server.port)
        probeSettings.clientID += "-check-\(getpid())-subscriber"
        let probe = try BrokerProbe(probeSettings, version: .v5, keepsSession: true)
        #expect(try probe.answer().sessionPresent == false)
    }
}
