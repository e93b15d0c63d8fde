import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("Texts kept with a case")
struct PhraseBytesTests {
    static let phrase: Phrase = """
        Prévenu à \(utc(2026, 1, 5, 9)), clos à \(TimeOfDay(hour: 9, minute: 5)), \(.seconds(80)) : \
        \(3.5, symbol: "L/h") \(.code) \(.taker, or: "un proche") \(.nextWord)
        """

    @Test("A phrase comes back as it was")
    func roundTrip() throws {
        #expect(try Phrase(bytes: Self.phrase.bytes) == Self.phrase)
        #expect(try Phrase(bytes: Phrase("").bytes) == "")
        for wording in [Wording(french: Self.phrase), Wording(french: "a", english: Self.phrase)] {
            #expect(try Wording(bytes: wording.bytes) == wording)
        }
    }

    @Test("The bytes of a text are the same in every later version")
    func fixed() throws {
        let expected: [UInt8] = [2, 6, 2, 4, 0x61, 0x20, 4, 0x80, 0x89, 0x7A, 12, 2, 2, 2, 0x62]
        let phrase: Phrase = "a \(Moment(microseconds: 1_000_000))\(.nextWord, or: "b")"
        #expect(try phrase.bytes == expected)
        #expect(try Phrase(bytes: expected) == phrase)
    }

    @Test("Bytes that end too early, go on, are of another version or too many are refused")
    func refused() throws {
        let bytes = try Self.phrase.bytes
        for count in bytes.indices {
            #expect(throws: CompactProblem.self) { try Phrase(bytes: Array(bytes[..<count])) }
        }
        #expect(throws: CompactProblem.malformed("more than a text", at: bytes.count)) {
            try Phrase(bytes: bytes + [0])
        }
        #expect(throws: CompactProblem.otherFormat(9, expected: 1)) { try Phrase(bytes: [18]) }
        #expect(throws: CompactProblem.truncated(at: 0)) { try Phrase(bytes: []) }
        let limit = Phrase.longestBytes
        #expect(throws: CompactProblem.malformed("more bytes than a text takes", at: limit)) {
            try Phrase(bytes: Array(repeating: 1, count: limit + 1))
        }
        let long = Phrase(stringLiteral: String(repeating: "a", count: limit))
        #expect(throws: PhraseProblem.tooLarge(found: limit + 6, limit: limit)) { try long.bytes }
        #expect(
            PhraseProblem.tooLarge(found: 9000, limit: limit).description
                == "the text takes 9000 bytes, at most 8192 are kept with a case; the case is not opened with it; "
                + "word it shorter"
        )
    }

    @Test("Damaged bytes are refused or are another text; nothing else happens")
    func damaged() throws {
        let bytes = try Wording(french: Self.phrase, english: Self.phrase).bytes
        var dice = Dice(seed: 6)
        var refused = 0
        for _ in 0..<20_000 {
            var damaged = bytes
            for _ in 0...dice.below(3) { damaged[dice.below(bytes.count)] = UInt8(dice.below(256)) }
            do throws(CompactProblem) {
                let wording = try Wording(bytes: damaged)
                #expect(!wording.rendered(in: .paris, at: utc(2026, 1, 5, 9)).french.isEmpty)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 1000)
    }
}
