/// Where in a pipeline's file something was written.
public struct Place: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// `Pipelines/Elevators.swift`
    public let file: String
    public let line: Int

    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    public var description: String { "\(file):\(line)" }

    public static func < (left: Place, right: Place) -> Bool {
        (left.file, left.line) < (right.file, right.line)
    }
}

/// Something wrong with a pipeline that the compiler cannot see.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        /// Vigie does not start.
        case error
        /// Vigie starts, but this is hardly what was meant.
        case warning
    }

    public let place: Place
    public let kind: Kind
    public let text: String

    public init(_ kind: Kind, at place: Place, _ text: String) {
        self.kind = kind
        self.place = place
        self.text = text
    }

    /// As compilers write it, so that editors find the line.
    public var description: String { "\(place): \(kind.rawValue): \(text)" }
}
