/// The tables. Times are microseconds since 1970 UTC; `stored_at` is the arrival time of the batch that brought
/// the row, so it follows our clock and not a device's.
enum Schema {
    static let version1 = """
        CREATE TABLE partition (
            name TEXT PRIMARY KEY,
            head INTEGER NOT NULL,
            last_at INTEGER NOT NULL
        ) WITHOUT ROWID;

        -- One row per batch of entries; the body stands last so that the rest is read without it.
        CREATE TABLE batch (
            row INTEGER PRIMARY KEY,
            partition TEXT NOT NULL,
            first INTEGER NOT NULL,
            count INTEGER NOT NULL,
            first_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL,
            format INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            body BLOB NOT NULL
        );
        CREATE UNIQUE INDEX batch_first ON batch (partition, first);

        CREATE TABLE inbound (
            source TEXT NOT NULL,
            id TEXT NOT NULL,
            stored_at INTEGER NOT NULL,
            PRIMARY KEY (source, id)
        ) WITHOUT ROWID;

        -- What other processes have for the one that runs: entries without a place in the journal yet.
        CREATE TABLE mail (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            body BLOB NOT NULL
        );

        -- Small facts that must survive a restart, by name.
        CREATE TABLE memo (
            name TEXT PRIMARY KEY,
            body BLOB NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE snapshot (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            partition TEXT NOT NULL,
            position INTEGER NOT NULL,
            version TEXT NOT NULL,
            at INTEGER NOT NULL,
            size INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            complete INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE snapshot_part (
            row INTEGER PRIMARY KEY,
            snapshot INTEGER NOT NULL,
            number INTEGER NOT NULL,
            body BLOB NOT NULL
        );
        CREATE UNIQUE INDEX snapshot_part_number ON snapshot_part (snapshot, number);

        CREATE TABLE interaction (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            key TEXT NOT NULL,
            kind TEXT NOT NULL,
            status TEXT NOT NULL,
            stored_at INTEGER NOT NULL,
            body BLOB NOT NULL
        );
        CREATE INDEX interaction_key ON interaction (key);
        CREATE INDEX interaction_age ON interaction (stored_at);

        CREATE TABLE notice (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            key TEXT NOT NULL,
            phase TEXT NOT NULL,
            recipient TEXT NOT NULL,
            role TEXT NOT NULL,
            urgency TEXT NOT NULL,
            privacy TEXT NOT NULL,
            text TEXT,
            text_checksum INTEGER NOT NULL,
            language TEXT NOT NULL,
            expects_reply INTEGER NOT NULL,
            pipeline TEXT NOT NULL,
            detector TEXT NOT NULL,
            subject TEXT NOT NULL,
            at INTEGER NOT NULL,
            not_after INTEGER NOT NULL,
            stored_at INTEGER NOT NULL
        );
        CREATE INDEX notice_key ON notice (key, phase);
        CREATE INDEX notice_age ON notice (stored_at);
        CREATE INDEX notice_text_age ON notice (stored_at) WHERE text IS NOT NULL;

        CREATE TABLE command (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            key TEXT NOT NULL,
            topic TEXT NOT NULL,
            payload TEXT NOT NULL,
            pipeline TEXT NOT NULL,
            detector TEXT NOT NULL,
            subject TEXT NOT NULL,
            at INTEGER NOT NULL,
            not_after INTEGER NOT NULL,
            stored_at INTEGER NOT NULL
        );
        CREATE INDEX command_age ON command (stored_at);

        -- One row per thing and sink. AUTOINCREMENT: a row number is an order, so it is never used twice.
        CREATE TABLE delivery (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            sink TEXT NOT NULL,
            kind TEXT NOT NULL,
            content INTEGER NOT NULL,
            lane TEXT NOT NULL,
            urgent INTEGER NOT NULL,
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            next_at INTEGER NOT NULL,
            not_after INTEGER,
            outcome_unknown INTEGER NOT NULL DEFAULT 0,
            reason TEXT NOT NULL DEFAULT '',
            reference TEXT,
            untold INTEGER NOT NULL DEFAULT 0,
            stored_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL
        );
        CREATE INDEX delivery_due ON delivery (sink, urgent DESC, next_at) WHERE state = 'pending';
        CREATE INDEX delivery_expiring ON delivery (sink, not_after)
            WHERE state = 'pending' AND not_after IS NOT NULL;
        CREATE INDEX delivery_lane ON delivery (sink, lane) WHERE state IN ('pending', 'inFlight', 'parked');
        CREATE INDEX delivery_untold ON delivery (untold) WHERE untold = 1;
        CREATE INDEX delivery_content ON delivery (content, kind);
        CREATE INDEX delivery_state ON delivery (state, sink);

        CREATE TABLE dead_letter (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            topic TEXT NOT NULL,
            reason TEXT NOT NULL,
            detail TEXT NOT NULL,
            pipeline TEXT,
            at INTEGER NOT NULL,
            stored_at INTEGER NOT NULL,
            payload BLOB NOT NULL
        );

        CREATE TABLE drop_count (
            day INTEGER NOT NULL,
            pipeline TEXT NOT NULL,
            reason TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (day, pipeline, reason)
        ) WITHOUT ROWID;

        CREATE TABLE external_ref (
            system TEXT NOT NULL,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            remote_id TEXT NOT NULL,
            etag TEXT,
            hash TEXT,
            PRIMARY KEY (system, kind, key)
        ) WITHOUT ROWID;

        CREATE TABLE directory (
            row INTEGER PRIMARY KEY CHECK (row = 1),
            version TEXT NOT NULL,
            at INTEGER NOT NULL,
            json BLOB NOT NULL
        );
        CREATE TABLE directory_person (
            id TEXT PRIMARY KEY,
            phone TEXT NOT NULL,
            language TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX directory_person_phone ON directory_person (phone);

        CREATE TABLE audit (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            who TEXT NOT NULL,
            what TEXT NOT NULL,
            target TEXT NOT NULL
        );
        CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END;
        """
}
