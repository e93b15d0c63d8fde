import Interactions
import Testing
import Units

@testable import Store

@Suite("What callers name is looked up")
struct KnownTests {
    @Test("A case is known by what was said, sent or held back of it")
    func keys() throws {
        let test = try TestStore()
        #expect(try test.store.lastEntry(of: "0") == nil)
        let held = Held(
            reason: .noAudience,
            key: "CASE_H",
            recipient: nil,
            pipeline: "elevators",
            detector: "out of service",
            subject: "A7",
            at: Moment()
        )
        try test.commit(interaction("I", key: "CASE_I"), notice("N", key: "CASE_N"), .held(held), at: 10)
        for key in ["CASE_I", "CASE_N", "CASE_H"] { #expect(try test.store.isKnown(key: key), "\(key)") }
        for key in ["CASE_X", ""] { #expect(try !test.store.isKnown(key: key), "\(key)") }
        #expect(try test.store.lastEntry(of: "0") == Moment(seconds: 10))
    }

    @Test("The last word on a case is found, and none on one of which nothing was said")
    func lastInteraction() throws {
        let test = try TestStore()
        try test.commit(interaction("A"), interaction("B"), interaction("C", key: "CASE_2"), at: 10)
        #expect(try test.store.lastInteraction(of: "CASE_1")?.id == "B")
        #expect(try test.store.lastInteraction(of: "CASE_3") == nil)
    }

    @Test("A notice is its recipient's; the card of a chat is everybody's who is told the same")
    func recipients() throws {
        let test = try TestStore()
        try test.commit(
            notice("A", to: "P_1"),
            notice("B", to: "P_2"),
            notice("C", to: "P_1", channel: .chat),
            notice("D", phase: "cleared", to: "P_3"),
            at: 10
        )
        func isTold(_ person: String, _ id: String) throws -> Bool {
            try test.store.isTold(person, by: #require(try test.store.notices(.id(id), limit: 1).first))
        }
        #expect(try isTold("P_1", "A"))
        #expect(try !isTold("P_2", "A"))
        #expect(try isTold("P_1", "C"))
        #expect(try isTold("P_2", "C"))
        #expect(try !isTold("P_3", "C"))
        #expect(try !isTold("", "A"))
    }
}
