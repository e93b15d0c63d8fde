import Interactions
import Telemetry
import Testing
import Units

@testable import Store

@Suite("Retention")
struct RetentionTests {
    private let day: Int64 = 86_400

    private func purge(_ test: TestStore, day number: Int64, limit: Int = 200) throws -> PurgeReport {
        try test.store.purge(now: Moment(seconds: number * day), limit: limit)
    }

    @Test("Journal entries go when they are old and both kept snapshots lie after them")
    func journal() throws {
        let test = try TestStore()
        for number in 0..<6 as Range<Int64> { try test.append(["\(number)"], at: number * day) }
        #expect(try purge(test, day: 100).journalBatches == 0)
        func save(_ position: Int64) throws {
            let snapshot = Snapshot(position: Position(position), version: "v", at: Moment(), bytes: [1])
            try test.store.save(snapshot, of: "0")
        }
        try save(4)
        #expect(try purge(test, day: 100).journalBatches == 0)
        try save(6)
        #expect(try purge(test, day: 31).journalBatches == 1)
        #expect(try purge(test, day: 100).journalBatches == 3)
        #expect(try test.payloads(from: Position(4)) == ["4", "5"])
        #expect(
            storeError { _ = try test.payloads(from: Position(3)) }
                == .journalGap(partition: "0", asked: Position(3), oldest: Position(4))
        )
        #expect(try test.append(["6"]) == Position(7))
    }

    @Test("A purge takes bounded steps and says when it is through")
    func bounded() throws {
        let test = try TestStore()
        for _ in 0..<5 { try test.commit(deadLetter("x")) }
        #expect(try purge(test, day: 31, limit: 2).isUnfinished)
        #expect(try purge(test, day: 31, limit: 2).deadLetters == 2)
        let last = try purge(test, day: 31, limit: 2)
        #expect(last.deadLetters == 1)
        #expect(!last.isUnfinished)
    }

    @Test("A sent notice loses its text first and keeps its state; its id still cannot go out again")
    func noticeTexts() throws {
        let test = try TestStore()
        try test.commit(notice("sent", key: "A"), notice("waits", key: "B"))
        #expect(try test.ids("sms", limit: 1) == ["sent"])
        try test.finish("sent", as: .done(reference: nil))
        #expect(try purge(test, day: 31).noticeTexts == 0)
        try test.commit(told: try test.store.news(limit: 10).map(\.row))
        #expect(try purge(test, day: 31).noticeTexts == 1)
        #expect(try purge(test, day: 31).noticeTexts == 0)
        #expect(try test.state(of: "sent") == .done)
        try test.commit(notice("sent", key: "A"))
        #expect(try test.ids("sms", at: 1) == ["waits"])
        let texts = try test.store.database.all("SELECT text FROM notice ORDER BY row") { row in
            row.textOrNil(0)
        }
        #expect(texts == [nil, "Ascenseur A en panne"])
    }

    @Test("A notice whose text is gone is parked when somebody tries it again")
    func retryWithoutText() throws {
        let test = try TestStore()
        try test.commit(notice("lost"))
        _ = try test.ids("sms")
        _ = try test.store.recoverInFlight(at: Moment())
        try test.commit(told: try test.store.news(limit: 10).map(\.row))
        #expect(try purge(test, day: 31).noticeTexts == 1)
        try test.store.retry(try test.row(of: "lost"), by: "anna", at: Moment())
        #expect(try test.ids("sms").isEmpty)
        #expect(try test.state(of: "lost") == .parked)
    }

    @Test("What is not delivered, or not told to the engine, stays whatever its age")
    func undelivered() throws {
        let test = try TestStore()
        let closed = interaction("EVT_1", status: .closed)
        try test.commit(closed, notice("MSG_1", notAfter: 1 << 40), command("CMD_1"))
        #expect(try purge(test, day: 10_000) == PurgeReport())
        #expect(try test.ids("crm") + test.ids("sms") + test.ids("mqtt") == ["EVT_1", "MSG_1", "CMD_1"])
        for id in ["EVT_1", "MSG_1", "CMD_1"] { try test.finish(id, as: .done(reference: nil)) }
        #expect(try purge(test, day: 10_000) == PurgeReport())
        try test.commit(told: try test.store.news(limit: 10).map(\.row))
        let report = try purge(test, day: 10_000)
        #expect([report.interactions, report.notices, report.commands] == [1, 1, 1])
        #expect(try test.store.outbox(limit: 10).isEmpty)
    }

    @Test("A case goes as a whole, two years after its end; an open one stays")
    func interactions() throws {
        let test = try TestStore()
        test.routes.interactions = []
        try test.commit(interaction("A1", key: "A"), interaction("B1", key: "B"), at: 0)
        try test.commit(interaction("N1", key: "N", kind: .activity), at: 0)
        try test.commit(interaction("A2", key: "A", status: .closed), at: 100 * day)
        #expect(try purge(test, day: 731).interactions == 1)
        #expect(try purge(test, day: 831).interactions == 2)
        let left = try test.store.database.all("SELECT id FROM interaction") { row in row.text(0) }
        #expect(left == ["B1"])
    }

    @Test("Counters, inbound ids and audit records go by their own ages")
    func others() throws {
        let test = try TestStore()
        var commit = Commit(after: .start, entries: messages(["a"]), effects: [dropped("late")])
        commit.inbound = [.init(source: "s", id: "1")]
        try test.store.commit(commit, to: "0", routes: test.routes) { _ in [] }
        try test.store.append(AuditRecord(at: Moment(), who: "anna", what: "login", target: "console"))
        #expect(try purge(test, day: 30) == PurgeReport())
        #expect(try purge(test, day: 31).dropSlots == 1)
        #expect(try purge(test, day: 90) == PurgeReport())
        #expect(try purge(test, day: 91).inbound == 1)
        #expect(try purge(test, day: 366).audit == 1)
        #expect(try purge(test, day: 400).dropCounts == 0)
        #expect(try purge(test, day: 401).dropCounts == 1)
    }

    @Test("What was held back, receipts and silences go after a year")
    func reasons() throws {
        let test = try TestStore()
        var entries = EntryBatch()
        entries.append(.receipt(Receipt(id: "MSG", sink: "sms", outcome: .delivered, at: Moment())))
        let until = Moment(seconds: 10 * day)
        let order = Instruction.Order.silence(Instruction.Scope(subject: "A7"), until: until)
        entries.append(.instruction(Instruction(id: "S", order: order, by: "anna", at: Moment())))
        let commit = Commit(after: .start, entries: entries, effects: [held(.noNumber)])
        try test.store.commit(commit, to: "0", routes: test.routes) { _ in [] }
        #expect(try purge(test, day: 365) == PurgeReport())
        let year = try purge(test, day: 366)
        #expect([year.held, year.receipts, year.silences] == [1, 1, 0])
        #expect(try purge(test, day: 376).silences == 1)
    }

    @Test("What was held back is bounded in number too")
    func heldBound() throws {
        let test = try TestStore()
        for number in 0..<5 { try test.commit(held(.noNumber, key: "CASE_\(number)")) }
        var policy = RetentionPolicy()
        policy.heldKept = 3
        #expect(try test.store.purge(now: Moment(), policy: policy).held == 2)
        #expect(try test.store.held(about: "A7", limit: 9).map(\.key) == ["CASE_4", "CASE_3", "CASE_2"])
    }

    @Test("Dead letters are bounded in number too")
    func deadLetterBound() throws {
        let test = try TestStore()
        for _ in 0..<5 { try test.commit(deadLetter("x")) }
        var policy = RetentionPolicy()
        policy.deadLettersKept = 3
        #expect(try test.store.purge(now: Moment(), policy: policy).deadLetters == 2)
        #expect(try test.store.deadLetters(limit: 10).map(\.row) == [5, 4, 3])
    }
}
