import Testing
import Units

@testable import Telemetry

@Suite("CloudEvents")
struct CloudEventsTests {
    /// The attributes that an event must have, in JSON.
    static let attributes = #""specversion":"1.0","id":"1","source":"/meters/7","type":"reading""#

    static func event(_ rest: String) -> Decoding {
        Decoding(CloudEventsDecoder(), "{\(attributes)\(rest)}")
    }

    static func binary(_ payload: [UInt8], _ properties: [(String, String)]) -> Decoding {
        var decoder = CloudEventsDecoder()
        let all =
            [("specversion", "1.0"), ("id", "1"), ("source", "/meters/7"), ("type", "reading")] + properties
        return Decoding(&decoder, payload, properties: all.map { (name: $0.0, value: $0.1) })
    }

    /// The readings but for the one of the event's type.
    static func values(_ decoded: Decoding) -> [DecodedValue] {
        #expect(decoded.problem == nil)
        #expect(decoded.values.first?.name == "ce_type" && decoded.values.first?.value == .text("reading"))
        return Array(decoded.values.dropFirst())
    }

    @Test("Data in JSON are readings of the event's time and subject, wherever they stand")
    func structured() {
        let at = Decoding.arrival - .seconds(2)
        let expected = [
            DecodedValue(subject: "meter-7", name: "flow", value: .number(1.5), at: at, clock: .device),
            DecodedValue(subject: "meter-7", name: "battery.low", value: .flag(true), at: at, clock: .device),
        ]
        let data = #","data":{"flow":1.5,"battery":{"low":true}}"#
        let rest =
            #","subject":"meter-7","time":"2026-01-05T07:31:00Z","datacontenttype":"application/json","x":{"y":1}"#
        #expect(Self.values(Self.event(data + rest)) == expected)
        #expect(Self.values(Self.event(rest + data)) == expected)
    }

    @Test(
        "Without a subject the source counts, without a time the arrival, without a type of data they are JSON"
    )
    func defaults() {
        #expect(
            Self.values(Self.event(#","data":7"#)) == [
                DecodedValue(subject: "/meters/7", name: "data", value: .number(7))
            ]
        )
        #expect(Self.values(Self.event(#","time":null,"data":[true]"#)).map(\.name) == ["0"])
        #expect(Self.values(Self.event("")).isEmpty)
    }

    @Test("The type of the data chooses their decoder")
    func types() {
        func names(_ type: String, _ data: String) -> [String] {
            Self.values(Self.event(#","time":"2026-01-05T07:31:00Z","datacontenttype":"\#(type)",\#(data)"#))
                .map {
                    "\($0.subject)|\($0.name)|\($0.value)|\(Decoding.arrival.since($0.at).inSeconds)"
                }
        }
        func line(_ subject: String, _ name: String, _ value: DecodedValue.Value, _ seconds: Double = 2)
            -> [String]
        {
            ["\(subject)|\(name)|\(value)|\(seconds)"]
        }
        #expect(
            names("application/senml+json", #""data":[{"bn":"a/","n":"b","v":1,"t":-1}]"#)
                == line("a", "a/b", .number(1), 3)
        )
        #expect(
            names("Application/SenML+CBOR; x=1", #""data_base64":"gaIAYWECAQ==""#)
                == line("/meters/7", "a", .number(1))
        )
        #expect(names("application/cbor", #""data_base64":"oWFhAQ==""#) == line("/meters/7", "a", .number(1)))
        #expect(names("application/vnd.acme+json", #""data":{"a":1}"#) == line("/meters/7", "a", .number(1)))
        #expect(names("text/csv", #""data":"a\n1\n""#) == line("/meters/7", "a", .number(1)))
        #expect(
            names("application/json", #""data_base64":"eyJhIjoxfQ==""#) == line("/meters/7", "a", .number(1))
        )
        #expect(names("text/plain", #""data":"21.5 V""#) == line("/meters/7", "t", .number(21.5)))
        #expect(
            names("application/vnd.influx.line-protocol", #""data":"m a=1""#)
                == line("/meters/7", "m.a", .number(1))
        )
        #expect(
            names("application/vnd.influx.line-protocol", #""data":"m,at=roof a=1\nm b=2""#)
                == line("at=roof", "m.a", .number(1)) + line("/meters/7", "m.b", .number(2))
        )
    }

    @Test("Attributes as user properties leave the payload to the data")
    func binary() {
        let json = Self.binary(
            [UInt8](#"{"a":1}"#.utf8),
            [("subject", "s"), ("time", "2026-01-05T07:31:00Z")]
        )
        #expect(
            Self.values(json)
                == [
                    DecodedValue(
                        subject: "s",
                        name: "a",
                        value: .number(1),
                        at: Decoding.arrival - .seconds(2),
                        clock: .device
                    )
                ]
        )
        let cbor = Self.binary(
            Decoding.bytes(hex: "a1616101"),
            [("content-type", "application/cbor"), ("traceparent", "x")]
        )
        #expect(Self.values(cbor).map(\.name) == ["a"])
        #expect(Self.values(Self.binary([], [])).isEmpty)
    }

    @Test("A batch is events one after the other, each with its own time and subject")
    func batch() {
        let first = "{\(Self.attributes),\"subject\":\"s\",\"time\":\"2026-01-05T07:31:00Z\",\"data\":1}"
        let decoded = Decoding(CloudEventsDecoder(), "[\(first),{\(Self.attributes),\"data\":2}]")
        #expect(decoded.values.map(\.subject) == ["s", "s", "/meters/7", "/meters/7"])
        #expect(decoded.values.map(\.clock) == [.device, .device, .arrival, .arrival])
    }

    @Test(
        "Events of another form are refused",
        arguments: [
            ("{}", "field missing"), (#"{"specversion":"1.0"}"#, "field missing"),
            (#"{"specversion":"2.0"}"#, "not understood"),
            (#"{"specversion":1}"#, "wrong type"),
            (#"{"specversion":"1.0","id":"","source":"s","type":"t"}"#, "field missing"),
            (#"{"specversion":"1.0","id":"1","source":"s"}"#, "field missing"), ("7", "wrong type"),
            ("[7]", "wrong type"),
            ("{\(attributes),\"time\":\"yesterday\"}", "wrong type"),
            ("{\(attributes),\"time\":7}", "wrong type"),
            ("{\(attributes),\"data\":1,\"data_base64\":\"AA==\"}", "field repeated"),
            ("{\(attributes),\"data_base64\":\"A\"}", "wrong type"),
            ("{\(attributes),\"data_base64\":\"A*==\"}", "wrong type"),
            ("{\(attributes),\"datacontenttype\":\"image/png\",\"data_base64\":\"AA==\"}", "not understood"),
            ("{\(attributes),\"datacontenttype\":\"text/csv\",\"data\":{}}", "wrong type"),
            (
                "{\(attributes),\"datacontenttype\":\"application/cbor\",\"data_base64\":\"/w==\"}",
                "malformed"
            ),
            ("{\(attributes),\"data\":1,\"data\":2}", "field repeated"), ("{\(attributes)}x", "malformed"),
            ("", "empty"),
        ]
    )
    func refused(event: String, reason: String) {
        #expect(Decoding(CloudEventsDecoder(), event).problem?.reason == reason, "\(event)")
    }

    @Test("Base64 of either alphabet is read, and what is written is read back")
    func base64() {
        func decode(_ text: String) -> [UInt8]? {
            var bytes: [UInt8] = []
            return [UInt8](text.utf8).withUnsafeBytes { Base64.decode($0, to: &bytes) } ? bytes : nil
        }
        for (text, bytes) in [
            ("", []), ("Zg==", [102]), ("Zg", [102]), ("Zm8=", [102, 111]), ("Zm9v", [102, 111, 111]),
            ("-_8", [251, 255]), ("+/8=", [251, 255]),
        ] as [(String, [UInt8])] {
            #expect(decode(text) == bytes, "\(text)")
        }
        for text in ["Z", "Zg=", "Zg===", "Zh==", "Zm9=", "=", "Zm9v=", "Z g=", "Zm9vZ"] {
            #expect(decode(text) == nil, "\(text)")
        }
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + count) }
            var text: [UInt8] = []
            bytes.withUnsafeBytes { Base64.encode($0, to: &text) }
            #expect(decode(String(decoding: text, as: UTF8.self)) == bytes)
        }
    }

    @Test("Damaged events are refused or say less")
    func damage() {
        let event =
            "{\(Self.attributes),\"time\":\"2026-01-05T07:31:00Z\",\"data\":{\"a\":1.5,\"b\":[true,\"x\"]}}"
        Decoding.checkDamage(CloudEventsDecoder(), [UInt8](event.utf8), seed: 12)
        let cbor =
            "{\(Self.attributes),\"datacontenttype\":\"application/cbor\",\"data_base64\":\"oWFhAQ==\"}"
        Decoding.checkDamage(CloudEventsDecoder(), [UInt8](cbor.utf8), seed: 13)
    }
}
