/// How a case is called in a short text: `Mme D.`, `Ascenseur A`. Only where it fits; a text can do without it.
public struct CaseLabel: Hashable, Sendable {
    public let text: String

    /// Characters; the texts are checked with a label of this length.
    public static let longest = 40

    /// Nil when the text is empty, longer than `longest`, or would make the message UCS-2, of which less than half
    /// as much fits.
    public init?(_ text: String) {
        guard text.count <= Self.longest, SMSEncoding.fits(text, parts: 1) else { return nil }
        self.text = text
    }
}
