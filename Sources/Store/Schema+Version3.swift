extension Schema {
    /// What a watch shows of a notice, as JSON; no form in rows from before, and where the words do not fit.
    static let version3 = "ALTER TABLE notice ADD COLUMN watch TEXT;"
}
