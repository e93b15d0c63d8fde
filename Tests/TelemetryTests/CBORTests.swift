import TestSupport
import Testing

@testable import Telemetry

@Suite("CBOR (RFC 8949)")
struct CBORTests {
    /// The diagnostic notation of RFC 8949 §8, as far as a cursor can tell: tags are skipped.
    static func describe(_ cbor: inout CBORCursor) throws -> String {
        switch try cbor.kind() {
        case .object:
            try cbor.enterObject()
            var parts: [String] = []
            while let key = try cbor.nextMember() {
                let name = if case .text = key { "\"\(key.words)\"" } else { key.words }
                parts.append("\(name): \(try describe(&cbor))")
            }
            return "{\(parts.joined(separator: ", "))}"
        case .array:
            try cbor.enterArray()
            var parts: [String] = []
            while try cbor.nextElement() { parts.append(try describe(&cbor)) }
            return "[\(parts.joined(separator: ", "))]"
        case .text: return "\"\(String(decoding: try cbor.text().joined, as: UTF8.self))\""
        case .bytes:
            return
                "h'\(try cbor.bytes().joined.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())'"
        case .number: return "\(try cbor.number())"
        case .flag: return "\(try cbor.flag())"
        case .null:
            try cbor.skip()
            return "null"
        case .unknown:
            try cbor.skip()
            return "unknown"
        }
    }

    static func walk<Result>(_ bytes: [UInt8], _ body: (inout CBORCursor) throws -> Result) throws -> Result {
        try bytes.withUnsafeBytes { payload in
            var cbor = try CBORCursor(payload)
            let result = try body(&cbor)
            try cbor.finish()
            return result
        }
    }

    /// Appendix A of RFC 8949, in its order.
    static let appendix: [(hex: String, value: String)] = [
        ("00", "0.0"), ("01", "1.0"), ("0a", "10.0"), ("17", "23.0"), ("1818", "24.0"), ("1819", "25.0"),
        ("1864", "100.0"), ("1903e8", "1000.0"), ("1a000f4240", "1000000.0"),
        ("1b000000e8d4a51000", "1000000000000.0"),
        ("1bffffffffffffffff", "1.8446744073709552e+19"),
        ("c249010000000000000000", "1.8446744073709552e+19"),
        ("3bffffffffffffffff", "-1.8446744073709552e+19"),
        ("c349010000000000000000", "-1.8446744073709552e+19"),
        ("20", "-1.0"), ("29", "-10.0"), ("3863", "-100.0"), ("3903e7", "-1000.0"),
        ("f90000", "0.0"), ("f98000", "-0.0"), ("f93c00", "1.0"), ("fb3ff199999999999a", "1.1"),
        ("f93e00", "1.5"),
        ("f97bff", "65504.0"), ("fa47c35000", "100000.0"), ("fa7f7fffff", "3.4028234663852886e+38"),
        ("fb7e37e43c8800759c", "1e+300"), ("f90001", "5.960464477539063e-08"), ("f90400", "6.103515625e-05"),
        ("f9c400", "-4.0"), ("fbc010666666666666", "-4.1"), ("f97c00", "inf"), ("f97e00", "nan"),
        ("f9fc00", "-inf"),
        ("fa7f800000", "inf"), ("fa7fc00000", "nan"), ("faff800000", "-inf"), ("fb7ff0000000000000", "inf"),
        ("fb7ff8000000000000", "nan"), ("fbfff0000000000000", "-inf"), ("f4", "false"), ("f5", "true"),
        ("f6", "null"),
        ("f7", "null"), ("f0", "unknown"), ("f8ff", "unknown"),
        ("c074323031332d30332d32315432303a30343a30305a", "\"2013-03-21T20:04:00Z\""),
        ("c11a514b67b0", "1363896240.0"),
        ("c1fb41d452d9ec200000", "1363896240.5"), ("d74401020304", "h'01020304'"),
        ("d818456449455446", "h'6449455446'"),
        ("d82076687474703a2f2f7777772e6578616d706c652e636f6d", "\"http://www.example.com\""), ("40", "h''"),
        ("4401020304", "h'01020304'"), ("60", "\"\""), ("6161", "\"a\""), ("6449455446", "\"IETF\""),
        ("62225c", "\"\"\\\""),
        ("62c3bc", "\"\u{fc}\""), ("63e6b0b4", "\"\u{6c34}\""), ("64f0908591", "\"\u{10151}\""), ("80", "[]"),
        ("83010203", "[1.0, 2.0, 3.0]"), ("8301820203820405", "[1.0, [2.0, 3.0], [4.0, 5.0]]"),
        ("98190102030405060708090a0b0c0d0e0f101112131415161718181819", oneTo25), ("a0", "{}"),
        ("a201020304", "{1: 2.0, 3: 4.0}"), ("a26161016162820203", "{\"a\": 1.0, \"b\": [2.0, 3.0]}"),
        ("826161a161626163", "[\"a\", {\"b\": \"c\"}]"),
        (
            "a56161614161626142616361436164614461656145",
            "{\"a\": \"A\", \"b\": \"B\", \"c\": \"C\", \"d\": \"D\", \"e\": \"E\"}"
        ),
        ("5f42010243030405ff", "h'0102030405'"), ("7f657374726561646d696e67ff", "\"streaming\""),
        ("9fff", "[]"),
        ("9f018202039f0405ffff", "[1.0, [2.0, 3.0], [4.0, 5.0]]"),
        ("9f01820203820405ff", "[1.0, [2.0, 3.0], [4.0, 5.0]]"),
        ("83018202039f0405ff", "[1.0, [2.0, 3.0], [4.0, 5.0]]"),
        ("83019f0203ff820405", "[1.0, [2.0, 3.0], [4.0, 5.0]]"),
        ("9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff", oneTo25),
        ("bf61610161629f0203ffff", "{\"a\": 1.0, \"b\": [2.0, 3.0]}"),
        ("826161bf61626163ff", "[\"a\", {\"b\": \"c\"}]"),
        ("bf6346756ef563416d7421ff", "{\"Fun\": true, \"Amt\": -2.0}"),
    ]

    private static let oneTo25 = "[\((1...25).map { "\($0).0" }.joined(separator: ", "))]"

    @Test("Every example of appendix A is read, and skipped to its end")
    func appendixA() throws {
        for (hex, value) in Self.appendix {
            let bytes = Decoding.bytes(hex: hex)
            #expect(try Self.walk(bytes, Self.describe) == value, "\(hex)")
            try Self.walk(bytes) { try $0.skip() }
        }
        #expect(Self.appendix.count == 81)
    }

    @Test("Every prefix of every example is refused, read or skipped")
    func prefixes() {
        for (hex, _) in Self.appendix {
            let bytes = Decoding.bytes(hex: hex)
            for count in 0..<bytes.count {
                let part = Array(bytes[..<count])
                #expect(throws: DecodeProblem.self, "\(hex) \(count)") { try Self.walk(part, Self.describe) }
                #expect(throws: DecodeProblem.self, "\(hex) \(count)") {
                    try Self.walk(part) { try $0.skip() }
                }
            }
        }
    }

    @Test("What appendix F calls not well-formed is refused")
    func notWellFormed() {
        let reserved = ["1c", "3d", "5e", "7c", "9d", "be", "dc", "fd"]
        let endless = [
            "1f", "3f", "df", "ff", "81ff", "8200ff", "a1ff", "a100ff", "bf00ff", "a2000000ff", "9f81ff",
            "9f829f819f9fffffffff",
        ]
        let pieces = [
            "5f00ff", "5f21ff", "5f6100ff", "5f80ff", "5fa0ff", "5fc000ff", "5fe0ff", "7f4100ff",
            "5f5f4100ffff", "7f7f6100ffff",
        ]
        let simple = ["f800", "f818", "f81f"]
        let tooLong = [
            "5affffffff00", "5bffffffffffffffff010203", "7affffffff00", "7b7fffffffffffffff010203",
            "9affffffff", "bbffffffffffffffff", "9b7fffffffffffffff00",
        ]
        let trailing = ["0000", "a000"]
        for hex in reserved + endless + pieces + simple + tooLong + trailing {
            let bytes = Decoding.bytes(hex: hex)
            #expect(throws: DecodeProblem.self, "\(hex)") { try Self.walk(bytes, Self.describe) }
            #expect(throws: DecodeProblem.self, "\(hex)") { try Self.walk(bytes) { try $0.skip() } }
        }
    }

    @Test("Decimal fractions and bigfloats are the nearest number")
    func fractions() throws {
        let numbers = [
            "c48221196ab3": 273.15, "c5822003": 1.5, "c4822003": 0.3, "c48202c24103": 300,
            "c482391387c2420101": 0,
            "c4821a7fffffff01": Double.infinity, "c48239270f00": 0,
        ]
        for (hex, value) in numbers {
            #expect(try Self.walk(Decoding.bytes(hex: hex)) { try $0.number() } == value, "\(hex)")
        }
        for hex in ["c480", "c48101", "c4820160", "c483010203", "c49f0102ff"] {
            #expect(throws: DecodeProblem.self, "\(hex)") {
                try Self.walk(Decoding.bytes(hex: hex)) { try $0.number() }
            }
        }
    }

    @Test("Half numbers are those of the formula of the standard, all 65 536 of them")
    func halves() {
        for bits in UInt16.min...UInt16.max {
            let float = Float16(bitPattern: bits)
            let half = CBORHead.half(bits)
            #expect(half.isNaN == float.isNaN && (half.isNaN || half == Double(float)), "\(bits)")
        }
    }

    @Test("64 levels are walked, deeper ones are refused, and a million tags do no harm")
    func nesting() throws {
        func nested(_ depth: Int) -> [UInt8] { [UInt8](repeating: 0x81, count: depth - 1) + [0x80] }
        _ = try Self.walk(nested(64), Self.describe)
        #expect(throws: DecodeProblem.self) { try Self.walk(nested(65), Self.describe) }
        #expect(throws: DecodeProblem.self) { try Self.walk(nested(100_000)) { try $0.skip() } }
        let tags = [UInt8](repeating: 0xC1, count: 1_000_000) + [0x07]
        #expect(try Self.walk(tags, Self.describe) == "7.0")
    }

    @Test("Maps of names to values are readings under their paths, what is no value is named")
    func readings() {
        // {"temperature": 21.5, "open": true, "id": "x", "battery": {"level": 87, 3: -1}, "list": [1, "b"], "raw": h'00',
        //  "gone": null, "bad": NaN, "odd": simple(16)}
        let payload = Decoding.bytes(
            hex: """
                a9 6b74656d7065726174757265 f94d60 646f70656e f5 626964 6178 6762617474657279 a2 656c6576656c 1857 03 20
                646c697374 82 01 6162 63726177 4100 64676f6e65 f6 63626164 f97e00 636f6464 f0
                """
        )
        let decoded = Decoding(CBORDocumentDecoder(), payload)
        #expect(decoded.problem == nil)
        #expect(
            decoded.values == [
                DecodedValue(name: "temperature", value: .number(21.5)),
                DecodedValue(name: "open", value: .flag(true)),
                DecodedValue(name: "id", value: .text("x")),
                DecodedValue(name: "battery.level", value: .number(87)),
                DecodedValue(name: "battery.3", value: .number(-1)),
                DecodedValue(name: "list.0", value: .number(1)),
                DecodedValue(name: "list.1", value: .text("b")),
            ]
        )
        #expect(
            decoded.omissions == [
                "raw: bytes", "gone: null", "bad: not a finite number", "odd: of an unknown type",
            ]
        )
        Decoding.checkDamage(CBORDocumentDecoder(), payload, seed: 3)
    }

    @Test("A payload that is one value is called value, and a key of another kind is refused")
    func odd() {
        #expect(
            Decoding(CBORDocumentDecoder(), [0x18, 0x2A]).values == [
                DecodedValue(name: "value", value: .number(42))
            ]
        )
        #expect(
            Decoding(CBORDocumentDecoder(), Decoding.bytes(hex: "a1800 1")).problem?.reason
                == "not understood"
        )
        #expect(Decoding(CBORDocumentDecoder(), []).problem == .empty)
    }

    @Test("A text that is not UTF-8 is refused, each piece by itself")
    func notUTF8() {
        for hex in ["61ff", "62c328", "7f61c361bcff", "a161ff01"] {
            #expect(Decoding(CBORDocumentDecoder(), Decoding.bytes(hex: hex)).problem == .notUTF8, "\(hex)")
        }
    }
}
