/// What a text message costs: per part, in millionths of a currency's unit, so that sums are exact.
public struct SMSPrice: Hashable, Sendable {
    /// 45 000 for 0.045 €.
    public let millionthsPerPart: Int64
    /// `EUR` (ISO 4217).
    public let currency: String

    /// More is no price of a text message: 1000 units of the currency.
    public static let highest: Int64 = 1_000_000_000

    /// Nil when the price is below zero or above `highest`.
    public init?(millionthsPerPart: Int64, currency: String) {
        guard (0...Self.highest).contains(millionthsPerPart) else { return nil }
        self.millionthsPerPart = millionthsPerPart
        self.currency = currency
    }
}

/// What it costs to tell an audience one text, per language.
public struct SMSCost: Hashable, Sendable {
    public struct Line: Hashable, Sendable {
        public let language: Language
        public let encoding: SMSEncoding
        public let readers: Int
        /// Text messages as the operator counts them.
        public var parts: Int { encoding.parts.count * readers }
        /// Millionths of the currency's unit.
        public let millionths: Int64
    }

    public let lines: [Line]
    public let currency: String

    /// An audience is no larger; with the highest price the sum still fits.
    public static let largestAudience = 100_000_000

    /// - Parameters:
    ///   - text: as it is sent.
    ///   - readers: how many read which language; languages that nobody reads have no line.
    /// - Throws: when the text cannot go out.
    public init(
        of text: Bilingual,
        to readers: [Language: Int],
        at price: SMSPrice,
        folding: SMSEncoding.Folding = .whenItHelps
    ) throws(SMSRefusal) {
        var lines: [Line] = []
        for language in Language.allCases {
            let count = min(readers[language] ?? 0, Self.largestAudience)
            guard count > 0 else { continue }
            let encoding = try SMSEncoding(text.text(in: language), folding: folding)
            let millionths = Int64(encoding.parts.count * count) * price.millionthsPerPart
            lines.append(Line(language: language, encoding: encoding, readers: count, millionths: millionths))
        }
        self.lines = lines
        currency = price.currency
    }

    /// Millionths of the currency's unit.
    public var total: Int64 { lines.reduce(0) { $0 + $1.millionths } }

    /// Names of the columns of `cells`.
    public static let columns = ["language", "alphabet", "units", "parts", "readers", "messages", "cost"]

    /// One row of a table per language, and their sum where there are several.
    public var cells: [[String]] {
        var rows = lines.map { line in
            [
                line.language.rawValue, line.encoding.alphabet.rawValue, Self.units(line.encoding),
                "\(line.encoding.parts.count)", "\(line.readers)", "\(line.parts)", money(line.millionths),
            ]
        }
        if lines.count > 1 {
            let (readers, parts) = lines.reduce((0, 0)) { ($0.0 + $1.readers, $0.1 + $1.parts) }
            rows.append(["all", "", "", "", "\(readers)", "\(parts)", money(total)])
        }
        return rows
    }

    /// `151/160`, `210/306`: of what fits in as many parts.
    public static func units(_ encoding: SMSEncoding) -> String {
        let parts = encoding.parts.count
        let room = parts == 1 ? encoding.alphabet.unitsAlone : parts * encoding.alphabet.unitsPerPart
        return "\(encoding.units)/\(room)"
    }

    /// `13.50 EUR`: rounded up to a hundredth.
    public var totalText: String { money(total) }

    private func money(_ millionths: Int64) -> String {
        let (hundredths, rest) = millionths.quotientAndRemainder(dividingBy: 10_000)
        let rounded = hundredths + (rest > 0 ? 1 : 0)
        return "\(rounded / 100).\(twoDigits(Int(rounded % 100))) \(currency)"
    }
}
