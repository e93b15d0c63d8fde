/// What another system calls one of our things: the first line of defence against making it there twice.
public struct ExternalRef: Hashable, Sendable {
    /// The other system, by the name of its sink.
    public var system: String
    /// What it is there: `case`, `note`, `contact` …
    public var kind: String
    /// Our id of it.
    public var key: String
    public var remoteID: String
    /// The other system's version of it, where it has one.
    public var etag: String?
    /// A digest of what was sent last, so that the same is not sent again.
    public var hash: String?

    public init(
        system: String,
        kind: String,
        key: String,
        remoteID: String,
        etag: String? = nil,
        hash: String? = nil
    ) {
        self.system = system
        self.kind = kind
        self.key = key
        self.remoteID = remoteID
        self.etag = etag
        self.hash = hash
    }
}

extension Store {
    public func externalRef(system: String, kind: String, key: String) throws(StoreError) -> ExternalRef? {
        try database.first(
            "SELECT remote_id, etag, hash FROM external_ref WHERE system = ? AND kind = ? AND key = ?",
            [.text(system), .text(kind), .text(key)]
        ) { row in
            ExternalRef(
                system: system,
                kind: kind,
                key: key,
                remoteID: row.text(0),
                etag: row.textOrNil(1),
                hash: row.textOrNil(2)
            )
        }
    }

    /// Adds the reference or replaces the one with the same system, kind and key.
    public func put(_ reference: ExternalRef) throws(StoreError) {
        try database.run(
            """
            INSERT INTO external_ref (system, kind, key, remote_id, etag, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT DO UPDATE SET remote_id = ?4, etag = ?5, hash = ?6
            """,
            [
                .text(reference.system), .text(reference.kind), .text(reference.key),
                .text(reference.remoteID), .text(orNull: reference.etag), .text(orNull: reference.hash),
            ]
        )
    }
}
