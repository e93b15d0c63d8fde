import Interactions
import Telemetry
import Testing
import Units

@testable import Store

@Suite("What is asked of the store later")
struct WhyTests {
    @Test("Notices are found by case, id and time, with their reason and without their text")
    func notices() throws {
        let test = try TestStore()
        try test.commit(
            notice("A", because: .asked(step: 2)),
            notice("B", key: "CASE_2", follows: ["A"]),
            at: 10
        )
        try test.commit(notice("C", channel: .voice), at: 20)
        let first = try #require(try test.store.notices(.id("A"), limit: 9).first)
        #expect(first.reason == "asked")
        #expect(
            first.why
                == Bilingual(french: "étape 2 de la chaîne d'alerte", english: "step 2 of the escalation")
        )
        #expect(first.storedAt == Moment(seconds: 10))
        #expect(try test.store.notices(.key("CASE_1"), limit: 9).map(\.id) == ["A", "C"])
        #expect(try test.store.notices(.key("CASE_1"), limit: 1).map(\.id) == ["A"])
        let span = Moment(seconds: 11)...Moment(seconds: 20)
        #expect(try test.store.notices(.span(span), limit: 9).map(\.channel) == [.voice])
        #expect(try test.store.notices(.id("B"), limit: 9).map(\.follows) == [["A"]])
        #expect(try test.store.notices(.id("Z"), limit: 9).isEmpty)
    }

    @Test("Interactions are found likewise, and the nearest ones around a time without any")
    func interactions() throws {
        let test = try TestStore()
        for (id, seconds) in [("A", 10), ("B", 20), ("C", 300), ("D", 400)] as [(String, Int64)] {
            try test.commit(interaction(id, key: "CASE_\(id)"), at: seconds)
        }
        #expect(try test.store.interactions(.key("CASE_B"), limit: 9).map(\.body) == [Array("<B>".utf8)])
        let span = Moment(seconds: 21)...Moment(seconds: 299)
        #expect(try test.store.interactions(.span(span), limit: 9).isEmpty)
        let around = try test.store.interactions(around: span)
        #expect(around.before?.id == "B")
        #expect(around.after?.id == "C")
        let early = try test.store.interactions(around: Moment(seconds: 1)...Moment(seconds: 9))
        #expect(early.before == nil)
        #expect(early.after?.id == "A")
    }

    @Test("What became of a thing is told sink by sink")
    func deliveries() throws {
        let test = try TestStore()
        test.routes.notices = ["sms", "file"]
        try test.commit(interaction("A"), notice("B"))
        _ = try test.ids("sms")
        #expect(
            try test.store.deliveries(of: "B").map { "\($0.sink) \($0.state)" } == [
                "sms inFlight", "file pending",
            ]
        )
        #expect(try test.store.deliveries(of: "A").map(\.sink) == ["crm"])
        #expect(try test.store.deliveries(of: "C").isEmpty)
    }

    @Test("Dead letters are found by the time they came")
    func deadLetters() throws {
        let test = try TestStore()
        try test.commit(deadLetter("1"), at: 10)
        try test.commit(deadLetter("22"), at: 20)
        let span = Moment(seconds: 11)...Moment(seconds: 20)
        #expect(try test.store.deadLetters(in: span, limit: 9).map(\.size) == [2])
    }

    @Test("Cases of a span: what moved in it, and what was open before and still is")
    func cases() throws {
        let test = try TestStore()
        try test.commit(interaction("O1", key: "OPEN"), interaction("E1", key: "ENDED"), at: 10)
        try test.commit(interaction("E2", key: "ENDED", status: .closed), at: 20)
        try test.commit(
            interaction("M1", key: "MOVED"),
            interaction("N", key: "NOTE", kind: .activity),
            at: 10
        )
        try test.commit(interaction("M2", key: "MOVED", status: .resolved), at: 35)
        try test.commit(interaction("L1", key: "LATER"), at: 50)
        func keys(_ first: Int64, _ end: Int64) throws -> [String] {
            try test.store.casesOpen(in: Moment(seconds: first)..<Moment(seconds: end))
        }
        #expect(try keys(30, 40) == ["MOVED", "OPEN"])
        #expect(try keys(36, 50) == ["OPEN"])
        #expect(try keys(0, 11) == ["ENDED", "MOVED", "OPEN"])
        #expect(try keys(0, 9).isEmpty)
    }

    @Test("A message counts as sent when a gateway took it, and as delivered by its receipt")
    func messages() throws {
        let test = try TestStore()
        try test.commit(notice("A", to: "P_1"), notice("B", to: "P_2", channel: .voice), at: 10)
        _ = try test.ids("sms", at: 11)
        try test.finish("A", as: .done(reference: nil), at: 12)
        var entries = EntryBatch()
        let at = Moment(seconds: 15)
        entries.append(.receipt(Receipt(id: "A", sink: "sms", outcome: .delivered, at: at)))
        entries.append(.receipt(Receipt(id: "B", sink: "sms", outcome: .failed, at: at)))
        let commit = Commit(after: try test.store.head(of: "0"), entries: entries)
        try test.store.commit(commit, to: "0", routes: test.routes) { _ in [] }
        #expect(
            try test.store.messages(of: "CASE_1", receiptsFrom: []) == [
                message(.text, sent: 12, hasReceipts: true, isDelivered: true),
                message(.voice, sent: nil, hasReceipts: true, isDelivered: false),
            ]
        )
        #expect(try test.store.sinksWithReceipts() == ["sms"])
    }

    @Test("A gateway that gives receipts of other texts owes one of this, and others owe none")
    func owedReceipts() throws {
        let test = try TestStore()
        try test.commit(notice("A", to: "P_1"), at: 10)
        _ = try test.ids("sms", at: 11)
        try test.finish("A", as: .done(reference: nil), at: 12)
        #expect(try test.store.sinksWithReceipts().isEmpty)
        for (sinks, isOwed) in [([], false), (["other"], false), (["other", "sms"], true)]
            as [([String], Bool)]
        {
            #expect(
                try test.store.messages(of: "CASE_1", receiptsFrom: Set(sinks)) == [
                    message(.text, sent: 12, hasReceipts: isOwed, isDelivered: false)
                ]
            )
        }
    }

    private func message(
        _ channel: Channel,
        sent: Int64?,
        hasReceipts: Bool,
        isDelivered: Bool
    ) -> CaseHistory.Message {
        .init(
            channel: channel,
            // By its own time, not by when it was stored.
            decidedAt: Moment(),
            sentAt: sent.map { Moment(seconds: $0) },
            hasReceipts: hasReceipts,
            isDelivered: isDelivered
        )
    }
}
