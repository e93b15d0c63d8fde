import Interactions
import Models
import Units

/// Why a model spoke, for the people who read of it: one line for a text message, three for a case, and the numbers
/// themselves.
public struct Why: Hashable, Sendable {
    public let explanation: Explanation
    /// The symbol of the unit of the values that the model is fed with.
    package let symbol: String

    package init(_ explanation: Explanation, symbol: String) {
        self.explanation = explanation
        self.symbol = symbol
    }

    /// For a text message: `12 L/h au lieu de 0 L/h`. Empty when nothing that people could compare was measured.
    public var french: Phrase { isMeasured ? "\(seen) au lieu de \(usual)" : leading.french }
    public var english: Phrase { isMeasured ? "\(seen) instead of \(usual)" : leading.english ?? "" }

    /// For a case, three lines: what was measured, what the past says of it, the reasons and their shares.
    public var lines: Wording {
        Wording(
            french: Phrase.lines([frenchMeasure, frenchPast, frenchReasons]),
            english: Phrase.lines([englishMeasure, englishPast, englishReasons])
        )
    }

    /// The numbers, for whoever draws the band or looks into it later.
    package var evidence: [Evidence] {
        var facts: [Evidence] = []
        if isMeasured {
            let numbers = [
                ("seen", explanation.seen), ("usual", explanation.usual), ("low", explanation.low),
                ("high", explanation.high),
            ]
            facts = numbers.filter { Self.isBorder($0.1) }.map {
                Evidence(name: $0, value: Self.text($1), unit: unit)
            }
        }
        if let percentile = explanation.percentile {
            facts.append(Evidence(name: "percentile", value: Self.text(percentile), unit: "%"))
        }
        facts.append(Evidence(name: "past", value: Self.text(explanation.past / 86_400), unit: "d"))
        return facts
            + explanation.reasons.map { Evidence(name: "\($0.cause)", value: "\($0.share)", unit: "%") }
    }

    /// Whether what was seen is a quantity that means something to people.
    private var isMeasured: Bool { explanation.measure != .surprise }

    private var unit: String {
        switch explanation.measure {
        case .input: symbol
        case .inputPerHour: symbol.isEmpty ? "/h" : "\(symbol)/h"
        case .hours, .hourOfDay: "h"
        case .days: "d"
        case .gravities: "g"
        case .seconds: "s"
        case .count, .surprise: ""
        }
    }

    private func measure(_ value: Double) -> Phrase {
        if explanation.measure == .hourOfDay { return "\(Self.clock(value))" }
        if explanation.measure == .seconds {
            // Nobody compares minutes to the second.
            let step = value < 120 ? 1.0 : 60
            return "\(Duration.seconds(Int((value / step).rounded() * step)))"
        }
        if unit == "h", value < 1, value > 0 || explanation.high < 1 {
            return "\(value > 0 ? max(1, (value * 60).rounded()) : 0, symbol: "min")"
        }
        if unit == "g", explanation.high < 0.1 { return "\(value * 1000, symbol: "mg")" }
        guard let larger = Self.larger[unit], abs(value) >= 1000 else { return "\(value, symbol: unit)" }
        return "\(value / 1000, symbol: larger)"
    }

    /// The last minute of the day for what lies beyond it.
    private static func clock(_ hours: Double) -> TimeOfDay {
        let minutes = Int(max(0, min(hours * 60, 1439)).rounded())
        return TimeOfDay(hour: minutes / 60, minute: minutes % 60)
    }

    /// What people say for a thousand of a unit.
    private static let larger = ["Wh": "kWh", "W": "kW", "Pa": "kPa", "m": "km"]

    /// A number to six significant digits: the rest is not known anyway.
    private static func text(_ value: Double) -> String {
        var scale = 1.0
        while abs(value) * scale < 100_000, scale < 1e9 { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int64(rounded))" : "\(rounded)"
    }

    /// Whether nothing would have been said only up to this value: models leave a side open by a number beyond all
    /// that is measured.
    private static func isBorder(_ value: Double) -> Bool { abs(value) < 1e11 }

    /// Between which values nothing would have been said; nothing to say when both sides are open.
    private var frenchBand: Phrase {
        switch (Self.isBorder(explanation.low), Self.isBorder(explanation.high)) {
        case (true, true): " (de \(low) à \(high))"
        case (true, false): " (à partir de \(low))"
        case (false, true): " (jusqu'à \(high))"
        case (false, false): ""
        }
    }

    private var englishBand: Phrase {
        switch (Self.isBorder(explanation.low), Self.isBorder(explanation.high)) {
        case (true, true): " (\(low) to \(high))"
        case (true, false): " (\(low) or more)"
        case (false, true): " (up to \(high))"
        case (false, false): ""
        }
    }

    private var seen: Phrase { measure(explanation.seen) }
    private var usual: Phrase { measure(explanation.usual) }
    private var low: Phrase { measure(explanation.low) }
    private var high: Phrase { measure(explanation.high) }
    private var past: Duration { .seconds(Int(min(explanation.past, 1e11))) }
    private var leading: Wording { explanation.reasons.first?.cause.words ?? Wording(french: "") }

    private var frenchMeasure: Phrase? {
        isMeasured ? "Mesuré : \(seen). D'habitude : \(usual)\(frenchBand)." : nil
    }

    private var englishMeasure: Phrase? {
        isMeasured ? "Measured: \(seen). Usually: \(usual)\(englishBand)." : nil
    }

    private var frenchPast: Phrase? {
        guard past >= .days(1) else { return nil }
        guard let percentile = explanation.percentile else { return "Habitudes connues depuis \(past)." }
        return percentile >= 50
            ? "Plus que \(percentile, symbol: "%") de ses propres valeurs en \(past)."
            : "Moins que \(100 - percentile, symbol: "%") de ses propres valeurs en \(past)."
    }

    private var englishPast: Phrase? {
        guard past >= .days(1) else { return nil }
        guard let percentile = explanation.percentile else { return "Habits known for \(past)." }
        return percentile >= 50
            ? "More than \(percentile, symbol: "%") of its own values in \(past)."
            : "Less than \(100 - percentile, symbol: "%") of its own values in \(past)."
    }

    private var frenchReasons: Phrase? {
        reasons { $0.words.french }.map { "Pourquoi : \($0)." }
    }

    private var englishReasons: Phrase? {
        reasons { $0.words.english ?? $0.words.french }.map { "Why: \($0)." }
    }

    private func reasons(_ words: (Alarm.Cause) -> Phrase) -> Phrase? {
        let parts = explanation.reasons.map { reason -> Phrase in
            "\(words(reason.cause)) \(Double(reason.share), symbol: "%")"
        }
        return parts.isEmpty ? nil : Phrase.joined(parts, by: ", ")
    }
}

extension Phrase {
    /// Those that are there, one a line.
    fileprivate static func lines(_ lines: [Phrase?]) -> Phrase { joined(lines.compactMap { $0 }, by: "\n") }

    fileprivate static func joined(_ phrases: [Phrase], by separator: Phrase) -> Phrase {
        guard let first = phrases.first else { return "" }
        return phrases.dropFirst().reduce(first) { "\($0)\(separator)\($1)" }
    }
}
