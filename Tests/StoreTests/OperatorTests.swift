import Interactions
import Testing
import Units

@testable import Store

@Suite("Operators")
struct OperatorTests {
    @Test("The list shows state and reason, newest first, by page and state")
    func listing() throws {
        let test = try TestStore()
        try test.commit(interaction("A1"), notice("MSG_1", urgency: .lifeSafety), command("CMD_1"), at: 9)
        _ = try test.ids("crm", at: 10)
        try test.finish("A1", as: .parked(reason: "401"), at: 11)
        let all = try test.store.outbox(limit: 10)
        #expect(all.map(\.kind) == [.command, .notice, .interaction])
        #expect(all.map(\.key) == ["CASE_1", "CASE_1", "CASE_1"])
        #expect(all.map(\.isLifeSafety) == [false, true, false])
        #expect(try test.store.outbox(before: all[0].row, limit: 1).map(\.id) == ["MSG_1"])
        let parked = try test.store.outbox(in: .parked, limit: 10)
        #expect(parked.map(\.reason) == ["401"])
        #expect(parked.map(\.attempts) == [1])
        #expect(parked.map(\.changedAt) == [Moment(seconds: 11)])
    }

    @Test("Counts are by sink and state")
    func counts() throws {
        let test = try TestStore()
        try test.commit(notice("1", key: "A"), notice("2", key: "B"), interaction("3"))
        _ = try test.ids("sms", limit: 1)
        #expect(
            try test.store.outboxCounts() == [
                OutboxCount(sink: "crm", state: .pending, count: 1),
                OutboxCount(sink: "sms", state: .inFlight, count: 1),
                OutboxCount(sink: "sms", state: .pending, count: 1),
            ]
        )
    }

    @Test("The oldest unsent notice is the oldest that waits or flies; interactions do not count")
    func oldestNotice() throws {
        let test = try TestStore()
        try test.commit(interaction("A1"), at: 1)
        #expect(try test.store.oldestUnsentNotice() == nil)
        try test.commit(notice("1", key: "A"), at: 2)
        try test.commit(notice("2", key: "B"), at: 3)
        #expect(try test.ids("sms", at: 4, limit: 1) == ["1"])
        #expect(try test.store.oldestUnsentNotice() == Moment(seconds: 2))
        try test.finish("1", as: .done(reference: nil), at: 5)
        #expect(try test.store.oldestUnsentNotice() == Moment(seconds: 3))
    }

    @Test("A retry starts anew, is audited, and takes back the bad news")
    func retry() throws {
        let test = try TestStore()
        try test.commit(interaction("A1"))
        _ = try test.ids("crm")
        try test.finish("A1", as: .parked(reason: "401"))
        let row = try test.row(of: "A1")
        try test.store.retry(row, by: "anna", at: Moment(seconds: 9))
        #expect(try test.store.news(limit: 10).isEmpty)
        #expect(try test.claim("crm", at: 9).map(\.attempts) == [0])
        let expected = AuditRecord(
            at: Moment(seconds: 9),
            who: "anna",
            what: "outbox retry",
            target: "\(row)"
        )
        #expect(try test.store.auditRecords(limit: 10) == [expected])
    }

    @Test("What is in flight cannot be cancelled and what is done cannot be retried; neither is audited")
    func refused() throws {
        let test = try TestStore()
        try test.commit(interaction("A1"))
        _ = try test.ids("crm")
        let row = try test.row(of: "A1")
        #expect(
            storeError { try test.store.cancel(row, by: "anna", at: Moment()) }
                == .refused(
                    action: "be cancelled",
                    row: row,
                    found: .inFlight,
                    allowed: [.pending, .parked]
                )
        )
        try test.finish("A1", as: .done(reference: nil))
        #expect(storeError { try test.store.retry(row, by: "anna", at: Moment()) }?.remedy == .stop)
        #expect(try test.store.auditRecords(limit: 10).isEmpty)
    }

    @Test("Audit records cannot be changed")
    func auditIsAppendOnly() throws {
        let test = try TestStore()
        try test.store.append(AuditRecord(at: Moment(), who: "anna", what: "login", target: "console"))
        #expect(storeError { try test.store.database.execute("UPDATE audit SET who = 'bob'") } != nil)
        #expect(try test.store.auditRecords(limit: 10).map(\.who) == ["anna"])
    }

    @Test("An external reference is found by its three names and replaced whole")
    func externalRefs() throws {
        let test = try TestStore()
        let first = ExternalRef(
            system: "rt",
            kind: "case",
            key: "CASE_1",
            remoteID: "1",
            etag: "a",
            hash: "h"
        )
        try test.store.put(first)
        #expect(try test.store.externalRef(system: "rt", kind: "case", key: "CASE_1") == first)
        #expect(try test.store.externalRef(system: "rt", kind: "note", key: "CASE_1") == nil)
        let second = ExternalRef(system: "rt", kind: "case", key: "CASE_1", remoteID: "2")
        try test.store.put(second)
        #expect(try test.store.externalRef(system: "rt", kind: "case", key: "CASE_1") == second)
    }

    @Test("A new directory replaces the old one whole, together with its journal entry")
    func directory() throws {
        let test = try TestStore()
        func importing(_ people: [Directory.Person], version: String, after: Position) throws {
            let new = DirectoryChange(
                directory: Directory(people: people),
                json: Array("{\(version)}".utf8),
                version: version,
                at: Moment(seconds: 3)
            )
            var commit = Commit(after: after, entries: messages(["d"]))
            commit.directory = new
            try test.store.commit(commit, to: "0", routes: test.routes) { _ in [] }
        }
        #expect(try test.store.directory() == nil)
        let anna = Directory.Person(id: "P_1", name: "Anna", phone: "+33100", language: .english)
        let bob = Directory.Person(id: "P_2", name: "Bob", phone: "+33100")
        let mute = Directory.Person(id: "P_3", name: "Carl", phone: "")
        try importing([anna, bob, mute], version: "1", after: .start)
        #expect(try test.store.contact(of: "P_1") == Contact(phone: "+33100", language: .english))
        #expect(try test.store.people(withPhone: "+33100") == ["P_1", "P_2"])
        #expect(try test.store.people(withPhone: "").isEmpty)
        #expect(storeError { try importing([bob], version: "2", after: .start) }?.remedy == .catchUp)
        #expect(try test.store.directory()?.version == "1")
        try importing([bob], version: "2", after: Position(1))
        #expect(try test.store.contact(of: "P_1") == nil)
        #expect(try test.store.people(withPhone: "+33100") == ["P_2"])
        #expect(
            try test.store.directory()
                == StoredDirectory(json: Array("{2}".utf8), version: "2", at: Moment(seconds: 3))
        )
    }

    @Test("A contact does not print its number")
    func contactIsSilent() {
        #expect(!"\(Contact(phone: "+33612345678", language: .french))".contains("12345678"))
    }
}
