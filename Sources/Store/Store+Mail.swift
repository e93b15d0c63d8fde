import Telemetry

/// An entry that another process has left for the one that runs the engine.
public struct Mail: Equatable, Sendable {
    public var row: Int64
    public var entry: Entry
}

extension Store {
    /// Leaves an entry for the process that runs the engine: a new directory, news about a case. It takes its place
    /// in the journal when that process commits it (`Commit.mail`); until then it waits here, restarts included.
    public func post(_ entry: Entry) throws(StoreError) {
        var batch = EntryBatch()
        batch.append(entry)
        let body = batch.bytes
        let done = body.withUnsafeBytes { bytes in
            Result { () throws(StoreError) in
                _ = try database.run("INSERT INTO mail (body) VALUES (?)", [.borrowed(bytes)])
            }
        }
        try done.get()
    }

    /// What waits, in the order in which it was left.
    public func mail(limit: Int) throws(StoreError) -> [Mail] {
        let rows = try database.all("SELECT row, body FROM mail ORDER BY row LIMIT ?", [.count(limit)]) {
            row in
            (row: row.integer(0), body: row.blob(1))
        }
        var mail: [Mail] = []
        for row in rows {
            do {
                try EntryBatch(bytes: row.body, count: 1).forEach { view in
                    mail.append(Mail(row: row.row, entry: try view.copied()))
                }
            } catch {
                throw .corrupt(path: path, detail: "mail \(row.row): \(error)")
            }
        }
        return mail
    }
}

extension Store {
    /// A small fact by name; nil when it was never remembered.
    public func memo(_ name: String) throws(StoreError) -> [UInt8]? {
        try database.first("SELECT body FROM memo WHERE name = ?", [.text(name)]) { row in row.blob(0) }
    }

    /// Durable when it returns.
    public func remember(_ name: String, _ body: [UInt8]) throws(StoreError) {
        let done = body.withUnsafeBytes { bytes in
            Result { () throws(StoreError) in
                _ = try database.run(
                    "INSERT OR REPLACE INTO memo (name, body) VALUES (?, ?)",
                    [.text(name), .borrowed(bytes)]
                )
            }
        }
        try done.get()
    }
}
