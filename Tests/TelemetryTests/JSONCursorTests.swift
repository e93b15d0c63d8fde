import Foundation
import TestSupport
import Testing
import Units

@testable import Telemetry

@Suite("Any JSON, walked from left to right")
struct JSONCursorTests {
    static func walk<Result>(
        _ text: String,
        _ body: (inout JSONCursor) throws -> Result
    ) throws -> Result {
        try walk([UInt8](text.utf8), body)
    }

    static func walk<Result>(
        _ bytes: [UInt8],
        _ body: (inout JSONCursor) throws -> Result
    ) throws -> Result {
        try bytes.withUnsafeBytes { bytes in
            var json = try JSONCursor(bytes)
            let result = try body(&json)
            try json.finish()
            return result
        }
    }

    static func problem(
        _ text: String,
        _ body: (inout JSONCursor) throws -> Void
    ) -> DecodeProblem? {
        do {
            try walk(text, body)
            return nil
        } catch let problem as DecodeProblem {
            return problem
        } catch {
            Issue.record("\(error) is no problem of a payload")
            return nil
        }
    }

    /// All of a value as Swift writes it, so that it can be compared.
    static func describe(_ json: inout JSONCursor) throws -> String {
        switch try json.kind() {
        case .object:
            try json.enterObject()
            var parts: [String] = []
            while let name = try json.nextMember() {
                parts.append("\(String(decoding: name.resolved, as: UTF8.self)):\(try describe(&json))")
            }
            return "{\(parts.joined(separator: " "))}"
        case .array:
            try json.enterArray()
            var parts: [String] = []
            while try json.nextElement() { parts.append(try describe(&json)) }
            return "[\(parts.joined(separator: " "))]"
        case .text: return "'\(String(decoding: try json.text().resolved, as: UTF8.self))'"
        case .number: return "\(try json.number())"
        case .flag: return "\(try json.flag())"
        case .null: return try json.takeNull() ? "null" : "?"
        }
    }

    @Test(
        "Every value is met in its order",
        arguments: [
            ("{}", "{}"), ("[]", "[]"), (" { } ", "{}"), ("[[],{},[{}]]", "[[] {} [{}]]"),
            (
                #"{"a":1,"b":[true,false,null],"c":{"d":"e"},"f":-2.5e1}"#,
                "{a:1.0 b:[true false null] c:{d:'e'} f:-25.0}"
            ),
            (#"{"é\n":"\u00e9\ud83d\ude00\"\\\/\b"}"#, "{é\n:'é😀\"\\/\u{8}'}"),
            ("7", "7.0"), (#""x""#, "'x'"), ("null", "null"),
        ]
    )
    func whole(text: String, expected: String) throws {
        #expect(try Self.walk(text, Self.describe) == expected)
    }

    @Test("What is not read is skipped, and must be JSON as well")
    func unread() throws {
        let names = try Self.walk(#"{"a":{"x":[1,2,{}]},"b":"t","c":[[]],"d":1}"#) {
            json in
            var names: [String] = []
            try json.enterObject()
            while let name = try json.nextMember() { names.append(String(decoding: name.raw, as: UTF8.self)) }
            return names
        }
        #expect(names == ["a", "b", "c", "d"])
        let problem = Self.problem(#"{"a":[1,],"b":1}"#) { json in
            try json.enterObject()
            while try json.nextMember() != nil {}
        }
        #expect(problem?.reason == "malformed")
        #expect(Self.problem("[1,2") { _ in }?.reason == "malformed")
    }

    @Test("A later member can be asked for first, and the cursor stays where it is")
    func bookmarks() throws {
        let text = #"{"first":{"value":1},"value":2,"last":{"deep":{"value":3}}}"#
        let found = try Self.walk(text) { json in
            var deep = try json.value(of: "last")?.value(of: "deep")?.value(of: "value")
            var value = try json.value(of: "value")
            let numbers = [try deep?.number(), try value?.number()]
            #expect(try json.value(of: "nothing") == nil)
            #expect(json.offset == 0)
            return numbers
        }
        #expect(found == [3, 2])
    }

    @Test("A value of another type is named with its member, and no value is repeated")
    func wrongTypes() {
        func read(_ body: (inout JSONCursor) throws -> Void) -> DecodeProblem? {
            Self.problem(#"{"speed":"0612345678"}"#) { json in
                try json.enterObject()
                while try json.nextMember() != nil { try body(&json) }
            }
        }
        let problems = [
            read { json in _ = try json.number() },
            read { json in _ = try json.integer() },
            read { json in _ = try json.flag() },
            read { json in try json.enterObject() },
            read { json in try json.enterArray() },
        ]
        for problem in problems {
            #expect(problem?.reason == "wrong type")
            #expect(problem?.description.contains("\"speed\" at byte 9") == true)
            #expect(problem?.description.contains("0612345678") == false)
        }
    }

    @Test("Whole numbers are exact, and fractions are none")
    func integers() throws {
        #expect(
            try Self.walk("9223372036854775807") { json in try json.integer() } == .max
        )
        #expect(try Self.walk("3e2") { json in try json.integer() } == 300)
        #expect(
            Self.problem("3.5") { json in _ = try json.integer() }
                == .wrongType(field: "the whole payload", expected: "a whole number", offset: 0)
        )
    }

    @Test("64 levels are walked, deeper ones are refused, walked or skipped")
    func nesting() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try Self.walk(nested(64), Self.describe)
        #expect(throws: DecodeProblem.self) { try Self.walk(nested(65), Self.describe) }
        #expect(throws: DecodeProblem.self) {
            try Self.walk(nested(100)) { json in
                for _ in 0..<30 {
                    try json.enterArray()
                    _ = try json.nextElement()
                }
                try json.skip()
            }
        }
        #expect(throws: DecodeProblem.self) { try Self.walk(nested(100_000)) { _ in } }
    }

    @Test("What is walked is what Foundation reads, and what it refuses is refused")
    func agreesWithFoundation() {
        var dice = Dice(seed: 8)
        var (read, refused) = (0, 0)
        for _ in 0..<20_000 {
            var bytes = [UInt8](dice.pick(RandomPayloadTests.seeds).utf8)
            for _ in 0..<dice.below(3) {
                let place = dice.below(bytes.count)
                bytes[place] = dice.pick([UInt8]("{}[]\",:\\u0e-.19 \n".utf8))
            }
            let isWalked = (try? Self.walk(bytes, Self.describe)) != nil
            let isJSON =
                (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            #expect(!isWalked || isJSON, "\(String(decoding: bytes, as: UTF8.self))")
            if isWalked { read += 1 } else { refused += 1 }
        }
        #expect(read > 4_000)
        #expect(refused > 4_000)
    }
}
