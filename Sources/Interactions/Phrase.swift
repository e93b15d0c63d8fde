import Units

/// A sentence whose moments, durations and quantities are still values: they become words only when it is
/// known who reads it, where and when.
///
/// Written as a string literal: `"Water has run since \(since), now \(flow, in: .litresPerHour)."`
public struct Phrase: Hashable, Sendable {
    enum Segment: Hashable, Sendable {
        case words(String)
        case moment(Moment)
        case clock(TimeOfDay)
        case duration(Duration)
        case measure(Double, unit: String)
        case pending(Pending, fallback: String?)
    }

    private(set) var segments: [Segment]

    init(segments: [Segment]) {
        self.segments = segments
    }

    /// What it says of things that are known only when it is written.
    public var pending: Set<Pending> {
        Set(segments.compactMap { if case .pending(let pending, _) = $0 { pending } else { nil } })
    }

    /// Whether it says when that is.
    func names(_ moment: Moment) -> Bool { segments.contains(.moment(moment)) }
}

extension Phrase: ExpressibleByStringInterpolation {
    public init(stringLiteral words: String) {
        segments = [.words(words)]
    }

    public init(stringInterpolation: StringInterpolation) {
        segments = stringInterpolation.segments
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var segments: [Segment] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            segments.reserveCapacity(interpolationCount * 2 + 1)
        }

        public mutating func appendLiteral(_ words: String) {
            if !words.isEmpty { segments.append(.words(words)) }
        }

        /// A time: `09h14`, or `le 4 janv. 22h30` when the clock alone would not be clear.
        public mutating func appendInterpolation(_ moment: Moment) {
            segments.append(.moment(moment))
        }

        /// What a clock shows: `09h14`.
        public mutating func appendInterpolation(_ time: TimeOfDay) {
            segments.append(.clock(time))
        }

        /// A span: `1 h 20`.
        public mutating func appendInterpolation(_ duration: Duration) {
            segments.append(.duration(duration))
        }

        /// A quantity in the unit that readers know: `3,5 L/h`.
        public mutating func appendInterpolation<D>(_ quantity: Quantity<D>, in unit: Unit<D>) {
            segments.append(.measure(quantity.value(in: unit), unit: unit.symbol))
        }

        /// A quantity in the base unit of its dimension.
        public mutating func appendInterpolation<D>(_ quantity: Quantity<D>) {
            segments.append(.measure(quantity.base, unit: D.baseSymbol))
        }

        /// A number without a unit: `0,5`.
        public mutating func appendInterpolation(_ number: Double) {
            segments.append(.measure(number, unit: ""))
        }

        /// A number and the symbol of its unit.
        public mutating func appendInterpolation(_ number: Double, symbol: String) {
            segments.append(.measure(number, unit: symbol))
        }

        /// What is known only when the text is written: `\(.nextWord)`.
        ///
        /// - Parameter fallback: what it says where that is not known then: `\(.taker, or: "un proche")`. An empty
        ///   one is none.
        public mutating func appendInterpolation(_ pending: Pending, or fallback: String? = nil) {
            segments.append(.pending(pending, fallback: fallback?.isEmpty == false ? fallback : nil))
        }

        /// A person's first name: a text to those who know them may have it.
        public mutating func appendInterpolation(_ name: FirstName) {
            segments.append(.words(name.text))
        }

        /// A part of a sentence.
        public mutating func appendInterpolation(_ phrase: Phrase) {
            segments.append(contentsOf: phrase.segments)
        }

        /// Whatever reads the same in every language: a name, a count, an id.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            segments.append(.words(value.description))
        }

        @available(*, unavailable, message: "it may be missing: say what to write then in a property")
        public mutating func appendInterpolation<Value>(_ value: Value?) {}

        @available(*, unavailable, message: "it has no words of its own: name one of its properties")
        public mutating func appendInterpolation<Value>(_ value: Value) {}
    }
}
