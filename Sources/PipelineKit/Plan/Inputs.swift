import Models
import Units

/// How a condition of a reading is looked at.
///
/// The key path becomes a function where the pipeline is compiled: `@inlinable` down to here lets the optimiser see
/// the literal and call the getter directly. That only happens while the closure is the key path's one use, so the
/// path itself is not kept (measured: 2 ns instead of 50 to 130 ns for a key path).
public struct Condition<Reading>: @unchecked Sendable {
    // Unchecked: a key path written as a literal in a pipeline captures nothing and never changes.
    @usableFromInline let read: (UnsafeRawPointer) -> Bool

    @inlinable
    @inline(__always)
    public init(_ path: KeyPath<Reading, Bool>) {
        read = { $0.assumingMemoryBound(to: Reading.self).pointee[keyPath: path] }
    }

    var plan: BoolInput { BoolInput(read: read) }
}

/// How a number of a reading is looked at, in the base unit of its dimension; see `Condition`.
public struct Measure<Reading, Of: Dimension>: @unchecked Sendable {
    // Unchecked for the same reason.
    @usableFromInline let read: (UnsafeRawPointer) -> Double

    @inlinable
    @inline(__always)
    public init(_ path: KeyPath<Reading, Quantity<Of>>) {
        read = { $0.assumingMemoryBound(to: Reading.self).pointee[keyPath: path].base }
    }

    var plan: ValueInput { ValueInput(read: read, unit: Of.baseSymbol) }
}

/// How a time of a reading is looked at; see `Condition`.
public struct Time<Reading>: @unchecked Sendable {
    // Unchecked for the same reason.
    @usableFromInline let read: (UnsafeRawPointer) -> Moment

    @inlinable
    @inline(__always)
    public init(_ path: KeyPath<Reading, Moment>) {
        read = { $0.assumingMemoryBound(to: Reading.self).pointee[keyPath: path] }
    }

    var plan: TimeInput { TimeInput(read: read) }
}

/// How the explanation that a transformer gives is looked at; see `Condition`.
public struct Reason<Reading>: @unchecked Sendable {
    // Unchecked for the same reason.
    @usableFromInline let read: (UnsafeRawPointer) -> Explanation

    @inlinable
    @inline(__always)
    public init(_ path: KeyPath<Reading, Explanation>) {
        read = { $0.assumingMemoryBound(to: Reading.self).pointee[keyPath: path] }
    }

    func plan(in unit: String) -> ExplanationInput { ExplanationInput(read: read, unit: unit) }
}

/// A condition without its type.
public struct BoolInput: @unchecked Sendable {
    // Unchecked: see `Condition`.
    package let read: (UnsafeRawPointer) -> Bool
}

/// A time without its type.
public struct TimeInput: @unchecked Sendable {
    // Unchecked: see `Condition`.
    package let read: (UnsafeRawPointer) -> Moment
}

/// An explanation without its type.
public struct ExplanationInput: @unchecked Sendable {
    // Unchecked: see `Condition`.
    package let read: (UnsafeRawPointer) -> Explanation
    /// The symbol of the unit of the values that the model was fed with.
    package let unit: String
}

/// A number without its type.
public struct ValueInput: @unchecked Sendable {
    // Unchecked: see `Condition`.
    package let read: (UnsafeRawPointer) -> Double
    /// The symbol of the base unit of its dimension.
    package let unit: String
}
