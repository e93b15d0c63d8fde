extension Schema {
    /// The MQTT 5 properties of a message that could not be read, as the journal writes them; none in rows from before.
    static let version4 = "ALTER TABLE dead_letter ADD COLUMN properties BLOB;"
}
