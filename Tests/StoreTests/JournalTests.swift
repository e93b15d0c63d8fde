import Telemetry
import Testing
import Units

@testable import Store

@Suite("Journal")
struct JournalTests {
    @Test("What was committed is read back in order, across batches and restarts")
    func readsBack() throws {
        let test = try TestStore()
        #expect(try test.append(["a", "b", "c"]) == Position(3))
        #expect(try test.append(["d"]) == Position(4))
        try test.reopen()
        #expect(try test.append(["e", "f"]) == Position(6))
        #expect(try test.payloads() == ["a", "b", "c", "d", "e", "f"])
        #expect(try test.store.head(of: "0") == Position(6))
    }

    @Test("Reading from the middle of a batch skips what lies before", arguments: 0...6)
    func readsFromMiddle(position: Int64) throws {
        let test = try TestStore()
        try test.append(["0", "1", "2"])
        try test.append(["3", "4", "5"])
        #expect(try test.payloads(from: Position(position)) == (position..<6).map { "\($0)" })
    }

    @Test("A reader at the end goes on when there is more")
    func readerGoesOn() throws {
        let test = try TestStore()
        try test.append(["a"])
        var reader = test.store.journal(of: "0", from: .start)
        #expect(try reader.next()?.end == Position(1))
        #expect(try reader.next() == nil)
        try test.append(["b"])
        #expect(try reader.next()?.first == Position(1))
    }

    @Test("Partitions count for themselves")
    func partitions() throws {
        let test = try TestStore()
        try test.append(["a"])
        let other = Commit(after: .start, entries: messages(["x", "y"]))
        #expect(try test.store.commit(other, to: "1", routes: test.routes) { _ in [] } == Position(2))
        #expect(try test.store.head(of: "0") == Position(1))
        #expect(try test.store.head(of: "2") == .start)
        #expect(try test.payloads() == ["a"])
    }

    @Test("Decisions made without somebody else's entries are refused and leave nothing behind")
    func headMoved() throws {
        let test = try TestStore()
        try test.append(["a"])
        let stale = Commit(after: .start, entries: messages(["b"]), effects: [interaction("EVT_1")])
        let error = storeError { try test.store.commit(stale, to: "0", routes: test.routes) { _ in [] } }
        #expect(error == .headMoved(partition: "0", expected: .start, found: Position(1)))
        #expect(error?.remedy == .catchUp)
        #expect(try test.payloads() == ["a"])
        #expect(try test.store.outbox(limit: 10).isEmpty)
    }

    @Test("Effects without entries are stored and the position stays")
    func noEntries() throws {
        let test = try TestStore()
        try test.append(["a"], at: 50)
        let commit = Commit(after: Position(1), entries: EntryBatch(), effects: [interaction("EVT_1")])
        #expect(try test.store.commit(commit, to: "0", routes: test.routes) { _ in [] } == Position(1))
        #expect(try test.store.outbox(limit: 10).map(\.storedAt) == [Moment(seconds: 50)])
        #expect(try test.payloads() == ["a"])
    }

    @Test("A turned bit in a stored batch is found, not decoded")
    func damagedBatch() throws {
        let test = try TestStore()
        try test.append(["aaaa", "bbbb"])
        try test.store.database.execute(
            "UPDATE batch SET body = CAST(replace(CAST(body AS TEXT), 'bbbb', 'bbcb') AS BLOB)"
        )
        let error = storeError { _ = try test.payloads() }
        guard case .corrupt(_, let detail) = error else {
            Issue.record("expected damage, found \(String(describing: error))")
            return
        }
        #expect(detail.contains("entries 0 to 2"))
    }

    @Test("A batch is marked with the oldest format that can hold it")
    func oldestFormat() throws {
        let test = try TestStore()
        try test.append(["a"])
        var entries = messages(["b"], at: 1)
        entries.append(
            .message(
                Message(
                    topic: "t",
                    payload: [0x63],
                    properties: [MessageProperty(name: "id", value: "7")],
                    arrivedAt: Moment(seconds: 1)
                )
            )
        )
        let commit = Commit(after: try test.store.head(of: "0"), entries: entries)
        try test.store.commit(commit, to: "0", routes: test.routes) { _ in [] }
        let formats = try test.store.database.all("SELECT format FROM batch ORDER BY first") { $0.count(0) }
        #expect(formats == [1, 2])
        #expect(try test.payloads() == ["a", "b", "c"])
    }

    @Test("A batch in a later format is refused by name")
    func laterFormat() throws {
        let test = try TestStore()
        try test.append(["a"])
        try test.store.database.execute("UPDATE batch SET format = 9")
        let known = EntryBatch.formatVersion
        #expect(
            storeError { _ = try test.payloads() }
                == .newer(path: test.path, what: "the journal at 0", found: 9, known: known)
        )
    }

    @Test("A batch that cannot be read back is not acknowledged")
    func unreadableBatch() throws {
        let test = try TestStore()
        let good = messages(["a"])
        let cut = EntryBatch(bytes: Array(good.bytes.dropLast()), count: 1)
        let miscounted = EntryBatch(bytes: good.bytes, count: 2)
        for entries in [cut, miscounted] {
            let commit = Commit(after: .start, entries: entries)
            let error = storeError { try test.store.commit(commit, to: "0", routes: test.routes) { _ in [] } }
            #expect(error?.remedy == .stop)
        }
        #expect(try test.store.head(of: "0") == .start)
    }

    @Test("An answer that came in twice is recognised, also after a restart, and not before its commit")
    func inbound() throws {
        let test = try TestStore()
        let id = Commit.InboundID(source: "kannel", id: "17")
        var commit = Commit(after: .start, entries: messages(["a"]), inbound: [id, id])
        #expect(try !test.store.seenInbound(source: "kannel", id: "17"))
        commit.after = Position(5)
        #expect(
            storeError { try test.store.commit(commit, to: "0", routes: test.routes) { _ in [] } } != nil
        )
        #expect(try !test.store.seenInbound(source: "kannel", id: "17"))
        commit.after = .start
        try test.store.commit(commit, to: "0", routes: test.routes) { _ in [] }
        try test.reopen()
        #expect(try test.store.seenInbound(source: "kannel", id: "17"))
        #expect(try !test.store.seenInbound(source: "ovh", id: "17"))
    }
}

@Suite("Checksum")
struct ChecksumTests {
    /// From the reference implementation of XXH64, seed 0.
    @Test(
        "The digests are those of XXH64",
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
            ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
        ] as [(String, UInt64)]
    )
    func reference(text: String, digest: UInt64) {
        #expect(UInt64(bitPattern: Checksum.of(text)) == digest)
    }

    @Test("Every single turned bit changes the digest", arguments: [1, 7, 8, 31, 32, 33, 64, 100])
    func everyBit(size: Int) {
        let bytes = (0..<size).map { UInt8($0 & 0xff) }
        let digest = Checksum.of(bytes)
        for bit in 0..<size * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << (bit % 8)
            #expect(Checksum.of(damaged) != digest)
        }
    }
}
