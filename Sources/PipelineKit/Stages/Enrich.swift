import Telemetry
import Units

/// A fact of the directory about the asset that a reading is of.
public enum DirectoryFact: Hashable, Sendable {
    case site
    case name
    case person
    /// One of the asset's further facts.
    case attribute(String)
}

/// Fills a property from the directory. An asset or fact that the directory does not have leaves the property as
/// it is.
public struct Enrich<Content: Sendable>: Stage {
    public let place: Place
    private let offset: Int?
    private let source: DirectoryFact
    private let bytes: @Sendable (String) -> [UInt8]?

    public init(
        _ property: WritableKeyPath<Content, Name>,
        from source: DirectoryFact,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(property, source, Place(file: file, line: line)) { text in
            Name(text).map { name in withUnsafeBytes(of: name) { [UInt8]($0) } }
        }
    }

    public init(
        _ property: WritableKeyPath<Content, Int>,
        from source: DirectoryFact,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(property, source, Place(file: file, line: line)) { text in
            Int(text).map { number in withUnsafeBytes(of: number) { [UInt8]($0) } }
        }
    }

    public init<Of: Dimension>(
        _ property: WritableKeyPath<Content, Quantity<Of>>,
        from source: DirectoryFact,
        in unit: Unit<Of>,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(property, source, Place(file: file, line: line)) { text in
            Double(text).map { value in
                withUnsafeBytes(of: Quantity(value, unit)) { [UInt8]($0) }
            }
        }
    }

    private init(
        _ property: PartialKeyPath<Content>,
        _ source: DirectoryFact,
        _ place: Place,
        _ bytes: @escaping @Sendable (String) -> [UInt8]?
    ) {
        offset = MemoryLayout<Content>.offset(of: property)
        self.source = source
        self.place = place
        self.bytes = bytes
    }

    public func lower(into block: inout BlockContext) {
        guard let offset else {
            block.report(place, "Enrich needs a stored property of the reading, found a computed one")
            return
        }
        block.stages.append(.enrich(EnrichPlan(offset: offset, source: source, bytes: bytes, place: place)))
    }
}
