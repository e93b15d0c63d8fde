extension SMSEncoding {
    /// Whether a text takes at most so many parts of the 7-bit alphabet, with its characters folded where needed.
    public static func fits(_ text: String, parts: Int) -> Bool {
        do {
            return try SMSEncoding(text, maxParts: parts).alphabet == .gsm7
        } catch {
            // Empty or too long: it does not fit.
            return false
        }
    }
}
