import Foundation
import TestSupport
import Testing

@testable import Telemetry

@Suite("Numbers are exact")
struct NumberTests {
    /// A number as devices and adversaries write it.
    static func text(_ dice: inout Dice) -> String {
        func digits(_ count: Int) -> String {
            String((0..<count).map { _ in Character(String(dice.below(10))) })
        }
        var text = dice.oneIn(3) ? "-" : ""
        text += dice.oneIn(4) ? "0" : "\(1 + dice.below(9))" + digits(dice.below(dice.oneIn(8) ? 40 : 8))
        if dice.oneIn(2) { text += "." + digits(1 + dice.below(dice.oneIn(8) ? 40 : 8)) }
        if dice.oneIn(3) {
            text +=
                dice.pick(["e", "E"]) + dice.pick(["", "+", "-"]) + "\(dice.below(dice.oneIn(10) ? 400 : 30))"
        }
        return text
    }

    @Test("100 000 random numbers are read to the same bits as Foundation reads them")
    func againstFoundation() throws {
        var dice = Dice(seed: 11)
        let decoder = PayloadDecoder(Everything.layout())
        var refused = 0
        for _ in 0..<100_000 {
            let text = Self.text(&dice)
            let expected = strtod(text, nil)
            do {
                let value = try Everything.decode([UInt8]("{\"number\":\(text)}".utf8), decoder).number
                #expect(value.bitPattern == (expected == 0 ? 0 : expected).bitPattern, "\(text)")
            } catch {
                #expect(expected.isInfinite, "\(text): \(error)")
                refused += 1
            }
        }
        #expect(refused > 10 && refused < 5000)
    }

    @Test("Random numbers are read as the JSON parser of Foundation reads them")
    func againstJSONDecoder() throws {
        var dice = Dice(seed: 12)
        let decoder = PayloadDecoder(Everything.layout())
        for _ in 0..<5000 {
            let payload = [UInt8]("{\"number\":\(Double.random(in: -1e6...1e6, using: &dice))}".utf8)
            let expected = try JSONDecoder().decode([String: Double].self, from: Data(payload))
            #expect(try Everything.decode(payload, decoder).number == expected["number"])
        }
    }

    @Test("Negative zero is zero")
    func negativeZero() throws {
        for zero in ["-0", "-0.0", "-0e7", "-0.00000000000000000000000000000", "-1e-400"] {
            let number = try Everything.decode("{\"number\":\(zero)}").number
            #expect(number == 0 && number.sign == .plus, "\(zero)")
        }
        #expect(try Everything.decode(#"{"whole":-0}"#).whole == 0)
    }

    @Test("Whole numbers are exact over the whole range, not only up to 2^53")
    func wholeNumbers() throws {
        var dice = Dice(seed: 13)
        let decoder = PayloadDecoder(Everything.layout())
        let edges = [
            Int.max, Int.min, Int.max - 1, Int.min + 1, 1 << 53, (1 << 53) + 1, 999_999_999_999_999_999,
        ]
        for number in edges
            + (0..<20_000).map({ _ in Int(bitPattern: UInt(dice.next() >> UInt64(dice.below(64)))) })
        {
            #expect(try Everything.decode([UInt8]("{\"whole\":\(number)}".utf8), decoder).whole == number)
        }
        #expect(try Everything.decode(#"{"whole":3.0}"#).whole == 3)
        #expect(try Everything.decode(#"{"whole":-3e2}"#).whole == -300)
        for text in [
            "3.5", "9223372036854775808", "-9223372036854775809", "1e300", "9007199254740993.0", "1e19",
        ] {
            #expect(Everything.problem("{\"whole\":\(text)}")?.reason == "wrong type", "\(text)")
        }
    }

    @Test(
        "What is not a JSON number is refused",
        arguments: [
            "01", "-01", "00", "+1", ".5", "1.", "1.e3", "1e", "1e+", "-", "--1", "0x10", "1_000", "1,5",
            "NaN", "nan",
            "Infinity", "-Infinity", "1e400", "-1e400", "١",
        ]
    )
    func notANumber(text: String) {
        for field in ["number", "whole", "seconds", "unknown"] {
            #expect(Everything.problem("{\"\(field)\":\(text)}") != nil, "\(field)")
        }
    }

    @Test("A value that leaves the range by its unit is refused")
    func scaled() {
        let decoder = PayloadDecoder(Everything.layout(scale: 1000))
        #expect(throws: DecodeProblem.outOfRange(field: "number", expected: "a finite number")) {
            try Everything.decode([UInt8](#"{"number":1e308}"#.utf8), decoder)
        }
    }
}
