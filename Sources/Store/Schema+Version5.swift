extension Schema {
    /// A notice may follow any of several, by their rows. `notice.follows` has their ids, with a space between them.
    static let version5 = """
        CREATE TABLE follow (
            follower INTEGER NOT NULL,
            first INTEGER NOT NULL,
            PRIMARY KEY (follower, first)
        ) WITHOUT ROWID;
        CREATE INDEX follow_first ON follow (first);
        INSERT INTO follow SELECT DISTINCT content, follows FROM delivery
            WHERE kind = 'notice' AND follows IS NOT NULL;
        DROP INDEX delivery_follows;
        ALTER TABLE delivery DROP COLUMN follows;
        """
}
