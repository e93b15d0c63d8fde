import Interactions
import Store
import Testing
import Units

@testable import vigie

@Suite("The outbox and cases from the command line")
struct OutboxCommandTests {
    @Test("Deliveries are listed newest first, by state and by sink")
    func list() throws {
        let test = try TestStore()
        try test.commit(.interaction("EVT_1"), .notice("MSG_1"), .notice("MSG_2", key: "CASE_2"))
        let all = try test.run("outbox").json
        #expect(all.map { $0["id"]?.string } == ["MSG_2", "MSG_1", "EVT_1"])
        #expect(all.map { $0["sink"]?.string } == ["file", "file", "webhook"])
        #expect(try test.run("outbox", "--limit", "1").json.map { $0["id"] } == ["MSG_2"])
        #expect(try test.run("outbox", "--sink", "webhook").json.map { $0["id"] } == ["EVT_1"])
        #expect(try test.run("outbox", "--sink", "webhook", "--state", "done").output == "")
        #expect(try test.run("outbox", "--state", "lost").code == 64)
        #expect(try test.run("outbox", "--limit", "none").code == 64)
    }

    @Test("No line of the list holds a text or a recipient")
    func privacy() throws {
        let test = try TestStore()
        try test.commit(.notice("MSG_1"))
        let line = try test.run("outbox").output
        #expect(line.contains("MSG_1"))
        #expect(!line.contains("Ascenseur") && !line.contains("P1"))
    }

    @Test("A parked delivery is tried again, a waiting one is given up; both are audited under a name")
    func actions() throws {
        let test = try TestStore()
        try test.commit(.interaction("EVT_1"), .notice("MSG_1"))
        let now = ElevatorRecording.begin + .hours(1)
        let job = try #require(try test.store.claimJobs(of: "webhook", now: now, limit: 1).first)
        try test.store.finish(job.row, as: .parked(reason: "401"), at: now)
        #expect(try test.run("outbox", "retry", "\(job.row)").code == 0)
        #expect(try test.store.outbox(limit: 10).map(\.state) == [.pending, .pending])
        let waiting = try #require(try test.store.outbox(limit: 1).first?.row)
        #expect(try test.run("outbox", "cancel", "\(waiting)").code == 0)
        #expect(try test.store.outbox(in: .cancelled, limit: 10).map(\.id) == ["MSG_1"])
        #expect(try test.audit() == ["outbox retry: \(job.row)", "outbox cancel: \(waiting)"])
        #expect(try test.store.auditRecords(limit: 10).allSatisfy { !$0.who.isEmpty })
    }

    @Test("What is not there or not parked is refused with 65 and not audited")
    func refused() throws {
        let test = try TestStore()
        try test.commit(.notice("MSG_1"))
        let pending = try test.run("outbox", "retry", "1")
        #expect(pending.code == 65)
        #expect(pending.words.contains("it is pending"))
        #expect(try test.run("outbox", "cancel", "99").code == 65)
        #expect(try test.run("outbox", "retry", "all").code == 64)
        #expect(try test.run("outbox", "burn", "1").code == 64)
        #expect(try test.audit().isEmpty)
    }

    @Test("Without a database nothing is made and 74 is said")
    func noDatabase() throws {
        let test = try TestStore()
        let elsewhere = test.folder.path("elsewhere")
        for words in [
            ["outbox"], ["outbox", "retry", "1"], ["status"], ["case", "update", "CASE_1", "closed"],
        ] {
            let run = try CommandRun(words, [.data: elsewhere, .http: ""])
            #expect(run.code == 74, "\(words)")
            #expect(run.words.contains("there is no database"))
        }
        #expect(throws: StoreError.self) { try Store(path: elsewhere + "/vigie.sqlite", access: .readOnly) }
    }

    @Test("News about a case waits for the running process and is audited")
    func caseUpdate() throws {
        let test = try TestStore()
        try test.commit(.interaction("E1"))
        let run = try test.run("case", "update", "CASE_1", "inProgress", "--note", "On site", "--by", "P1")
        #expect(run.code == 0)
        let mail = try test.store.mail(limit: 10)
        guard case .caseUpdate(let update)? = mail.first?.entry, mail.count == 1 else {
            Issue.record("expected one piece of news, found \(mail)")
            return
        }
        #expect(update.key == "CASE_1")
        #expect(update.status == .inProgress)
        #expect(update.by == "P1")
        #expect(update.note == "On site")
        #expect(try test.audit() == ["case inProgress: CASE_1"])
        _ = try test.run("case", "update", "CASE_1", "inProgress")
        let ids = try test.store.mail(limit: 10).compactMap { mail in
            if case .caseUpdate(let update) = mail.entry { update.id } else { nil }
        }
        #expect(Set(ids).count == 2, "each piece of news has its own id")
        #expect(try test.run("case", "update", "CASE_1", "finished").code == 64)
        #expect(try test.run("case", "update", "CASE_1").code == 64)
    }
}
