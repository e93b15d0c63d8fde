import Telemetry

/// A kind of asset, as the directory calls it: `elevator`, `water-meter`, `pendant`.
public struct AssetKind: Hashable, Sendable, ExpressibleByStringLiteral {
    public let name: String

    public init(stringLiteral name: String) {
        self.name = name
    }
}

/// Whose readings these are: everything after it is kept apart for each name.
///
/// With `as:` the name is the id of an asset of that kind in the directory; devices of the directory that never
/// spoke are then known to be silent.
public struct Identify<Content: Sendable>: Stage {
    public let place: Place
    private let offset: Int?
    private let kind: AssetKind?

    public init(
        by name: KeyPath<Content, Name>,
        as kind: AssetKind? = nil,
        file: String = #fileID,
        line: Int = #line
    ) {
        offset = MemoryLayout<Content>.offset(of: name)
        self.kind = kind
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
        block.identity = IdentityPlan(offset: offset, kind: kind?.name, place: place)
    }
}
