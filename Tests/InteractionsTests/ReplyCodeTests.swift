import TestSupport
import Testing

@testable import Interactions

@Suite("Reply codes")
struct ReplyCodeTests {
    @Test("A case always has the same code")
    func stable() {
        #expect(ReplyCode(for: "CASE_A") == ReplyCode(for: "CASE_A"))
        // Fixed for ever: people have these in their hands.
        #expect(ReplyCode(for: "CASE_3Q2MZ4")?.description == "W6")
        #expect(ReplyCode(for: "")?.description == "L8")
    }

    @Test("A taken code gives way to the next free one, until none is left")
    func taken() throws {
        var taken: Set<ReplyCode> = []
        for _ in ReplyCode.all {
            let code = try #require(ReplyCode(for: "CASE_A", avoiding: taken))
            #expect(taken.insert(code).inserted)
        }
        #expect(taken.count == 296)
        #expect(ReplyCode(for: "CASE_A", avoiding: taken) == nil)
    }

    @Test("No code is a word, a number or an hour, and each is read back from an answer")
    func noWord() {
        let alphabet = Set("23456789ACDEFGHJKLMNPQRTUVWXY")
        for code in ReplyCode.all {
            let text = code.description
            #expect(text.count == 2 && text.allSatisfy(alphabet.contains))
            #expect(AnswerWords.senses[text.lowercased()] == nil)
            #expect(Answer(text).meaning == .other)
            for (answer, meaning) in [
                ("1 ", ReplyMeaning.yes), ("2 ", .no), ("oui ", .yes), ("fini ", .done),
            ] {
                #expect(Answer(answer + text).meaning == meaning, "\(answer)\(text)")
                #expect(Answer(text.lowercased() + " " + answer).code == code)
                #expect(Answer(answer + text).code == code)
            }
            #expect(Answer("1" + text).meaning == .yes, "1\(text)")
            #expect(Answer("1" + text).code == code)
        }
        for word in ["", "7", "7K9", "OK", "1A", "0A", "77", "KK", "7B", "7h", "3J", "2e", "é7", "7 "] {
            #expect(ReplyCode(word) == nil, "\"\(word)\"")
        }
    }

    @Test("The codes of many cases are spread over all there are")
    func spread() {
        var counts: [ReplyCode: Int] = [:]
        for number in 0..<29_600 {
            guard let code = ReplyCode(for: StableID("CASE", .number(Int64(number))).description) else {
                continue
            }
            counts[code, default: 0] += 1
        }
        #expect(counts.count == 296)
        // 100 expected of each; five standard deviations of a binomial distribution.
        #expect(counts.values.allSatisfy { (50...150).contains($0) })
    }
}
