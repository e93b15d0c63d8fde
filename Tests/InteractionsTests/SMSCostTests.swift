import Interactions
import TestSupport
import Testing

@Suite("What texts cost")
struct SMSCostTests {
    @Test("Parts times readers times price, per language and together")
    func cost() throws {
        let price = try #require(SMSPrice(millionthsPerPart: 45_000, currency: "EUR"))
        let text = Bilingual(french: String(repeating: "é", count: 161), english: "Back in service.")
        let cost = try SMSCost(of: text, to: [.french: 240, .english: 60], at: price)
        #expect(cost.total == (480 + 60) * 45_000)
        #expect(
            cost.cells == [
                ["fr", "gsm7", "161/306", "2", "240", "480", "21.60 EUR"],
                ["en", "gsm7", "16/160", "1", "60", "60", "2.70 EUR"],
                ["all", "", "", "", "300", "540", "24.30 EUR"],
            ]
        )
        #expect(cost.cells.allSatisfy { $0.count == SMSCost.columns.count })
    }

    @Test("One apostrophe that is not folded doubles the bill")
    func apostrophe() throws {
        let price = try #require(SMSPrice(millionthsPerPart: 40_001, currency: "EUR"))
        let text = Bilingual(
            french: "L’ascenseur A de votre immeuble est de nouveau en service depuis 12h04. Merci."
        )
        let folded = try SMSCost(of: text, to: [.french: 300], at: price)
        let plain = try SMSCost(of: text, to: [.french: 300], at: price, folding: .never)
        #expect(plain.total == 2 * folded.total)
        // Rounded up: a bill is never shown lower than it is.
        #expect(folded.cells == [["fr", "gsm7", "78/160", "1", "300", "300", "12.01 EUR"]])
        #expect(plain.cells[0][1...3] == ["ucs2", "78/134", "2"])
    }

    @Test("Nobody costs nothing; a text that cannot go out has no price; a price has bounds")
    func bounds() throws {
        let price = try #require(SMSPrice(millionthsPerPart: SMSPrice.highest, currency: "EUR"))
        #expect(try SMSCost(of: Bilingual(french: ""), to: [:], at: price).cells.isEmpty)
        #expect(throws: SMSRefusal.empty) {
            try SMSCost(of: Bilingual(french: ""), to: [.french: 1], at: price)
        }
        let long = Bilingual(french: String(repeating: "a", count: 459))
        let most = try SMSCost(of: long, to: [.french: .max, .english: .max], at: price)
        #expect(most.total == 6 * Int64(SMSCost.largestAudience) * SMSPrice.highest)
        #expect(SMSPrice(millionthsPerPart: -1, currency: "EUR") == nil)
        #expect(SMSPrice(millionthsPerPart: SMSPrice.highest + 1, currency: "EUR") == nil)
    }
}
