import Testing
import Units

@testable import Interactions

@Suite("What an escalation says on a case")
struct EscalationSentenceTests {
    @Test("From the first ask to the last resort, why each was asked can be read in both languages")
    func why() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        desk.fail("carer", "anne")
        desk.advance()
        _ = desk.run.acknowledged(by: "anne", at: desk.now)
        desk.advance(to: 1200)
        let reasons = desk.run.asks.map { "\($0.order.person): \($0.order.reason.text.french)" }
        #expect(
            reasons == [
                "carer: Première demande", "anne: Première demande",
                "anne: Aucune des personnes sollicitées n'est joignable ou disponible",
                "anne: anne a pris en charge, sans arrivée confirmée dans le temps prévu",
                "ben: anne a pris en charge, sans arrivée confirmée dans le temps prévu",
            ]
        )
        #expect(
            desk.run.notes.map(\.note.text.english) == [
                "Taken by anne", "Asking goes on: anne took it, but did not confirm being there in time",
            ]
        )
    }

    @Test("Every channel has a name of its own in each language")
    func channels() {
        for language in Language.allCases {
            let names = Set(Channel.allCases.map { $0.name(in: language) })
            #expect(names.count == Channel.allCases.count)
        }
        let reason = EscalationRun.Reason.noReceipt(by: .text)
        #expect(
            reason.text
                == Bilingual(french: "Pas d'accusé de réception par SMS", english: "No receipt by text")
        )
    }

    static let notes: [EscalationRun.Note] = [
        .nobodyOnDuty(.caregiver), .allDeclined(.caregiver), .leftOut(.caregiver, people: 3),
        .outsideSchedule(step: 2), .handedToLastResort, .roundUnanswered(3), .nobodyToAsk, .taken(by: "anne"),
        .answeredLate(by: "anne"), .resumed(after: .takenBack(by: "anne")),
        .resumed(after: .left(by: "anne")),
        .arrived(by: "anne"), .resolved,
    ]

    @Test("Every note says something else")
    func notes() {
        #expect(Set(Self.notes.map(\.text.french)).count == Self.notes.count)
        #expect(Set(Self.notes.map(\.text.english)).count == Self.notes.count)
        #expect(Self.notes.allSatisfy { $0.text.french != $0.text.english })
    }
}
