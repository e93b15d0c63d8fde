import Foundation
import Interactions
import Testing

/// What people read, in all scenarios.
@Suite("Texts")
struct TextTests {
    private static let notices: [Notice] = Fixture.scenarios.flatMap { scenario -> [Notice] in
        let effects = (try? ScenarioRun(Fixture.input(of: scenario)).effects) ?? []
        return effects.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
    }

    @Test("Every text fits one message of 160 characters of the GSM alphabet")
    func oneMessage() throws {
        #expect(Self.notices.count > 100)
        for text in Set(Self.notices.map(\.text)) {
            let septets = try #require(Self.septets(in: text), "not in the GSM alphabet: \(text)")
            #expect(septets <= 160, "\(septets) characters: \(text)")
        }
    }

    @Test("A text about health names the emergency services when a life may be at risk, and no address")
    func healthTexts() {
        let health = Self.notices.filter { $0.privacy == .health }
        #expect(!health.isEmpty)
        for notice in health {
            for word in ["rue ", "allée ", "place ", "chute", "fall "] {
                #expect(!notice.text.contains(word), "\(notice.text)")
            }
            // Whoever is asked to act; what answers them or ends it need not.
            if notice.urgency == .lifeSafety,
                ["wellbeing", "asked", "last resort"].contains(notice.reason.code)
            {
                #expect(notice.text.contains("15/112"), "\(notice.text)")
            }
        }
    }

    @Test("Everybody reads their own language")
    func languages() {
        for notice in Self.notices {
            let isEnglish = notice.text.contains(" at ") || notice.text.contains("since")
            let isFrench = notice.text.contains(" depuis ") || notice.text.contains("Répondez")
            #expect(notice.language == .english ? !isFrench : !isEnglish, "\(notice.text)")
        }
        #expect(Set(Self.notices.map(\.language)) == [.french, .english])
    }

    @Test("Only who was told that an elevator is out of service is told that it is back")
    func backInService() {
        let outages = Self.notices.filter { $0.detector == "out of service" }
        for (key, told) in Dictionary(grouping: outages, by: \.key) {
            let begin = told.filter { ["begins", "catch-up"].contains($0.phase) }.map(\.recipient)
            let end = told.filter { $0.phase == "cleared" }.map(\.recipient)
            #expect(Set(end).isSubset(of: begin), "\(key)")
        }
    }

    /// How many septets a text takes (3GPP TS 23.038, 6.2.1), after folding letters that are not in the alphabet
    /// to their nearest; nil when one cannot be folded.
    private static func septets(in text: String) -> Int? {
        var count = 0
        for character in text {
            let folded = fold[character] ?? String(character)
            for letter in folded {
                if basic.contains(letter) {
                    count += 1
                } else if extended.contains(letter) {
                    count += 2
                } else {
                    return nil
                }
            }
        }
        return count
    }

    private static let basic = Set(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
    )
    private static let extended = Set("^{}\\[~]|€")
    private static let fold: [Character: String] = [
        "â": "a", "ê": "e", "ë": "e", "î": "i", "ï": "i", "ô": "o", "û": "u", "ç": "c", "œ": "oe", "À": "A",
        "È": "E", "Ê": "E", "’": "'", "«": "\"", "»": "\"", "…": "...", "–": "-", "\u{a0}": " ", "°": "o",
    ]
}
