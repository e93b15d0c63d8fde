internal import CSQLite
import Glibc

/// The durable memory of one machine: journal, snapshots, outbox, directory, audit, in one SQLite file.
///
/// A store is one connection and belongs to one thread at a time; a thread that needs it opens its own. Writers
/// of several connections take turns in transactions of milliseconds. Every call that changes something is one
/// transaction: when it returns the change survives a power cut (WAL, `synchronous=FULL`), when it throws
/// nothing of it was stored. `save` and `purge` take several, and leave nothing half-done that counts.
///
/// Checkpoints: the log is copied into the file by `checkpoint()`, which whoever does the maintenance calls
/// about once a second from a connection of its own; it waits for nobody and nobody waits for it. SQLite's
/// usual way, the committing thread copies every 1 000 pages, makes single commits 10 to 40 ms long. A log that
/// is written to without a pause can only start anew from a commit, so the committing thread still looks at
/// 64 MB: what is left to copy then is what came since the last second, and the log stays bounded even if
/// nobody does the maintenance. `deploy/bench store` measures both.
public final class Store {
    public enum Access: Sendable {
        /// Creates the store if there is none, and brings an old one to this version.
        case readWrite
        /// For looking at a store, also while another process works with it.
        case readOnly
    }

    let database: Database

    public var path: String { database.path }

    /// Opens the store at `path`; its folder is created if only that is missing. The files are readable by
    /// their owner alone, for there are telephone numbers in them.
    public convenience init(path: String, access: Access = .readWrite) throws(StoreError) {
        try self.init(path: path, access: access, migrations: Migration.all)
    }

    init(path: String, access: Access, migrations: [Migration]) throws(StoreError) {
        if access == .readWrite { try Self.createFile(at: path) }
        database = try Database(path: path, readOnly: access == .readOnly)
        try Migration.refuseForeign(database)
        try Migration.refuseNewer(than: migrations.count, in: database)
        if access == .readOnly {
            let found = try Migration.version(of: database)
            guard found == migrations.count else {
                throw .older(path: path, found: found, expected: migrations.count)
            }
            return
        }
        try database.execute("PRAGMA page_size = \(Self.pageSize)")
        try database.execute("PRAGMA journal_mode = WAL")
        try database.execute("PRAGMA synchronous = FULL")
        try database.execute("PRAGMA wal_autocheckpoint = \(Self.logLimit / Self.pageSize)")
        // A log that a snapshot made large gives its space back.
        try database.execute("PRAGMA journal_size_limit = \(Self.logLimit)")
        // A text that retention takes away is overwritten and not just forgotten.
        try database.execute("PRAGMA secure_delete = FAST")
        try Migration.run(migrations, on: database)
    }

    /// A batch of 1 000 messages fills 25 of these; with SQLite's usual 4 KB it costs a seventh more, with 16 KB
    /// a commit of a single message writes twice as much.
    private static let pageSize = 8192
    private static let logLimit = 64 << 20

    /// How far `checkpoint()` came.
    public struct Checkpoint: Hashable, Sendable {
        /// Pages of 8 KB in the log.
        public var logPages: Int
        /// How many of them are in the file by now.
        public var copiedPages: Int
    }

    /// Copies the log into the file as far as readers allow, without waiting and without making anybody wait.
    /// - Returns: nil when another connection is doing so.
    @discardableResult
    public func checkpoint() throws(StoreError) -> Checkpoint? {
        try database.checkpoint().map { Checkpoint(logPages: $0.logPages, copiedPages: $0.copiedPages) }
    }

    /// Reads the whole file and says what is wrong with it; empty when nothing is. Seconds per GB: for a person
    /// who asks, not for every start. The journal's and snapshots' checksums are looked at when they are read.
    public func quickCheck() throws(StoreError) -> [String] {
        try database.all("PRAGMA quick_check(20)") { row in row.text(0) }.filter { $0 != "ok" }
    }

    /// SQLite would create the file readable for all; its log takes over the rights of the file.
    ///
    /// A file that is there is never opened here: POSIX takes all locks of the process on it away as soon as any
    /// descriptor of it is closed, those of the other connections included. Another process that looks at the
    /// database then finds nobody at work, and deletes their log under them when it goes.
    private static func createFile(at path: String) throws(StoreError) {
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            let folder = String(path[..<slash])
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw systemError(path) }
        }
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if file >= 0 {
            close(file)
            return
        }
        guard errno == EEXIST, access(path, R_OK | W_OK) == 0 else { throw systemError(path) }
    }

    private static func systemError(_ path: String) -> StoreError {
        let code = errno
        switch code {
        case EROFS, EACCES, EPERM: return .readOnly(path: path)
        case ENOSPC, EDQUOT:
            return .from(code: SQLITE_FULL, reason: "", systemError: code, path: path)
        default: return .cannotOpen(path: path, reason: String(cString: strerror(code)))
        }
    }
}
