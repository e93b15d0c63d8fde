internal import CSQLite
import Glibc

/// One SQLite connection with its prepared statements. It belongs to one thread at a time (NOMUTEX).
final class Database {
    /// How long a write waits for another connection's transaction, which takes milliseconds.
    static let patienceInSeconds = 5

    let path: String
    private let handle: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]

    init(path: String, readOnly: Bool) throws(StoreError) {
        var opened: OpaquePointer?
        let access = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        let code = sqlite3_open_v2(path, &opened, access | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            let systemError = opened.map { sqlite3_system_errno($0) } ?? 0
            sqlite3_close_v2(opened)
            let reason =
                systemError == 0
                ? String(cString: sqlite3_errstr(code)) : String(cString: strerror(systemError))
            throw .cannotOpen(path: path, reason: reason)
        }
        self.path = path
        handle = opened
        sqlite3_extended_result_codes(opened, 1)
        // SQLite's own handler sleeps in steps of up to 100 ms. Our transactions are short, so steps of 0.2 ms
        // give the lock on almost at once; after 10 ms it is a long one and 5 ms do.
        sqlite3_busy_handler(
            opened,
            { _, count in
                usleep(count < 50 ? 200 : 5000)
                return count < 50 + Int32(Database.patienceInSeconds) * 200 ? 1 : 0
            },
            nil
        )
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    /// Runs statements without parameters that are not worth keeping: pragmas and the schema.
    func execute(_ sql: String) throws(StoreError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    /// Runs a statement to its end.
    /// - Returns: how many rows it inserted, updated or deleted.
    @discardableResult
    func run(_ sql: String, _ values: [SQLValue] = []) throws(StoreError) -> Int {
        let statement = try bound(sql, values)
        defer { release(statement) }
        var code = sqlite3_step(statement)
        while code == SQLITE_ROW { code = sqlite3_step(statement) }
        guard code == SQLITE_DONE else { throw failure(code) }
        return Int(sqlite3_changes(handle))
    }

    /// Calls `read` with each row of the answer.
    func forEach(
        _ sql: String,
        _ values: [SQLValue] = [],
        _ read: (Row) throws(StoreError) -> Void
    ) throws(StoreError) {
        let statement = try bound(sql, values)
        defer { release(statement) }
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw failure(code) }
            try read(Row(statement, path: path))
        }
    }

    func all<Value>(
        _ sql: String,
        _ values: [SQLValue] = [],
        _ read: (Row) throws(StoreError) -> Value
    ) throws(StoreError) -> [Value] {
        var found: [Value] = []
        try forEach(sql, values) { (row) throws(StoreError) in found.append(try read(row)) }
        return found
    }

    func first<Value>(
        _ sql: String,
        _ values: [SQLValue] = [],
        _ read: (Row) throws(StoreError) -> Value
    ) throws(StoreError) -> Value? {
        let statement = try bound(sql, values)
        defer { release(statement) }
        let code = sqlite3_step(statement)
        if code == SQLITE_DONE { return nil }
        guard code == SQLITE_ROW else { throw failure(code) }
        return try read(Row(statement, path: path))
    }

    /// All or nothing. It takes the write lock first, so it never finds out half-way that it cannot have it.
    func transaction<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value {
        // A rollback can fail for the reason that made it necessary; then it is due now.
        if sqlite3_get_autocommit(handle) == 0 { try run("ROLLBACK") }
        try run("BEGIN IMMEDIATE")
        do {
            let value = try body()
            try run("COMMIT")
            return value
        } catch {
            if sqlite3_get_autocommit(handle) == 0 {
                // The first error is the one to tell; an open transaction is rolled back at the next call.
                sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
            }
            throw error
        }
    }

    var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Copies what it can from the log into the file without waiting for anybody; nil when another connection
    /// is doing so.
    func checkpoint() throws(StoreError) -> (logPages: Int, copiedPages: Int)? {
        var logPages: Int32 = 0
        var copiedPages: Int32 = 0
        let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, &logPages, &copiedPages)
        if code & 0xff == SQLITE_BUSY { return nil }
        guard code == SQLITE_OK else { throw failure(code) }
        return (Int(logPages), Int(copiedPages))
    }

    private func bound(_ sql: String, _ values: [SQLValue]) throws(StoreError) -> OpaquePointer {
        let statement = try prepared(sql)
        for (offset, value) in values.enumerated() {
            let code = bind(value, to: Int32(offset + 1), of: statement)
            guard code == SQLITE_OK else {
                release(statement)
                throw failure(code)
            }
        }
        return statement
    }

    private func prepared(_ sql: String) throws(StoreError) -> OpaquePointer {
        if let statement = statements[sql] { return statement }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw failure(code) }
        statements[sql] = statement
        return statement
    }

    private func bind(_ value: SQLValue, to index: Int32, of statement: OpaquePointer) -> Int32 {
        switch value {
        case .integer(let integer):
            return sqlite3_bind_int64(statement, index, integer)
        case .text(var text):
            return text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) {
                    vigie_bind_text_copy(statement, index, $0.baseAddress, UInt64($0.count))
                }
            }
        case .blob(let bytes):
            // A blob without an address would be bound as NULL.
            guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
            return bytes.withUnsafeBytes {
                vigie_bind_blob_copy(statement, index, $0.baseAddress, UInt64($0.count))
            }
        case .borrowed(let bytes):
            guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
            return sqlite3_bind_blob64(statement, index, bytes.baseAddress, UInt64(bytes.count), nil)
        case .null:
            return sqlite3_bind_null(statement, index)
        }
    }

    /// The statement forgets what was bound, so no borrowed bytes stay behind; what it returns repeats the
    /// error of the step, which has been looked at.
    private func release(_ statement: OpaquePointer) {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }

    private func failure(_ code: Int32) -> StoreError {
        let reason = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "no reason given"
        let systemError = sqlite3_system_errno(handle)
        return .from(code: code, reason: reason, systemError: systemError, path: path)
    }
}
