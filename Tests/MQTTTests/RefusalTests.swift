import Telemetry
import TestSupport
import Testing
import Units

@testable import MQTT

@Suite("A broker that says no", .serialized, .timeLimit(.minutes(2)))
struct RefusalTests {
    @Test(
        "Bad credentials end it, and are not tried again",
        arguments: [ProtocolPreference.newest, .onlyV311]
    )
    func badCredentials(protocols: ProtocolPreference) throws {
        let folder = try TestFolder()
        let made = try ServerProcess(
            "/usr/bin/mosquitto_passwd",
            ["-b", "-c", folder.path("passwords"), "vigie", "right"],
            output: folder.url.appendingPathComponent("passwd.log")
        )
        while made.isRunning { Monotonic.sleep(.milliseconds(5)) }
        let server = try MosquittoServer(
            .defaults(besides: ["allow_anonymous false", "password_file {folder}/passwords"]),
            folder: folder
        )
        var settings = MQTTSettings.test(server.port)
        settings.protocols = protocols
        settings.user = "vigie"
        settings.password = Secret("wrong")
        let intake = makeIntake(settings)
        let error = #expect(throws: MQTTError.self) { try intake.connect() }
        let text = "\(try #require(error))"
        #expect(text.contains("refused the connection: "))
        #expect(text.contains("; not retrying; check "))
        #expect(!text.contains("wrong") && !text.contains("vigie"))
        #expect(throws: MQTTError.self) { try intake.connect() }

        settings.password = Secret("right")
        #expect(try makeIntake(settings).connect().connections == [.new])
    }

    @Test("A broker without MQTT 5 is spoken to in 3.1.1, with a session that is kept")
    func fallback() throws {
        var behaviour = StandInBroker.Behaviour()
        behaviour.refusesV5 = true
        behaviour.messages = 3
        let broker = try StandInBroker(behaviour)
        defer { broker.stop() }
        let intake = makeIntake(.test(broker.port))
        let story = try intake.run { $0.messages.count == 3 && !$0.versions.isEmpty }
        #expect(story.errors.map(\.next) == [.olderProtocol])
        #expect(
            "\(story.errors[0])".hasSuffix(
                "refused the connection: it does not speak this version of MQTT (code 132); trying MQTT 3.1.1 now"
            )
        )
        #expect(story.versions == [.v311])
        #expect(broker.seen.levels == [5, 4])
        #expect(broker.seen.cleanSessions == [false, false])
    }

    @Test("A refused subscription is named, and the others go on")
    func refusedSubscription() throws {
        var behaviour = StandInBroker.Behaviour()
        behaviour.grant = { $0 == "secret/#" ? 135 : $0 == "weak/#" ? 0 : 1 }
        let broker = try StandInBroker(behaviour)
        defer { broker.stop() }
        let memory = MemoryInMemory()
        let intake = makeIntake(.test(broker.port), ["open/#", "secret/#", "weak/#"], memory: memory)
        let story = try intake.run { !$0.errors.isEmpty }
        let text = "\(story.errors[0])"
        #expect(text.contains(#"refused 2 of our subscriptions: "secret/#": not authorised (code 135)"#))
        #expect(text.contains(#""weak/#": only with QoS 0"#))
        #expect(intake.isSubscribed)
        #expect(memory.filters == ["open/#", "weak/#"])
    }

    @Test("A filter that MQTT does not know is refused before anything is sent")
    func malformedFilter() throws {
        let server = try MosquittoServer()
        let intake = makeIntake(.test(server.port), ["t/#/x"])
        let error = #expect(throws: MQTTError.self) { try intake.connect() }
        #expect("\(try #require(error))".contains(#"the topic filter "t/#/x""#))
    }

    @Test("Nobody there: it says so, waits longer each time, and connects when the broker comes")
    func unreachable() throws {
        let server = try MosquittoServer()
        server.stop()
        let intake = makeIntake(.test(server.port))
        let story = try intake.run { $0.errors.count == 2 }
        #expect("\(story.errors[0])".contains("cannot be reached: connection refused; retrying in "))
        #expect("\(story.errors[1])".hasSuffix("(attempt 2)"))
        try server.start()
        #expect(try intake.connect().connections == [.new])
    }
}
