import TestSupport
import Testing

@testable import Telemetry

@Suite("Topics find their filters")
struct TopicTests {
    /// MQTT 5, 4.7, word for word and slowly.
    static func matches(_ filter: String, _ topic: String) -> Bool {
        let filter = filter.split(separator: "/", omittingEmptySubsequences: false)
        let topic = topic.split(separator: "/", omittingEmptySubsequences: false)
        if let first = topic.first, first.hasPrefix("$"), filter[0] == "+" || filter[0] == "#" {
            return false
        }
        for (index, level) in filter.enumerated() {
            if level == "#" { return true }
            guard index < topic.count, level == "+" || level == topic[index] else {
                return index == topic.count && filter[index] == "#"
            }
        }
        return filter.count == topic.count
    }

    static func found(_ router: TopicRouter, _ topic: String) -> [Int]? {
        [UInt8](topic.utf8).withUnsafeBytes { bytes in
            let levels = TopicLevels()
            guard levels.split(bytes) else { return nil }
            var found: [Int] = []
            router.match(levels) { found.append($0) }
            return found
        }
    }

    @Test("Random topics find the filters that a slow reading of the standard finds")
    func againstReference() throws {
        var dice = Dice(seed: 21)
        let words = ["a", "b", "", "$SYS", "é", "landlord"]
        var hits = 0
        for _ in 0..<300 {
            let filters = (0..<1 + dice.below(12)).map { _ in
                var levels = (0..<1 + dice.below(5)).map { _ in dice.oneIn(3) ? "+" : dice.pick(words) }
                if dice.oneIn(3) { levels[levels.count - 1] = "#" }
                let text = levels.joined(separator: "/")
                return text.isEmpty ? "a" : text
            }
            let router = TopicRouter(try filters.map { try TopicFilter($0) })
            for _ in 0..<30 {
                let topic = (0..<1 + dice.below(5)).map { _ in dice.pick(words) }.joined(separator: "/")
                let expected = filters.indices.filter { Self.matches(filters[$0], topic) }
                #expect(Self.found(router, topic)?.sorted() == expected, "\(filters) \(topic)")
                hits += expected.count
            }
        }
        #expect(hits > 2000)
    }

    @Test("'#' also matches the level above it, and '$' topics match only filters that say so")
    func standard() throws {
        let router = TopicRouter(
            try ["sport/#", "#", "+/broker", "$SYS/#", "sport"].map { try TopicFilter($0) }
        )
        #expect(Self.found(router, "sport")?.sorted() == [0, 1, 4])
        #expect(Self.found(router, "sport/tennis/ace")?.sorted() == [0, 1])
        #expect(Self.found(router, "$SYS/broker") == [3])
        #expect(Self.found(router, "$SYS") == [3])
        #expect(Self.found(router, "x/broker")?.sorted() == [1, 2])
    }

    @Test("A topic of 64 levels is taken, one of 65 or of 10 000 is refused")
    func levelLimit() throws {
        func topic(_ levels: Int) -> String { repeatElement("x", count: levels).joined(separator: "/") }
        let router = TopicRouter([try TopicFilter("#"), try TopicFilter(topic(64))])
        #expect(Self.found(router, topic(64))?.sorted() == [0, 1])
        #expect(Self.found(router, topic(65)) == nil)
        #expect(Self.found(router, topic(10_000)) == nil)
        #expect(Self.found(router, String(repeating: "/", count: 63)) == [0])
        #expect(throws: TopicFilterProblem.tooManyLevels(65)) { try TopicFilter(topic(65)) }
    }

    @Test("Named levels subscribe as '+' and say where they are")
    func captures() throws {
        let filter = try TopicFilter("landlord/{site}/elevator/{elevator}/#")
        #expect(filter.subscription == "landlord/+/elevator/+/#")
        #expect(filter.captures.map(\.name) == ["site", "elevator"])
        #expect(filter.captures.map(\.level) == [1, 3])
    }

    @Test(
        "A filter that the broker would refuse, or read otherwise, is refused with its reason",
        arguments: [
            ("", .empty), ("a/#/b", .restNotLast(filter: "a/#/b")),
            ("a+/b", .mixedLevel("a+", filter: "a+/b")),
            ("a/#b", .mixedLevel("#b", filter: "a/#b")), ("{}/b", .mixedLevel("{}", filter: "{}/b")),
            ("{a}x", .mixedLevel("{a}x", filter: "{a}x")), ("{a}/{a}", .nameTwice("a", filter: "{a}/{a}")),
            ("a\0b", .notATopic("a\0b")), ("+\u{301}", .mixedLevel("+\u{301}", filter: "+\u{301}")),
        ] as [(String, TopicFilterProblem)]
    )
    func refused(text: String, problem: TopicFilterProblem) {
        #expect(throws: problem) { try TopicFilter(text) }
        #expect(!problem.description.isEmpty)
    }

    @Test("A slash before a combining accent separates levels, as it does for the broker")
    func combiningAccent() throws {
        #expect(try TopicFilter("a/\u{301}b").levels == [.literal("a"), .literal("\u{301}b")])
    }

    @Test(
        "Two filters overlap when some topic matches both",
        arguments: [
            ("a/b", "a/b", true), ("a/b", "a/c", false), ("a/+", "a/c", true), ("a/{x}/c", "+/b/+", true),
            ("a/#", "a", true), ("a/#", "b", false), ("#", "a/b/c", true), ("a/b/#", "a/+", true),
            ("a/+", "a/b/c", false),
            ("a/#", "a/b/#", true), ("+", "a/b", false),
        ]
    )
    func overlap(_ left: String, _ right: String, _ expected: Bool) throws {
        let (left, right) = (try TopicFilter(left), try TopicFilter(right))
        #expect(left.overlaps(right) == expected)
        #expect(right.overlaps(left) == expected)
    }
}
