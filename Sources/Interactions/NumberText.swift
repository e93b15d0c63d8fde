/// How a measured value is written for a person: three significant digits, no idle zeros, the whole part
/// never shortened, and the decimal sign and spaces of the language: `3,5 L/h`, `12 345 L`, `0,0234`.
struct NumberText {
    private let value: Double
    private let unit: String

    private static let mostDecimals = 6
    /// From here on a `Double` no longer holds every whole number, and its own notation is as good.
    private static let largest = 1e15

    init(_ value: Double, unit: String) {
        self.value = value
        self.unit = unit
    }

    func text(in language: Language) -> String {
        guard value.isFinite else { return language == .french ? "inconnu" : "unknown" }
        return number(in: language) + suffix(in: language)
    }

    private func suffix(in language: Language) -> String {
        switch unit {
        case "", "1": ""
        case "%" where language == .english: "%"
        default: " " + unit
        }
    }

    private func number(in language: Language) -> String {
        let (whole, fraction) = digits
        let sign = value < 0 && (whole != "0" || !fraction.isEmpty) ? "-" : ""
        let grouped = Self.group(whole, by: language == .french ? " " : ",")
        let mark = language == .french ? "," : "."
        return sign + grouped + (fraction.isEmpty ? "" : mark + fraction)
    }

    /// The decimal digits before and after the mark, rounded.
    private var digits: (whole: String, fraction: String) {
        let magnitude = abs(value)
        guard magnitude < Self.largest else { return ("\(magnitude)", "") }
        var decimals = 0
        var scale = 1.0
        while magnitude * scale < 99.95, decimals < Self.mostDecimals {
            decimals += 1
            scale *= 10
        }
        let scaled = Int64((magnitude * scale).rounded())
        let text = String(scaled)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - text.count)) + text
        var fraction = padded.suffix(decimals)
        while fraction.last == "0" { fraction.removeLast() }
        return (String(padded.dropLast(decimals)), String(fraction))
    }

    /// Groups of three from five digits on: `1234`, `12 345`.
    private static func group(_ whole: String, by separator: String) -> String {
        guard whole.count > 4, whole.allSatisfy(\.isNumber) else { return whole }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { grouped += separator }
            grouped.append(digit)
        }
        return grouped
    }
}
