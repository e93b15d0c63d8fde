import Telemetry

/// A kind of asset, as the directory calls it: `elevator`, `water-meter`, `pendant`.
public struct AssetKind: Hashable, Sendable, ExpressibleByStringLiteral {
    public let name: String

    public init(stringLiteral name: String) {
        self.name = name
    }
}

/// What happens to the readings of devices that the directory does not know.
public enum Others: Sendable {
    /// They go on like all others; what is to be known of their asset is missing.
    case taken
    /// Counted and left out: one topic has devices of many kinds, and the directory says which are of this one.
    case dropped
}

/// Whose readings these are: everything after it is kept apart for each name.
///
/// With `as:` the name is the id of an asset of that kind in the directory; devices of the directory that never
/// spoke are then known to be silent.
/// - Loses: with `others: .dropped`, readings of what is no asset of that kind, counted as `not in the directory`.
public struct Identify<Content: Sendable>: Stage {
    public let place: Place
    private let offset: Int?
    private let kind: AssetKind?
    private let others: Others

    public init(
        by name: KeyPath<Content, Name>,
        as kind: AssetKind? = nil,
        others: Others = .taken,
        file: String = #fileID,
        line: Int = #line
    ) {
        offset = MemoryLayout<Content>.offset(of: name)
        self.kind = kind
        self.others = others
        place = Place(file: file, line: line)
    }

    public func lower(into block: inout BlockContext) {
        block.requireHead("Identify", place)
        guard let offset else {
            block.report(place, "Identify needs a stored property of the reading, found a computed one")
            return
        }
        if let first = block.identity {
            block.report(place, "a pipeline identifies once; the first is at line \(first.place.line)")
        }
        if others == .dropped, kind == nil {
            block.report(place, "others: .dropped needs the kind of asset that is not dropped; add as: …")
        }
        block.identity = IdentityPlan(offset: offset, kind: kind?.name, others: others, place: place)
    }
}
