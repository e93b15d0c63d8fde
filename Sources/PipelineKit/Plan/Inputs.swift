import Units

/// How a condition of a reading is looked at: straight in its bytes when it is a stored property, else by
/// calling its getter.
///
/// The key path is turned into a function where the pipeline is compiled: `@inlinable` down to here lets the
/// optimiser see the literal and call the getter directly (measured: 2 ns instead of 128 ns for a key path).
public struct Condition<Reading>: @unchecked Sendable {
    // Unchecked: a key path written as a literal in a pipeline captures nothing and never changes.
    @usableFromInline let path: KeyPath<Reading, Bool>
    @usableFromInline let read: (UnsafeRawPointer) -> Bool

    @inlinable
    @inline(__always)
    public init(_ path: KeyPath<Reading, Bool>) {
        self.path = path
        read = { $0.assumingMemoryBound(to: Reading.self).pointee[keyPath: path] }
    }

    var plan: BoolInput { BoolInput(offset: MemoryLayout<Reading>.offset(of: path), read: read) }
}

/// How a number of a reading is looked at; see `Condition`.
public struct Measure<Reading, Of: Dimension>: @unchecked Sendable {
    // Unchecked for the same reason.
    @usableFromInline let path: KeyPath<Reading, Quantity<Of>>
    @usableFromInline let read: (UnsafeRawPointer) -> Double

    @inlinable
    @inline(__always)
    public init(_ path: KeyPath<Reading, Quantity<Of>>) {
        self.path = path
        read = { $0.assumingMemoryBound(to: Reading.self).pointee[keyPath: path].base }
    }

    var plan: ValueInput { ValueInput(offset: MemoryLayout<Reading>.offset(of: path), read: read) }
}

/// A condition without its type: an offset, and a function for when there is none.
public struct BoolInput: @unchecked Sendable {
    // Unchecked: see `Condition`.
    package let offset: Int?
    package let read: (UnsafeRawPointer) -> Bool
}

/// A number without its type, in the base unit of its dimension.
public struct ValueInput: @unchecked Sendable {
    // Unchecked: see `Condition`.
    package let offset: Int?
    package let read: (UnsafeRawPointer) -> Double
}
