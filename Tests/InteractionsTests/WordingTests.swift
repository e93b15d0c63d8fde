import Testing
import Units

@testable import Interactions

@Suite("Wordings")
struct WordingTests {
    struct Reading: Sendable {
        let elevator: String
        let flow: FlowRate
    }

    struct Finding: Sendable {
        let reading: Reading
        let since: Moment
    }

    /// As a reaction of a pipeline takes it.
    struct Reaction: Sendable {
        let wording: @Sendable (Finding) -> Wording

        init(@WordingBuilder _ wording: @escaping @Sendable (Finding) -> Wording) {
            self.wording = wording
        }

        var rendered: Bilingual {
            let reading = Reading(elevator: "A7", flow: .litresPerHour(3.5))
            let finding = Finding(reading: reading, since: utc(2026, 1, 5, 8, 14))
            return wording(finding).rendered(in: .paris, at: utc(2026, 1, 5, 9))
        }
    }

    @Test("A text in two languages uses the words and the numbers of each")
    func twoLanguages() {
        let reaction = Reaction {
            French("Ascenseur \($0.reading.elevator) en panne depuis \($0.since).")
            English("Elevator \($0.reading.elevator) out of service since \($0.since).")
        }
        let expected = Bilingual(
            french: "Ascenseur A7 en panne depuis 09h14.",
            english: "Elevator A7 out of service since 09:14."
        )
        #expect(reaction.rendered == expected)
    }

    @Test("The order of the languages does not matter")
    func eitherOrder() {
        let reaction = Reaction { _ in
            English("The water is off again.")
            French("L'eau est coupée.")
        }
        #expect(
            reaction.rendered == Bilingual(french: "L'eau est coupée.", english: "The water is off again.")
        )
    }

    @Test("One sentence serves everyone, with the numbers of each language")
    func oneSentence() {
        let reaction = Reaction { "Home: \($0.reading.flow, in: .litresPerHour) since \($0.since)." }
        let expected = Bilingual(
            french: "Home: 3,5 L/h since 09h14.",
            english: "Home: 3.5 L/h since 09:14."
        )
        #expect(reaction.rendered == expected)
    }

    @Test("Readers of English get the French words, whole, when there are no others")
    func frenchOnly() {
        let reaction = Reaction { French("Débit \($0.reading.flow, in: .litresPerHour).") }
        #expect(reaction.rendered == Bilingual(french: "Débit 3,5 L/h."))
    }
}
