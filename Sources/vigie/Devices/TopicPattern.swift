/// Topics that differ in a level or two, as one filter: `landlord/+/elevator/+/status`.
struct TopicPattern: Hashable {
    /// `+` for a level that differs from device to device; `#` may be the last one.
    private(set) var levels: [String]

    init(_ topic: String) {
        levels = topic.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }

    var filter: String { levels.joined(separator: "/") }

    /// Whether a topic, or a pattern with fewer wildcards, is within this one.
    func covers(_ other: TopicPattern) -> Bool {
        for (index, level) in levels.enumerated() {
            if level == "#" { return true }
            guard index < other.levels.count, level == "+" || level == other.levels[index] else {
                return false
            }
        }
        return levels.count == other.levels.count
    }

    /// Whether devices are known to differ in some level of it.
    var isOpen: Bool { levels.contains("+") }

    /// The same with a level in which devices differ; itself where it has no such level.
    func replacing(_ index: Int) -> TopicPattern {
        guard levels.indices.contains(index) else { return self }
        var pattern = self
        pattern.levels[index] = "+"
        return pattern
    }

    /// Where the filter that somebody listens to leaves a level open, devices differ in it.
    func opened(by filter: TopicPattern) -> TopicPattern {
        guard filter.covers(self) else { return self }
        return zip(filter.levels.indices, filter.levels).filter { $0.1 == "+" }
            .reduce(self) { $0.replacing($1.0) }
    }

    /// The level that names the device: the last one that differs. Nil for one topic, of which nobody can say that.
    private var deviceLevel: Int? { levels.lastIndex(of: "+") }

    /// The filter in which that level is called `{device}`.
    var naming: String {
        var levels = levels
        if let deviceLevel { levels[deviceLevel] = "{device}" }
        return levels.joined(separator: "/")
    }

    /// The last words of it that are the same for all devices: `elevator status`.
    var title: String {
        let device = deviceLevel
        let words = levels.enumerated().filter {
            $0.offset != device && !["", "+", "#"].contains($0.element)
        }
        return words.suffix(2).map(\.element).joined(separator: " ")
    }
}
