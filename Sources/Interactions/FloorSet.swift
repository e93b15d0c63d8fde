/// The floors that an elevator serves, as its attribute `floors` says: `0-4, 7`, `-2--1, 0-9`.
struct FloorSet: Hashable, Sendable {
    static let attribute = "floors"

    private let ranges: [ClosedRange<Int>]

    /// Nil when the text is not made of floors and ranges of floors.
    init?(_ text: String) {
        var ranges: [ClosedRange<Int>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let range = Self.range(part.filter { $0 != " " }) else { return nil }
            ranges.append(range)
        }
        self.ranges = ranges
    }

    func contains(_ floor: Int) -> Bool {
        ranges.contains { $0.contains(floor) }
    }

    private static func range(_ text: String) -> ClosedRange<Int>? {
        if let floor = Int(text) { return floor...floor }
        // A minus sign may begin the first floor: the dash between the two is the next one.
        guard let dash = text.dropFirst().firstIndex(of: "-"),
            let low = Int(text[..<dash]), let high = Int(text[text.index(after: dash)...]), low <= high
        else { return nil }
        return low...high
    }
}
