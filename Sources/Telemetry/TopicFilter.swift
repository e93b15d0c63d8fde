/// Which topics a pipeline listens to: an MQTT filter in which levels may have names.
///
/// `landlord/{site}/elevator/{elevator}/status` subscribes to `landlord/+/elevator/+/status` and hands the two
/// named levels of each topic to the fields `site` and `elevator` of the reading. `+` is a level without a
/// name, `#` as the last level is everything below.
public struct TopicFilter: Hashable, Sendable {
    public enum Level: Hashable, Sendable {
        case literal(String)
        case any
        case named(String)
        case rest
    }

    public let levels: [Level]

    /// More levels than this are refused, in filters and in topics.
    public static let levelLimit = 64

    public init(_ text: String) throws(TopicFilterProblem) {
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.count <= 65_535, !text.utf8.contains(0) else { throw .notATopic(text) }
        // By scalars, as the broker does: a '/' before a combining accent is a separator too.
        let parts = text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= Self.levelLimit else { throw .tooManyLevels(parts.count) }
        var levels: [Level] = []
        for (index, part) in parts.enumerated() {
            let level = try Self.level(String(part), in: text, isLast: index == parts.count - 1)
            if case .named(let name) = level, levels.contains(.named(name)) {
                throw .nameTwice(name, filter: text)
            }
            levels.append(level)
        }
        self.levels = levels
    }

    private static func level(
        _ part: String,
        in filter: String,
        isLast: Bool
    ) throws(TopicFilterProblem) -> Level {
        if part == "#" {
            guard isLast else { throw .restNotLast(filter: filter) }
            return .rest
        }
        if part == "+" { return .any }
        if part.hasPrefix("{"), part.hasSuffix("}"), part.count > 2 {
            return .named(String(part.dropFirst().dropLast()))
        }
        guard !part.unicodeScalars.contains(where: { "+#{}".unicodeScalars.contains($0) }) else {
            throw .mixedLevel(part, filter: filter)
        }
        return .literal(part)
    }

    /// What the broker is asked for.
    public var subscription: String {
        levels.map { level in
            switch level {
            case .literal(let text): text
            case .any, .named: "+"
            case .rest: "#"
            }
        }.joined(separator: "/")
    }

    /// Whether there is a topic that both filters take.
    public func overlaps(_ other: TopicFilter) -> Bool {
        var (ours, theirs) = (levels[...], other.levels[...])
        while let own = ours.first, let their = theirs.first {
            switch (own, their) {
            case (.rest, _), (_, .rest): return true
            case (.literal(let own), .literal(let their)) where own != their: return false
            default: break
            }
            ours = ours.dropFirst()
            theirs = theirs.dropFirst()
        }
        // "sport/#" also takes "sport".
        return (ours.isEmpty && theirs.isEmpty) || ours.first == .rest || theirs.first == .rest
    }

    /// The named levels: the name, and which level of the topic it is.
    public var captures: [(name: String, level: Int)] {
        levels.enumerated().compactMap { index, level in
            if case .named(let name) = level { (name, index) } else { nil }
        }
    }
}

/// What is wrong with a topic filter.
public enum TopicFilterProblem: Error, Hashable, CustomStringConvertible, Sendable {
    case empty
    case notATopic(String)
    case tooManyLevels(Int)
    case restNotLast(filter: String)
    case mixedLevel(String, filter: String)
    case nameTwice(String, filter: String)

    public var description: String {
        switch self {
        case .empty:
            "the topic filter is empty; write the topic that the devices send on"
        case .notATopic(let text):
            "a topic has at most 65 535 bytes and no NUL, found \(text.utf8.count) bytes"
        case .tooManyLevels(let count):
            "a topic filter has at most \(TopicFilter.levelLimit) levels, found \(count)"
        case .restNotLast(let filter):
            "'#' is only allowed as the last level of a topic filter, found \"\(filter)\""
        case .mixedLevel(let level, let filter):
            "a level is a word, '+', '#' or '{name}', found \"\(level)\" in \"\(filter)\""
        case .nameTwice(let name, let filter):
            "each name stands once in a topic filter, found {\(name)} twice in \"\(filter)\""
        }
    }
}
