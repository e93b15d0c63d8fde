extension Schema {
    /// A silence may be planned: it begins later than it was ordered.
    static let version6 = """
        ALTER TABLE silence ADD COLUMN begins_at INTEGER NOT NULL DEFAULT 0;
        UPDATE silence SET begins_at = at;
        """
}
