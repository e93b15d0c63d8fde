import Foundation
import TestSupport
import Testing

@testable import Telemetry

@Suite("Any bytes at all")
struct RandomPayloadTests {
    static let seeds = [
        #"{"whole":-42,"number":3.25,"flag":true,"time":"2026-01-05T07:31:02.120Z","name":"A7","doors":"closed"}"#,
        #"{"position":{"height":2.5,"a":{"deep":7}},"samples":[[1,-2,1000],[0,0,-999.6]],"x":[{"y":null}]}"#,
        #"{"seconds":1767598262.5,"milliseconds":1767598262120,"n\u0061me":"a\"b\\c\ud83d\ude00","é":"ü"}"#,
    ]

    @Test("Changed payloads are read or refused, and what is read is JSON to Foundation as well")
    func mutations() throws {
        var dice = Dice(seed: 51)
        let decoder = PayloadDecoder(Everything.layout())
        var read = 0
        for _ in 0..<60_000 {
            var bytes = [UInt8](dice.pick(Self.seeds).utf8)
            for _ in 0..<dice.below(3) {
                let place = dice.below(bytes.count)
                switch dice.below(4) {
                case 0: bytes[place] = UInt8(dice.below(256))
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(dice.pick([UInt8]("{}[]\",:\\u0e-.19 \n".utf8)), at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + dice.below(9)))
                }
                if bytes.isEmpty { bytes = [UInt8(ascii: "{")] }
            }
            guard (try? Everything.decode(bytes, decoder)) != nil else { continue }
            read += 1
            // Foundation refuses members with the same name in places; everything else must agree.
            let isJSON = (try? JSONSerialization.jsonObject(with: Data(bytes))) != nil
            #expect(isJSON, "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(read > 10_000)
    }

    @Test("A payload that is not UTF-8 is refused wherever the broken byte stands")
    func notUTF8() {
        let payload = [UInt8](Self.seeds[0].utf8)
        let decoder = PayloadDecoder(Everything.layout())
        for place in payload.indices {
            for broken in [0x80, 0xC0, 0xFF] as [UInt8] {
                var bytes = payload
                bytes[place] = broken
                #expect(throws: DecodeProblem.notUTF8) { try Everything.decode(bytes, decoder) }
            }
        }
        for overlong in [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]]
            as [[UInt8]]
        {
            let bytes = [UInt8](#"{"name":""#.utf8) + overlong + [UInt8](#""}"#.utf8)
            #expect(throws: DecodeProblem.notUTF8) { try Everything.decode(bytes, decoder) }
        }
    }
}
