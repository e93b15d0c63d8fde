/// Tells the open questions to one person apart: two characters that they type after their answer, `1 7K`.
///
/// One digit and one letter, out of `23456789ACDEFGHJKLMNPQRTUVWXY`: nothing that looks like another character
/// (0 O, 1 I, 5 S, 8 B), nothing that is a word (`VU`, `LA`) or a number (`24`), no hour, day or floor (`7h`, `3j`,
/// `2e`). There are 296.
public struct ReplyCode: Hashable, Sendable, CustomStringConvertible {
    /// `7K`
    public let description: String

    /// The code in a word, in capitals or not; nil when it is none.
    public init?(_ word: String) {
        let code = word.uppercased()
        guard Self.known.contains(code) else { return nil }
        description = code
    }

    /// The code of a case: always the same, or the next free one.
    ///
    /// - Parameters:
    ///   - key: the key of the case or of the question.
    ///   - taken: the codes of other open questions to the same people.
    /// - Returns: nil when all 296 are taken; the question then goes out without one.
    public init?(for key: String, avoiding taken: Set<ReplyCode> = []) {
        var hash = FNV1a128()
        hash.add(key.utf8)
        // A byte reaches the high half only with the ones after it: both halves count.
        let folded = UInt64(truncatingIfNeeded: hash.value >> 64) ^ UInt64(truncatingIfNeeded: hash.value)
        let start = Int(folded % UInt64(Self.all.count))
        let inOrder = Self.all[start...] + Self.all[..<start]
        guard let free = inOrder.first(where: { !taken.contains($0) }) else { return nil }
        self = free
    }

    private init(known code: String) {
        description = code
    }

    /// All codes there are.
    public static let all: [ReplyCode] = codes.map(ReplyCode.init(known:))

    private static let digits = "23456789"
    private static let letters = "ACDEFGHJKLMNPQRTUVWXY"
    /// After a digit: a day, an ordinal number, an hour, a day in French, a minute.
    private static let units = "DEHJM"

    private static let codes: [String] = digits.flatMap { digit in
        letters.filter { !units.contains($0) }.map { "\(digit)\($0)" } + letters.map { "\($0)\(digit)" }
    }

    private static let known = Set(codes)
}
