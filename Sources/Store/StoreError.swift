/// What is wrong with the store, as facts. The sentence for people is `description`; it never holds a value
/// that was stored.
public enum StoreError: Error, Equatable, Sendable {
    /// Another connection held the write lock for longer than `Database.patience`.
    case busy(path: String)
    /// No room for a write. `free` and `total` are bytes of the file system, 0 when it does not say.
    case diskFull(path: String, free: Int64, total: Int64)
    /// The file, its folder or its file system does not allow writing.
    case readOnly(path: String)
    /// There is no such file or folder, or no right to open it.
    case cannotOpen(path: String, reason: String)
    /// The operating system reported an error while reading or writing.
    case inputOutput(path: String, code: Int32, reason: String)
    /// What is stored cannot be what was written.
    case corrupt(path: String, detail: String)
    /// A SQLite file of another program.
    case foreign(path: String)
    /// Written by a later version of Vigie.
    case newer(path: String, what: String, found: Int, known: Int)
    /// Written by an earlier version of Vigie, and opened for reading alone.
    case older(path: String, found: Int, expected: Int)
    /// Somebody else appended to the journal: the engine has to read those entries first.
    case headMoved(partition: String, expected: Position, found: Position)
    /// The entries asked for are no longer kept.
    case journalGap(partition: String, asked: Position, oldest: Position?)
    /// A delivery is not in a state that allows the action; `found` is nil when there is no such row.
    case refused(action: String, row: Int64, found: OutboxState?, allowed: [OutboxState])
    /// Nothing that an operator can mend: a defect of Vigie.
    case unexpected(path: String, code: Int32, reason: String)

    /// What the caller can do about it.
    public enum Remedy: Hashable, Sendable {
        /// Pause the intake and try the same again later: it can heal by itself or by an operator's hand while
        /// Vigie runs. Nothing of the failed call was stored.
        case wait
        /// Read the journal from the own position, then try again.
        case catchUp
        /// Trying again will not help; nothing was stored.
        case stop
    }

    public var remedy: Remedy {
        switch self {
        case .busy, .diskFull, .readOnly, .inputOutput: .wait
        case .headMoved: .catchUp
        case .cannotOpen, .corrupt, .foreign, .newer, .older, .journalGap, .refused, .unexpected: .stop
        }
    }

    public var isTransient: Bool { remedy == .wait }
}

extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .busy(let path):
            "store \(path): another process has held the write lock for \(Database.patienceInSeconds) s; "
                + "intake paused, broker keeps the messages; trying again; find it with: fuser \(path)"
        case .diskFull(let path, let free, let total):
            "store \(path): disk is full (\(gigabytes(free)) of \(gigabytes(total)) GB free); "
                + "intake paused, broker keeps the messages; goes on by itself when there is room"
        case .readOnly(let path):
            "store \(path): writing is not allowed here; intake paused, broker keeps the messages; "
                + "make the file and its folder writable (a file system may have been remounted read-only)"
        case .cannotOpen(let path, let reason):
            "store \(path): cannot be opened: \(reason); nothing was started; "
                + "check that the folder exists and belongs to Vigie's user"
        case .inputOutput(let path, let code, let reason):
            "store \(path): the disk reported an error: \(reason) (SQLite \(code)); intake paused, "
                + "broker keeps the messages; trying again; look into the kernel's log: dmesg"
        case .corrupt(let path, let detail):
            "store \(path): damaged: \(detail); intake stopped, broker keeps the messages; "
                + "restore the last backup, or save what can be read with: sqlite3 FILE .recover"
        case .foreign(let path):
            "store \(path): a database of another program, expected one made by Vigie; nothing was changed; "
                + "choose another path"
        case .newer(let path, let what, let found, let known):
            "store \(path): \(what) has version \(found), this Vigie knows up to \(known); "
                + "nothing was changed; start the newer Vigie again, or restore the backup made before it"
        case .older(let path, let found, let expected):
            "store \(path): has version \(found), expected \(expected); nothing was changed or read; "
                + "vigie run of this version brings it up to date"
        case .headMoved(let partition, let expected, let found):
            "journal \(partition): ends at \(found.entries), expected \(expected.entries): somebody else "
                + "appended; nothing was stored; reading those entries, then trying again"
        case .journalGap(let partition, let asked, let oldest):
            "journal \(partition): entries from \(asked.entries) were asked for, "
                + (oldest.map { "the oldest kept is \($0.entries)" } ?? "none are kept")
                + "; state cannot be rebuilt from there; start from a snapshot"
        case .refused(let action, let row, let found, let allowed):
            "outbox \(row): cannot \(action): "
                + (found.map { "it is \($0.rawValue)" } ?? "there is no such delivery")
                + "; expected \(allowed.map(\.rawValue).joined(separator: " or ")); nothing was changed"
        case .unexpected(let path, let code, let reason):
            "store \(path): SQLite says \(reason) (\(code)), which is a defect of Vigie; nothing was stored; "
                + "please report it with the last 50 log lines"
        }
    }

    private func gigabytes(_ bytes: Int64) -> String {
        let tenths = bytes / 100_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
