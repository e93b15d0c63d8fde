import Testing
import Units

@testable import MQTT

@Suite("What the broker's errors and settings say")
struct TextTests {
    private func error(_ cause: MQTTError.Cause, _ next: MQTTError.Next) -> String {
        MQTTError(broker: "mqtt.internal:8883", cause: cause, next: next).description
    }

    @Test("Errors say where, what, and what happens next")
    func errors() {
        #expect(
            error(.refused(Refusal(code: 5)), .giveUp)
                == "MQTT broker mqtt.internal:8883 refused the connection: not authorised (code 5); "
                + "not retrying; check what the broker's access list allows this user"
        )
        #expect(
            error(.lost("connection reset"), .retry(after: .seconds(8), attempt: 4))
                == "MQTT broker mqtt.internal:8883 went away: connection reset; retrying in 8 s (attempt 4); "
                + "what is not acknowledged stays with the broker; "
                + "if this goes on, look for another Vigie with the same client id"
        )
        #expect(
            error(.silent(.subscribe, after: .seconds(120)), .retry(after: .milliseconds(730), attempt: 1))
                == "MQTT broker mqtt.internal:8883 did not answer SUBSCRIBE within 120 s; "
                + "retrying in 730 ms (attempt 1)"
        )
        #expect(
            error(.publishRefused(Refusal(code: 135), count: 1), .goOn)
                == "MQTT broker mqtt.internal:8883 refused 1 message of ours: not authorised (code 135)"
        )
    }

    @Test("A password prints neither itself nor its settings")
    func secret() {
        var settings = MQTTSettings(host: "h", clientID: "vigie")
        settings.password = Secret("hunter2")
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!"\(settings) \(dumped) \(String(reflecting: settings))".contains("hunter2"))
    }

    @Test("Spans are written as people write them")
    func spans() {
        #expect(spoken(.milliseconds(40)) == "40 ms")
        #expect(spoken(.milliseconds(1_500)) == "1.5 s")
        #expect(spoken(.seconds(60)) == "60 s")
        #expect(spoken(.days(7)) == "7 d")
    }

    @Test("Every setting that cannot work is named at once")
    func problems() {
        #expect(MQTTSettings(host: "h", clientID: "vigie").problems.isEmpty)
        var settings = MQTTSettings(host: "", port: 0, clientID: "")
        settings.keepAlive = .seconds(20)
        settings.receiveMaximum = 70_000
        settings.password = Secret("x")
        settings.tls = TLSSettings(certificate: "client.crt")
        #expect(settings.problems.count == 7)
        #expect(settings.problems.contains { $0.hasPrefix("the keep-alive is 20 s; expected at least 60 s") })
    }

    @Test("Versions of Mosquitto that stop delivering are known")
    func versions() {
        #expect(BrokerVersion("mosquitto version 2.0.11")?.warning == nil)
        #expect(BrokerVersion("mosquitto version 2.0.14")?.warning?.weight == .losesMessages)
        #expect(BrokerVersion("mosquitto version 2.0.17")?.warning == nil)
        #expect(BrokerVersion("EMQX 5.1") == nil)
    }

    @Test("The plan for subscriptions is the difference to what the session holds")
    func plan() {
        let wanted: Set = ["b", "c"]
        let remembered = SessionSubscriptions(confirmed: ["a", "b"], asked: ["c", "d"])
        func plan(_ resumed: Bool, _ version: ProtocolVersion) -> SubscriptionPlan {
            SubscriptionPlan(wanted: wanted, remembered: remembered, resumed: resumed, version: version)
        }
        #expect(plan(false, .v5).subscribe == ["b", "c"])
        #expect(plan(false, .v5).unsubscribe == [])
        #expect(plan(true, .v5).subscribe == ["b", "c"])
        #expect(plan(true, .v5).unsubscribe == ["a", "d"])
        #expect(plan(true, .v311).subscribe == ["c"])
        #expect(plan(true, .v311).unsubscribe == ["a", "d"])
        #expect(plan(true, .v311).meanwhile.confirmed == ["b"])
        #expect(plan(true, .v311).meanwhile.asked == ["a", "c", "d"])
    }
}
