/// A text in the languages of its readers. French is always there.
public struct Bilingual: Hashable, Sendable {
    public var french: String
    public var english: String

    public init(french: String, english: String? = nil) {
        self.french = french
        self.english = english ?? french
    }

    public func text(in language: Language) -> String {
        switch language {
        case .french: french
        case .english: english
        }
    }
}

public enum Language: String, Hashable, Sendable, CaseIterable {
    case french = "fr"
    case english = "en"
}
