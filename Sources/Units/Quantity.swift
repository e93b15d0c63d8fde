/// What a quantity measures: a length, a mass, a flow. Cases of it are empty types; see `Dimensions.swift`.
public protocol Dimension: Sendable {
    /// The symbol of the unit in which values are kept.
    static var baseSymbol: String { get }
}

/// A number with a unit. Values of different dimensions do not mix: the compiler refuses them.
///
/// Kept in the base unit of its dimension (metres, kilograms, litres …), so comparing costs what comparing
/// two `Double` costs.
public struct Quantity<Of: Dimension>: Hashable, Comparable, BitwiseCopyable, Sendable {
    /// The value in the base unit of the dimension.
    public var base: Double

    public init(base: Double) {
        self.base = base
    }

    public init(_ value: Double, _ unit: Unit<Of>) {
        self.base = value * unit.scale + unit.offset
    }

    public static var zero: Self { Self(base: 0) }

    public func value(in unit: Unit<Of>) -> Double {
        (base - unit.offset) / unit.scale
    }

    public static func < (left: Self, right: Self) -> Bool { left.base < right.base }
    public static func + (left: Self, right: Self) -> Self { Self(base: left.base + right.base) }
    public static func - (left: Self, right: Self) -> Self { Self(base: left.base - right.base) }
    public static func * (left: Self, factor: Double) -> Self { Self(base: left.base * factor) }
    public static func / (left: Self, divisor: Double) -> Self { Self(base: left.base / divisor) }
    /// How many times `right` this is.
    public static func / (left: Self, right: Self) -> Double { left.base / right.base }
}

/// How a number is to be read: `base = number × scale + offset`.
public struct Unit<Of: Dimension>: Hashable, Sendable {
    public let symbol: String
    public let scale: Double
    public let offset: Double

    public init(_ symbol: String, scale: Double, offset: Double = 0) {
        self.symbol = symbol
        self.scale = scale
        self.offset = offset
    }
}
