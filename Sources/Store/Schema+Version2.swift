extension Schema {
    /// Channels, reasons and an order among notices; what is held back, receipts and silences, to be asked about.
    static let version2 = """
        -- `reason` is empty in rows from before there were reasons.
        ALTER TABLE notice ADD COLUMN channel TEXT NOT NULL DEFAULT 'text';
        ALTER TABLE notice ADD COLUMN not_before INTEGER;
        ALTER TABLE notice ADD COLUMN follows TEXT;
        ALTER TABLE notice ADD COLUMN reason TEXT NOT NULL DEFAULT '';
        ALTER TABLE notice ADD COLUMN reason_value TEXT NOT NULL DEFAULT '';
        ALTER TABLE notice ADD COLUMN why_french TEXT NOT NULL DEFAULT '';
        ALTER TABLE notice ADD COLUMN why_english TEXT NOT NULL DEFAULT '';

        ALTER TABLE command ADD COLUMN wanted_by TEXT;

        -- rank: 2 about a life, 1 expects an answer, 0 the rest. once: not sent again when it may have arrived.
        -- follows: the row of the notice without which this one is not sent. as_entry: a task that goes to the
        -- CRM as an entry of the timeline.
        ALTER TABLE delivery ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE delivery ADD COLUMN once INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE delivery ADD COLUMN follows INTEGER;
        ALTER TABLE delivery ADD COLUMN as_entry INTEGER NOT NULL DEFAULT 0;
        UPDATE delivery SET once = 1 - urgent, rank = CASE WHEN urgent = 1 THEN 2
                ELSE (SELECT expects_reply FROM notice WHERE row = delivery.content) END
            WHERE kind = 'notice';
        DROP INDEX delivery_due;
        CREATE INDEX delivery_due ON delivery (sink, rank DESC, next_at) WHERE state = 'pending';
        CREATE INDEX delivery_follows ON delivery (follows) WHERE follows IS NOT NULL AND state = 'pending';

        -- What was not said, or not yet, and why.
        CREATE TABLE held (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            key TEXT,
            recipient TEXT,
            pipeline TEXT NOT NULL,
            detector TEXT NOT NULL,
            subject TEXT NOT NULL,
            reason TEXT NOT NULL,
            why_french TEXT NOT NULL,
            why_english TEXT NOT NULL,
            stored_at INTEGER NOT NULL
        );
        CREATE INDEX held_key ON held (key) WHERE key IS NOT NULL;
        CREATE INDEX held_subject ON held (subject);
        CREATE INDEX held_age ON held (stored_at);

        -- What gateways and the CRM said became of things, each word of theirs once.
        CREATE TABLE receipt (
            id TEXT NOT NULL,
            sink TEXT NOT NULL,
            outcome TEXT NOT NULL,
            detail TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (id, sink, outcome)
        ) WITHOUT ROWID;
        CREATE INDEX receipt_age ON receipt (at);

        CREATE TABLE silence (
            id TEXT PRIMARY KEY,
            pipeline TEXT NOT NULL,
            detector TEXT NOT NULL,
            subject TEXT NOT NULL,
            site TEXT NOT NULL,
            ordered_by TEXT NOT NULL,
            note TEXT NOT NULL,
            at INTEGER NOT NULL,
            until INTEGER NOT NULL,
            ended_at INTEGER
        ) WITHOUT ROWID;
        CREATE INDEX silence_until ON silence (until);

        -- The same as drop_count in slots of five minutes, kept for weeks and not for a year.
        CREATE TABLE drop_slot (
            slot INTEGER NOT NULL,
            pipeline TEXT NOT NULL,
            reason TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (slot, pipeline, reason)
        ) WITHOUT ROWID;

        CREATE INDEX dead_letter_age ON dead_letter (stored_at);
        """
}
