import Foundation
import Testing
import Units

@testable import Store

@Suite("Schema")
struct SchemaTests {
    private static let steps = [
        Migration(statements: "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);"),
        Migration(statements: "ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 2;"),
        Migration(statements: "CREATE TABLE b AS SELECT x + y AS z FROM a;"),
    ]

    private func open(_ path: String, _ migrations: [Migration]) throws -> Store {
        try Store(path: path, access: .readWrite, migrations: migrations)
    }

    @Test("A store of any older version is brought to this one with its content", arguments: 1...3)
    func migrates(from version: Int) throws {
        let test = try TestStore()
        let path = test.folder + "/old.sqlite"
        let old = try open(path, Array(Self.steps.prefix(version)))
        #expect(try Migration.version(of: old.database) == version)
        let new = try open(path, Self.steps)
        #expect(try Migration.version(of: new.database) == 3)
        #expect(try new.database.first("SELECT z FROM b") { row in row.integer(0) } == 3)
        _ = try open(path, Self.steps)
        #expect(try new.database.first("SELECT count(*) FROM a") { row in row.integer(0) } == 1)
    }

    @Test("Every version that was released still opens with its content", arguments: 1...Migration.all.count)
    func released(version: Int) throws {
        let test = try TestStore()
        let path = test.folder + "/old.sqlite"
        let old = try open(path, Array(Migration.all.prefix(version)))
        try old.put(ExternalRef(system: "rt", kind: "case", key: "K", remoteID: "1"))
        let new = try Store(path: path)
        #expect(try Migration.version(of: new.database) == Migration.all.count)
        #expect(try new.externalRef(system: "rt", kind: "case", key: "K")?.remoteID == "1")
        #expect(try new.quickCheck().isEmpty)
    }

    @Test("What waits in a store of version 1 goes out from this version, in its order")
    func waitingInVersion1() throws {
        let test = try TestStore()
        let path = test.folder + "/old.sqlite"
        let old = try open(path, Array(Migration.all.prefix(1)))
        for (row, urgency, expectsReply) in [(1, "service", 0), (2, "service", 1), (3, "lifeSafety", 0)] {
            try old.database.execute(
                """
                INSERT INTO notice VALUES (\(row), 'MSG_\(row)', 'CASE_\(row)', 'begins', 'P', 'tenant', '\(urgency)',
                    'technical', 'Bonjour', 0, 'fr', \(expectsReply), 'elevators', 'stuck', 'A7', 0, 1000000000, 0);
                INSERT INTO delivery (sink, kind, content, lane, urgent, state, next_at, not_after, stored_at, changed_at)
                    VALUES ('sms', 'notice', \(row), '\(row)', \(row == 3 ? 1 : 0), 'pending', 0, 1000000000, 0, 0);
                """
            )
        }
        try old.database.execute(
            """
            INSERT INTO command VALUES (1, 'CMD', 'K', 't', 'p', 'water', 'burst', 'W', 0, 1000000000, 0);
            INSERT INTO delivery (sink, kind, content, lane, urgent, state, next_at, stored_at, changed_at)
                VALUES ('mqtt', 'command', 1, 'K', 0, 'inFlight', 0, 0, 0);
            """
        )
        let new = try Store(path: path)
        let jobs = try new.claimJobs(of: "sms", now: Moment(), limit: 9)
        #expect(jobs.map(\.id) == ["MSG_3", "MSG_2", "MSG_1"])
        guard case .notice(let notice)? = jobs.first?.content else { return }
        #expect(notice.channel == .text)
        #expect(notice.follows.isEmpty)
        #expect(try new.recoverInFlight(at: Moment()) == Recovery(requeued: 2, unknown: 2))
        let sentences = try new.database.all("SELECT reason || why_french FROM notice") { row in row.text(0) }
        #expect(sentences == ["", "", ""], "they had no reason, and none is made up")
    }

    @Test("A migration that fails leaves the old version as it was")
    func failingMigration() throws {
        let test = try TestStore()
        let path = test.folder + "/old.sqlite"
        _ = try open(path, Array(Self.steps.prefix(1)))
        let broken = [Self.steps[0], Self.steps[1], Migration(statements: "INSERT INTO missing VALUES (1);")]
        #expect(storeError { _ = try open(path, broken) }?.remedy == .stop)
        let old = try open(path, Array(Self.steps.prefix(1)))
        #expect(try Migration.version(of: old.database) == 1)
        #expect(storeError { try old.database.execute("SELECT y FROM a") } != nil)
    }

    @Test("A store of a later version is refused and not touched")
    func laterVersion() throws {
        let test = try TestStore()
        let path = test.folder + "/new.sqlite"
        _ = try open(path, Self.steps)
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let error = StoreError.newer(path: path, what: "the database", found: 3, known: 2)
        #expect(storeError { _ = try open(path, Array(Self.steps.prefix(2))) } == error)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("A store of an earlier version is not read before it has been brought up to date")
    func earlierVersion() throws {
        let test = try TestStore()
        let path = test.folder + "/old.sqlite"
        _ = try open(path, Array(Self.steps.prefix(1)))
        let expected = StoreError.older(path: path, found: 1, expected: 2)
        let steps = Array(Self.steps.prefix(2))
        #expect(storeError { _ = try Store(path: path, access: .readOnly, migrations: steps) } == expected)
        _ = try open(path, steps)
        _ = try Store(path: path, access: .readOnly, migrations: steps)
    }

    @Test("Another program's database is refused and not touched")
    func foreign() throws {
        let test = try TestStore()
        let path = test.folder + "/other.sqlite"
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        try Database(path: path, readOnly: false).execute("CREATE TABLE bookmarks (url TEXT)")
        #expect(storeError { _ = try Store(path: path) } == .foreign(path: path))
    }

    @Test("Two processes that open a new store at once both get it")
    func openedAtOnce() async throws {
        let test = try TestStore()
        let path = test.folder + "/new.sqlite"
        try await withThrowingTaskGroup(of: Position.self) { group in
            for _ in 0..<8 { group.addTask { try Store(path: path).head(of: "0") } }
            for try await head in group { #expect(head == .start) }
        }
    }

    @Test("A missing folder is created for the owner alone, and so are the files")
    func privateFiles() throws {
        let test = try TestStore()
        let path = test.folder + "/state/vigie.sqlite"
        let store = try Store(path: path)
        let commit = Commit(after: .start, entries: messages(["a"]))
        try store.commit(commit, to: "0", routes: Routes()) { _ in [] }
        func rights(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try rights(test.folder + "/state") == 0o700)
        for file in ["", "-wal", "-shm"] { #expect(try rights(path + file) == 0o600) }
    }
}
