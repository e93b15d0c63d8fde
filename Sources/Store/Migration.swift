/// One step of the schema: what takes a store from one version to the next.
///
/// A step that a release has shipped is never edited; a change is a new step at the end.
struct Migration {
    let statements: String

    /// Marks the file as ours in SQLite's header: "VGIE".
    static let applicationID: Int64 = 0x5647_4945

    static let all = [
        Schema.version1, Schema.version2, Schema.version3, Schema.version4, Schema.version5,
        Schema.version6,
    ]
    .map(Migration.init(statements:))

    /// Brings the store to the last version of `migrations`, or leaves it as it was.
    static func run(_ migrations: [Migration], on database: Database) throws(StoreError) {
        guard try version(of: database) < migrations.count else {
            return try refuseNewer(than: migrations.count, in: database)
        }
        try database.transaction { () throws(StoreError) in
            // Another process may have been faster; inside the transaction the number holds still.
            let found = try version(of: database)
            for migration in migrations.dropFirst(found) {
                try database.execute(migration.statements)
            }
            if found < migrations.count {
                try database.execute("PRAGMA application_id = \(applicationID)")
                try database.execute("PRAGMA user_version = \(migrations.count)")
            }
        }
        try refuseNewer(than: migrations.count, in: database)
    }

    /// A file with tables of another program would be taken for one of ours with version 0.
    static func refuseForeign(_ database: Database) throws(StoreError) {
        // In this order: a store that another process creates in between has its tables and its mark at once.
        let tables = try database.first("SELECT count(*) FROM sqlite_schema") { row in row.integer(0) }
        let id = try database.first("PRAGMA application_id") { row in row.integer(0) }
        guard id == applicationID || (id == 0 && tables == 0) else { throw .foreign(path: database.path) }
    }

    static func refuseNewer(than known: Int, in database: Database) throws(StoreError) {
        let found = try version(of: database)
        guard found <= known else {
            throw .newer(path: database.path, what: "the database", found: found, known: known)
        }
    }

    static func version(of database: Database) throws(StoreError) -> Int {
        try database.first("PRAGMA user_version") { row in row.count(0) } ?? 0
    }
}
