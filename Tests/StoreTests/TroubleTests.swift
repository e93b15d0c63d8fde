import Foundation
import Glibc
import Interactions
import TestSupport
import Testing
import Units

@testable import Store

@Suite("Trouble")
struct TroubleTests {
    @Test("On a full disk nothing is half-stored, and it goes on when there is room")
    func diskFull() throws {
        let test = try TestStore()
        try test.append(["a"])
        let pages = try test.store.database.first("PRAGMA page_count") { row in row.integer(0) } ?? 0
        try test.store.database.execute("PRAGMA max_page_count = \(pages + 5)")
        let big = String(repeating: "b", count: 100_000)
        let error = storeError { try test.append([big]) }
        guard case .diskFull(let path, _, let total) = error else {
            Issue.record("expected a full disk, found \(String(describing: error))")
            return
        }
        #expect(path == test.path)
        #expect(total > 0)
        #expect(error?.remedy == .wait)
        #expect(try test.payloads() == ["a"])
        try test.store.database.execute("PRAGMA max_page_count = 1000000")
        try test.append([big])
        #expect(try test.payloads() == ["a", big])
    }

    @Test("A store opened for looking does not write, and sees what another commits")
    func readOnly() throws {
        let test = try TestStore()
        try test.append(["a"])
        let viewer = try Store(path: test.path, access: .readOnly)
        #expect(try viewer.head(of: "0") == Position(1))
        try test.append(["b"])
        #expect(try viewer.head(of: "0") == Position(2))
        let commit = Commit(after: Position(2), entries: messages(["c"]))
        let error = storeError { try viewer.commit(commit, to: "0", routes: Routes()) { _ in [] } }
        #expect(error == .readOnly(path: test.path))
        #expect(error?.remedy == .wait)
    }

    @Test("A file or folder without the right to write is said to be so")
    func noRightToWrite() throws {
        let test = try TestStore()
        try test.append(["a"])
        #expect(chmod(test.folder, 0o500) == 0)
        defer { chmod(test.folder, 0o700) }
        // Root may write everywhere, so this thread becomes somebody else for the file system.
        let user = geteuid()
        if user == 0 { try actOnFiles(asUser: 65_534) }
        defer { #expect(throws: Never.self) { if user == 0 { try actOnFiles(asUser: 0) } } }
        let path = test.folder + "/other.sqlite"
        #expect(storeError { _ = try Store(path: path) } == .readOnly(path: path))
    }

    /// `setfsuid` (Linux, of this thread alone) is not among what Swift imports from Glibc.
    private func actOnFiles(asUser user: uid_t) throws {
        let address = try #require(dlsym(nil, "setfsuid"))
        let setFileSystemUser = unsafeBitCast(address, to: (@convention(c) (uid_t) -> Int32).self)
        _ = setFileSystemUser(user)
    }

    @Test("A folder that does not exist is named")
    func missingFolder() throws {
        let test = try TestStore()
        let path = test.folder + "/no/such/vigie.sqlite"
        guard case .cannotOpen(path, let reason) = storeError({ _ = try Store(path: path) }) else {
            Issue.record("a store without a folder was opened")
            return
        }
        #expect(reason == "No such file or directory")
        #expect(
            storeError { _ = try Store(path: test.folder + "/none.sqlite", access: .readOnly) }?.remedy
                == .stop
        )
    }

    @Test("A file that is not a database is damage, not a new store")
    func notADatabase() throws {
        let test = try TestStore()
        let path = test.folder + "/text.sqlite"
        try String(repeating: "not a database ", count: 1000).write(
            toFile: path,
            atomically: true,
            encoding: .utf8
        )
        guard case .corrupt = storeError({ _ = try Store(path: path) }) else {
            Issue.record("a text file was opened as a store")
            return
        }
    }

    /// Any byte of the file may be hit; whatever is hit, what is read is what was written, or an error says why
    /// not.
    @Test("A file with damaged pages never yields an entry that was not written")
    func damagedPages() throws {
        let test = try TestStore()
        let written = (0..<400).map { "\($0)" + String(repeating: "x", count: 50) }
        for start in stride(from: 0, to: 400, by: 20) { try test.append(Array(written[start..<start + 20])) }
        try test.store.checkpoint()
        let whole = try Data(contentsOf: URL(fileURLWithPath: test.path))
        var random = Dice(seed: 1)
        var errors = 0
        for round in 0..<60 {
            var damaged = whole
            for _ in 0..<20 {
                damaged[Int.random(in: 0..<damaged.count, using: &random)] ^= UInt8.random(
                    in: 1...255,
                    using: &random
                )
            }
            let path = test.folder + "/damaged-\(round).sqlite"
            try damaged.write(to: URL(fileURLWithPath: path))
            var found: [String] = []
            do {
                var reader = try Store(path: path).journal(of: "0", from: .start)
                while let batch = try reader.next() {
                    try batch.entries.forEach { found.append(String(decoding: $0.payload, as: UTF8.self)) }
                }
            } catch {
                #expect(error is StoreError)
                errors += 1
            }
            #expect(found == Array(written.prefix(found.count)))
        }
        #expect(errors > 0)
    }

    @Test("A short transaction elsewhere is waited for")
    func waitsForLock() throws {
        let test = try TestStore()
        let path = test.path
        let isLocked = DispatchSemaphore(value: 0)
        // A thread of its own: the lock must be given back whatever else the machine is busy with.
        let holder = Thread {
            do {
                let other = try Store(path: path)
                try other.database.execute("BEGIN IMMEDIATE")
                isLocked.signal()
                Thread.sleep(forTimeInterval: 0.05)
                try other.database.execute("ROLLBACK")
            } catch {
                Issue.record("the lock could not be taken and given back: \(error)")
                isLocked.signal()
            }
        }
        holder.start()
        isLocked.wait()
        #expect(try test.append(["a"]) == Position(1))
    }

    @Test("A lock that is not given back is an error to wait for, after some patience")
    func givesUpOnLock() throws {
        let test = try TestStore()
        let other = try Store(path: test.path)
        try other.database.execute("BEGIN IMMEDIATE")
        let error = storeError { try test.append(["a"]) }
        #expect(error == .busy(path: test.path))
        #expect(error?.isTransient == true)
        try other.database.execute("ROLLBACK")
        #expect(try test.append(["a"]) == Position(1))
    }

    @Test("A writer and dispatchers at once: everything goes out once and in order")
    func concurrent() async throws {
        let test = try TestStore()
        let path = test.path
        let cases = 10
        let steps = 12
        let sent = try await withThrowingTaskGroup(of: [String].self) { group in
            group.addTask {
                let store = try Store(path: path)
                for step in 0..<steps {
                    let effects = (0..<cases).map { interaction("\($0)-\(step)", key: "CASE_\($0)") }
                    let commit = Commit(
                        after: try store.head(of: "0"),
                        entries: messages(["a"]),
                        effects: effects
                    )
                    try store.commit(commit, to: "0", routes: Routes(interactions: ["crm"])) { _ in [] }
                }
                return []
            }
            for _ in 0..<3 {
                group.addTask {
                    let store = try Store(path: path)
                    var sent: [String] = []
                    while try store.outboxCounts().first(where: { $0.state == .done })?.count != cases * steps
                    {
                        let jobs = try store.claimJobs(of: "crm", now: Moment(), limit: 4)
                        sent += jobs.map(\.id)
                        let results = jobs.map {
                            (row: $0.row, outcome: DeliveryOutcome.done(reference: nil))
                        }
                        try store.finish(results, at: Moment())
                        if jobs.isEmpty { await Task.yield() }
                    }
                    return sent
                }
            }
            group.addTask {
                let store = try Store(path: path)
                for _ in 0..<20 { try store.checkpoint() }
                return []
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(sent.count == cases * steps)
        #expect(Set(sent).count == cases * steps)
    }
}
