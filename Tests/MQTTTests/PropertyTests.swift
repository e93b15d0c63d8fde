import Foundation
import Telemetry
import TestSupport
import Testing
import Units

@testable import MQTT

@Suite("Properties of MQTT 5 messages", .serialized, .timeLimit(.minutes(2)))
struct PropertyTests {
    private let event = [
        MessageProperty(name: "content-type", value: "application/json"),
        MessageProperty(name: "specversion", value: "1.0"),
        MessageProperty(name: "note", value: "ascenseur à l'arrêt 🛗"),
        MessageProperty(name: "note", value: ""),
    ]

    @Test("What another client says beside its payload reaches the journal; a message without says nothing")
    func fromAnotherClient() throws {
        let server = try MosquittoServer()
        let intake = makeIntake(.test(server.port))
        _ = try intake.connect()
        let folder = try TestFolder()
        let client = try ServerProcess(
            "/usr/bin/mosquitto_pub",
            [
                "-p", "\(server.port)", "-V", "5", "-q", "1", "-t", "t/event", "-m", #"{"a":1}"#,
                "-D", "publish", "content-type", "application/json",
                "-D", "publish", "user-property", "specversion", "1.0",
                "-D", "publish", "user-property", "note", "ascenseur à l'arrêt 🛗",
                "-D", "publish", "user-property", "note", "",
                "-D", "publish", "message-expiry-interval", "60",
            ],
            output: folder.url.appendingPathComponent("client")
        )
        for _ in 0..<3000 where client.isRunning { usleep(10_000) }
        let publisher = makePublisher(.test(server.port))
        try publisher.publish(to: "t/plain", "1")
        try publisher.flush()
        let story = try intake.run { $0.messages.count == 2 }
        #expect(story.messages.map(\.topic) == ["t/event", "t/plain"])
        #expect(story.messages.map(\.properties) == [event, []])
        #expect(intake.statistics.propertiesLeftOut == 0)
    }

    @Test("What is published comes back as it was, retained too, with a name twice and an empty text")
    func published() throws {
        let server = try MosquittoServer()
        let publisher = makePublisher(.test(server.port))
        let twice = event + [MessageProperty(name: "content-type", value: "said again")]
        try publisher.publish(to: "t/1", "x", retained: true, properties: twice)
        try publisher.flush()
        let intake = makeIntake(.test(server.port))
        let story = try intake.run { $0.messages.count == 1 }
        #expect(story.messages[0].properties == twice)
        #expect(story.messages[0].flags == [.qos1, .retained])
    }

    @Test("With MQTT 3.1.1 on either side messages go on without properties", arguments: [true, false])
    func oldProtocol(isSubscriberOld: Bool) throws {
        let server = try MosquittoServer()
        var old = MQTTSettings.test(server.port)
        old.protocols = .onlyV311
        let intake = makeIntake(isSubscriberOld ? old : .test(server.port))
        _ = try intake.connect()
        let publisher = makePublisher(isSubscriberOld ? .test(server.port) : old)
        try publisher.publish(to: "t/1", "x", properties: event)
        try publisher.flush()
        let story = try intake.run { $0.messages.count == 1 }
        #expect(story.payloads == ["x"])
        #expect(story.messages[0].properties == [])
    }

    @Test("Beyond a limit the message goes on, and what it lost is counted")
    func limits() throws {
        let server = try MosquittoServer()
        let intake = makeIntake(.test(server.port))
        _ = try intake.connect()
        let publisher = makePublisher(.test(server.port))
        let many = (0..<70).map { MessageProperty(name: "p\($0)", value: "v") }
        let large = MessageProperty(
            name: "large",
            value: String(repeating: "v", count: PropertyBlock.byteLimit)
        )
        try publisher.publish(to: "t/1", "many", properties: many)
        try publisher.publish(to: "t/2", "large", properties: [large, event[0]])
        try publisher.publish(to: "t/3", "none")
        try publisher.flush()
        let story = try intake.run { $0.messages.count == 3 }
        #expect(story.payloads == ["many", "large", "none"])
        #expect(story.messages.map(\.properties) == [Array(many.prefix(64)), [event[0]], []])
        #expect(intake.statistics.propertiesLeftOut == 7)
    }

    @Test("A text that would be cut on the way is refused without harm to the connection")
    func cutText() throws {
        let server = try MosquittoServer()
        let publisher = makePublisher(.test(server.port))
        for property in [MessageProperty(name: "a", value: "b\0c"), MessageProperty(name: "a\0", value: "b")]
        {
            let error = #expect(throws: MQTTError.self) {
                try publisher.publish(to: "t/1", "x", properties: [property])
            }
            #expect("\(try #require(error))".contains("cannot be sent this message"))
        }
        try publisher.publish(to: "t/1", "x")
        try publisher.flush()
    }
}
