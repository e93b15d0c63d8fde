import Foundation

/// One result: a figure, and where there is one the figure it is compared with, measured in the same run.
public struct Figure {
    public enum Goal {
        case atLeast(Double)
        case atMost(Double)
        case ratioAtLeast(Double)
        case ratioAtMost(Double)
    }

    public let name: String
    public let value: Double
    public let unit: String
    public var baseline: Double?
    public var goal: Goal?

    public init(name: String, value: Double, unit: String, baseline: Double? = nil, goal: Goal? = nil) {
        self.name = name
        self.value = value
        self.unit = unit
        self.baseline = baseline
        self.goal = goal
    }

    /// One JSON object on stdout, and the same for a reader on stderr.
    public func report() {
        var line = "{\"name\":\"\(name)\",\"value\":\(Self.text(value)),\"unit\":\"\(unit)\""
        var words = "\(name): \(Self.text(value)) \(unit)"
        if let baseline {
            line += ",\"baseline\":\(Self.text(baseline)),\"ratio\":\(Self.text(value / baseline))"
            words += ", \(Self.text(value / baseline)) times \(Self.text(baseline))"
        }
        if let goal { words += verdict(on: goal) }
        print(line + "}")
        fflush(nil)
        say(words)
    }

    private func verdict(on goal: Goal) -> String {
        let ratio = value / (baseline ?? .nan)
        let (isMet, text) =
            switch goal {
            case .atLeast(let limit): (value >= limit, "at least \(Self.text(limit)) \(unit)")
            case .atMost(let limit): (value <= limit, "at most \(Self.text(limit)) \(unit)")
            case .ratioAtLeast(let limit): (ratio >= limit, "at least \(Self.text(limit)) times")
            case .ratioAtMost(let limit): (ratio <= limit, "at most \(Self.text(limit)) times")
            }
        return " (goal: \(text), \(isMet ? "met" : "missed"))"
    }

    private static func text(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return abs(value) >= 100 ? String(format: "%.0f", value) : String(format: "%.3g", value)
    }
}

/// A line for a person.
public func say(_ words: String) {
    FileHandle.standardError.write(Data((words + "\n").utf8))
}
