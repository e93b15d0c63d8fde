import Testing

@testable import Telemetry

@Suite("Any JSON as readings")
struct JSONDocumentTests {
    @Test("Members and elements are readings under their paths")
    func paths() {
        let decoded = Decoding(
            JSONDocumentDecoder(),
            #"{"t":21.5,"a":{"b":{"c":true}},"l":[1,[2,{"d":"x"}]],"n":null,"e\u0301":"\u00e9","none":{},"empty":[]}"#
        )
        #expect(
            decoded.values == [
                DecodedValue(name: "t", value: .number(21.5)),
                DecodedValue(name: "a.b.c", value: .flag(true)),
                DecodedValue(name: "l.0", value: .number(1)), DecodedValue(name: "l.1.0", value: .number(2)),
                DecodedValue(name: "l.1.1.d", value: .text("x")),
                DecodedValue(name: "e\u{301}", value: .text("\u{e9}")),
            ]
        )
        #expect(decoded.omissions == ["n: null"])
    }

    @Test("A payload that is a single value is called value")
    func single() {
        #expect(
            Decoding(JSONDocumentDecoder(), " -3.5 ").values == [
                DecodedValue(name: "value", value: .number(-3.5))
            ]
        )
        #expect(Decoding(JSONDocumentDecoder(), "[7]").values == [DecodedValue(name: "0", value: .number(7))])
    }

    @Test(
        "What is not JSON is refused",
        arguments: ["", "{", "{}x", "nul", "{\"a\":1,}", "[1", "\u{FEFF}{}", "'a'"]
    )
    func refused(text: String) {
        #expect(Decoding(JSONDocumentDecoder(), text).problem != nil)
    }

    @Test("More readings than a message may have are refused, as many as it may are taken")
    func limit() {
        func list(_ count: Int) -> String {
            "[\([String](repeating: "1", count: count).joined(separator: ","))]"
        }
        #expect(
            Decoding(JSONDocumentDecoder(), list(DecodedReadings.itemLimit)).values.count
                == DecodedReadings.itemLimit
        )
        #expect(
            Decoding(JSONDocumentDecoder(), list(DecodedReadings.itemLimit + 1)).problem
                == .tooMany(what: "readings", limit: 16_384)
        )
    }

    @Test("A long name over many values is refused at the limit")
    func longNames() {
        let name = String(repeating: "a", count: 500_000)
        let members = (0..<10_000).map { "\"\($0)\":1" }.joined(separator: ",")
        #expect(
            Decoding(JSONDocumentDecoder(), "{\"\(name)\":{\(members)}}").problem
                == .tooMany(what: "bytes of names and texts", limit: 4 << 20)
        )
    }

    @Test("Omissions beyond the first are counted, not kept")
    func omissions() {
        let nulls = (0..<1_000).map { "\"\($0)\":null" }.joined(separator: ",")
        let decoded = Decoding(JSONDocumentDecoder(), "{\(nulls)}")
        #expect(decoded.omissions.count == DecodedReadings.omissionLimit)
        #expect(decoded.problem == nil)
    }

    @Test("A damaged payload is refused or says less")
    func damage() {
        for (index, seed) in RandomPayloadTests.seeds.enumerated() {
            Decoding.checkDamage(JSONDocumentDecoder(), [UInt8](seed.utf8), seed: UInt64(index))
        }
    }
}
