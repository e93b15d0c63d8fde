/// The first name of a person, as it may stand in a text to those who know them. It never prints itself.
public struct FirstName: Hashable, Sendable {
    /// For the text that goes out, never for a log line.
    public let text: String

    /// A longer one is not shown: the texts are checked with a name of this length.
    public static let longest = 20

    /// Of a name as the directory has it: `Marie Dupont`, `DUPONT Marie`, `Dr Jean-Luc Martin`. Nil when no first
    /// name can be told (`Mme Dupont`, `garde de nuit`), or it is longer than may be shown.
    public init?(of name: String) {
        let words = name.split(separator: " ").map(String.init)
        let titles = words.prefix { Self.titles.contains($0.filter(\.isLetter).lowercased()) }
        let names = words.dropFirst(titles.count)
        // With a title, or alone, one word is as likely a family name.
        guard names.count > 1 || (titles.isEmpty && names.count == 1) else { return nil }
        // `DUPONT Marie`: of several words the first name is the one that is not all capitals.
        guard
            let first = names.count == 1
                ? names.first : names.first(where: { $0.contains(where: \.isLowercase) }),
            first.count <= Self.longest, first.first?.isLowercase == false,
            first.allSatisfy({ $0.isLetter || $0 == "-" || $0 == "'" || $0 == "’" })
        else { return nil }
        text = first
    }

    private static let titles: Set<String> = [
        "m", "mr", "mme", "mlle", "mrs", "ms", "miss", "dr", "docteur", "monsieur", "madame", "mademoiselle",
        "pr",
    ]
}

extension FirstName: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "…" }
    public var debugDescription: String { "…" }
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
