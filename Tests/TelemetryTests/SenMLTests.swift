import Foundation
import Testing
import Units

@testable import Telemetry

@Suite("SenML (RFC 8428)")
struct SenMLTests {
    /// One record of a `.resolved.json`.
    struct Resolved: Decodable {
        var n: String
        var u: String?
        var t: Double
        var v: Double?
        var vs: String?
        var vb: Bool?

        /// What the generator of the resolved files took for now, where it stands in them.
        var isNow: Bool { t == 1_498_780_179 || t == 1_499_109_309 }
    }

    static func fixture(_ name: String) throws -> [UInt8] { try Decoding.fixture("payloads/senml/\(name)") }

    /// Name, value and unit as a text, and the time, for both sides of a comparison.
    static func line(_ value: DecodedValue) -> String {
        "\(value.name) \(value.value) \(value.unit) \(value.clock == .arrival ? "now" : "\(value.at)")"
    }

    static func line(_ record: Resolved) -> String {
        let value: DecodedValue.Value =
            record.v.map { .number($0) } ?? record.vs.map { .text($0) } ?? .flag(record.vb ?? false)
        let at = Moment(microseconds: Int64((record.t * 1e6).rounded()))
        return "\(record.n) \(value) \(record.u ?? "") \(record.isNow ? "now" : "\(at)")"
    }

    @Test("Every example of the standard is resolved as the standard's own files say", arguments: 1...12)
    func examples(number: Int) throws {
        let decoded = Decoding(SenMLJSONDecoder(), try Self.fixture("ex\(number).json"))
        var expected = try JSONDecoder().decode(
            [Resolved].self,
            from: Data(try Self.fixture("ex\(number).resolved.json"))
        ).map(Self.line)
        // Data values were left out where the resolved files were made.
        if number == 7 {
            expected.append(
                "urn:dev:ow:10e2073a01080063:nfv-reader \(DecodedValue.Value.text("aGkgCg"))  now"
            )
        }
        #expect(decoded.problem == nil)
        #expect(decoded.values.map(Self.line) == expected)
        #expect(decoded.omissions == (number == 8 ? ["l: no field of the format"] : []))
    }

    @Test("The last example, which has no resolved file, has two times a tenth of a second apart")
    func lastExample() throws {
        let decoded = Decoding(SenMLJSONDecoder(), try Self.fixture("ex13.json"))
        let times = decoded.values.map { $0.at.microseconds - 1_320_078_429_000_000 }
        #expect(times == [0, 0, 100_000, 100_000])
        #expect(decoded.values.map(\.value) == [.number(0.5), .number(0.5), .number(0), .number(0)])
        #expect(decoded.values.map(\.unit) == ["/", "/", "/", "/"])
    }

    @Test("In CBOR the same packs say the same", arguments: [3, 5])
    func cbor(number: Int) throws {
        let binary = Decoding(SenMLCBORDecoder(), try Self.fixture("ex\(number).cbor"))
        let json = Decoding(SenMLJSONDecoder(), try Self.fixture("ex\(number).json"))
        #expect(binary.problem == nil)
        #expect(binary.values == json.values)
        #expect(binary.values.count > 6)
    }

    @Test("The subject is the base name without its last separator")
    func subjects() {
        let decoded = Decoding(
            SenMLJSONDecoder(),
            #"[{"bn":"urn:dev:mac:1:","n":"t","v":1},{"bn":"a/b/","n":"t","v":2},{"bn":"","n":"t","v":3}]"#
        )
        #expect(decoded.values.map(\.subject) == ["urn:dev:mac:1", "a/b", ""])
        #expect(decoded.values.map(\.name) == ["urn:dev:mac:1:t", "a/b/t", "t"])
    }

    @Test("The field of a reading is its name without its subject")
    func fields() throws {
        var readings = DecodedReadings()
        func field(_ subject: String, _ name: String) throws -> String {
            readings.begin(arrivedAt: Decoding.arrival)
            readings.subject = readings.intern(subject)
            readings.append(readings.intern(name), 1)
            return readings.text(readings.field(of: try #require(readings.items.first)))
        }
        #expect(try field("urn:dev:ow:1", "urn:dev:ow:1:voltage") == "voltage")
        #expect(try field("a/b", "a/b/c.d") == "c.d")
        #expect(try field("urn:dev:ow:1", "urn:dev:ow:1") == "urn:dev:ow:1")
        #expect(try field("urn:dev:ow:1", "urn:dev:ow:12") == "urn:dev:ow:12")
        #expect(try field("urn:dev:ow:1", "urn:dev:ow:1:") == "urn:dev:ow:1:")
        #expect(try field("m2", "temperature") == "temperature")
        #expect(try field("", "temperature") == "temperature")
    }

    @Test("Times count from the arrival up to 2²⁸ seconds and from 1970 on from there")
    func times() {
        func time(_ record: String) -> (Int64, DecodedReadings.Clock)? {
            Decoding(SenMLJSONDecoder(), "[{\"n\":\"a\",\"v\":1\(record)}]").values.first.map {
                ($0.at.microseconds - Decoding.arrival.microseconds, $0.clock)
            }
        }
        let before: (String) -> Int64? = { time($0)?.0 }
        #expect(before("") == 0)
        #expect(before(#","t":0"#) == 0)
        #expect(before(#","t":-2.5"#) == -2_500_000)
        #expect(before(#","t":30"#) == 30_000_000)
        #expect(before(#","bt":-10,"t":4"#) == -6_000_000)
        #expect(before(#","bt":1767598200,"t":62"#) == 0)
        #expect(before(#","t":1767598261"#) == -1_000_000)
        #expect(time(#","t":-5"#)?.1 == .arrival)
        #expect(time(#","t":1767598261"#)?.1 == .device)
    }

    @Test(
        "A clock that was never set counts as no time",
        arguments: ["268435456", "1e18", "-1e300", "1e300"]
    )
    func brokenClock(time: String) {
        let decoded = Decoding(SenMLJSONDecoder(), "[{\"n\":\"a\",\"v\":1,\"t\":\(time)}]")
        #expect(decoded.values == [DecodedValue(name: "a", value: .number(1))])
    }

    @Test("Base values and sums are added, and stand in for missing ones")
    func bases() {
        let decoded = Decoding(
            SenMLJSONDecoder(),
            """
            [{"bv":20,"bu":"W","bs":100,"n":"a","v":1.5},{"n":"b","s":5},{"n":"c"},{"n":"d","vb":true},
             {"n":"e","v":1,"s":2,"u":"kW","ut":60},{"bn":"x","bv":0}]
            """
        )
        #expect(
            decoded.values == [
                DecodedValue(name: "a", value: .number(21.5), unit: "W"),
                DecodedValue(name: "b#sum", value: .number(105), unit: "W.s"),
                DecodedValue(name: "c", value: .number(20), unit: "W"),
                DecodedValue(name: "d", value: .flag(true)),
                DecodedValue(name: "e", value: .number(21), unit: "kW"),
                DecodedValue(name: "e#sum", value: .number(102), unit: "kW.s"),
                DecodedValue(name: "e#updateTime", value: .number(60), unit: "s", quality: .network),
            ]
        )
    }

    @Test(
        "A pack that the standard forbids is refused with its reason",
        arguments: [
            (#"{"n":"a","v":1}"#, "wrong type"), ("[1]", "wrong type"),
            (#"[{"n":"a","v":"1"}]"#, "wrong type"),
            (#"[{"n":"a","vb":1}]"#, "wrong type"), (#"[{"n":"a","vd":"a b"}]"#, "wrong type"),
            (#"[{"n":"a"}]"#, "field missing"), ("[{}]", "field missing"),
            (#"[{"n":"a","u":"V"}]"#, "field missing"),
            (#"[{"v":1}]"#, "field missing"), (#"[{"n":"-a","v":1}]"#, "out of range"),
            (#"[{"n":"a b","v":1}]"#, "out of range"), (#"[{"bn":":","n":"a","v":1}]"#, "out of range"),
            (#"[{"n":"é","v":1}]"#, "out of range"),
            (#"[{"n":"a","v":1,"vs":"x"}]"#, "field repeated"),
            (#"[{"n":"a","n":"a","v":1}]"#, "field repeated"),
            (#"[{"bver":11,"n":"a","v":1}]"#, "not understood"),
            (#"[{"n":"a","v":1,"x_":2}]"#, "not understood"),
            (#"[{"bver":5,"n":"a","v":1},{"bver":10,"n":"a","v":1}]"#, "out of range"),
            (#"[{"n":"a","v":1},{"bver":5,"n":"a","v":1}]"#, "out of range"),
            (#"[{"bver":0,"n":"a","v":1}]"#, "out of range"), (#"[{"n":"a","v":1}"#, "malformed"),
            (#"[{"n":"a","v":1}]]"#, "malformed"), (#"[{"n":"a","v":1e999}]"#, "malformed"), ("", "empty"),
            ("\u{0}", "malformed"),
        ]
    )
    func refused(pack: String, reason: String) {
        let decoded = Decoding(SenMLJSONDecoder(), pack)
        #expect(decoded.problem?.reason == reason, "\(decoded)")
    }

    @Test("Version 10 may be named again, and unknown fields are named as such")
    func tolerated() {
        let decoded = Decoding(
            SenMLJSONDecoder(),
            #"[{"bver":10,"n":"a","v":1,"x":{"y":[1]}},{"bver":10,"n":"b","v":2}]"#
        )
        #expect(decoded.values.map(\.name) == ["a", "b"])
        #expect(decoded.omissions == ["x: no field of the format"])
        #expect(Decoding(SenMLJSONDecoder(), "[]").values.isEmpty)
    }

    @Test("In CBOR numbers may be decimal fractions, data are bytes, and lists may be endless")
    func cborForms() {
        // [_ {0: "a", 2: 4([-2, 2350])}, {0: "b", 8: h'68690a'}, {0: "c", 2: 1.5_1}]
        let pack = Decoding.bytes(
            hex: "9f a2 00 6161 02 c4 82 21 19092e a2 00 6162 08 43 68690a a2 00 6163 02 f93e00 ff"
        )
        #expect(
            Decoding(SenMLCBORDecoder(), pack).values == [
                DecodedValue(name: "a", value: .number(23.5)), DecodedValue(name: "b", value: .text("aGkK")),
                DecodedValue(name: "c", value: .number(1.5)),
            ]
        )
        // [{0: "a", 2: NaN}]
        #expect(
            Decoding(SenMLCBORDecoder(), Decoding.bytes(hex: "81 a2 00 6161 02 f97e00")).problem?.reason
                == "out of range"
        )
    }

    @Test("A base name repeated without end is refused at the limit, not multiplied")
    func multiplied() {
        let name = String(repeating: "a", count: 100_000)
        let records = (0..<5_000).map { "{\"n\":\"\($0)\",\"v\":1}" }.joined(separator: ",")
        let decoded = Decoding(SenMLJSONDecoder(), "[{\"bn\":\"\(name)\",\"n\":\"x\",\"v\":1},\(records)]")
        #expect(decoded.problem?.reason == "too many")
        let many = (0...DecodedReadings.itemLimit).map { _ in #"{"v":1}"# }.joined(separator: ",")
        #expect(Decoding(SenMLJSONDecoder(), "[{\"bn\":\"a\"},\(many)]").problem?.reason == "too many")
    }

    @Test("Damaged packs are refused or say less", arguments: [3, 5, 7, 8])
    func damage(number: Int) throws {
        Decoding.checkDamage(SenMLJSONDecoder(), try Self.fixture("ex\(number).json"), seed: UInt64(number))
        guard number < 6 else { return }
        Decoding.checkDamage(SenMLCBORDecoder(), try Self.fixture("ex\(number).cbor"), seed: UInt64(number))
    }
}
