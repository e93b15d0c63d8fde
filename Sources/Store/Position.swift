/// A place in the journal of one partition: how many entries lie before it.
public struct Position: Hashable, Comparable, Sendable {
    public var entries: Int64

    public init(_ entries: Int64) {
        self.entries = entries
    }

    /// Before the first entry.
    public static let start = Position(0)

    public static func < (left: Position, right: Position) -> Bool { left.entries < right.entries }

    public static func + (position: Position, count: Int) -> Position {
        Position(position.entries + Int64(count))
    }
}
