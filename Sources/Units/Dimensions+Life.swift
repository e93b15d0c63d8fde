// What is counted, and what is measured of people and machines.

/// How many: trips, steps, calls.
public enum CountDimension: Dimension { public static let baseSymbol = "" }
/// How long something takes, where it is a measured value and not a setting (a setting is a `Duration`).
public enum TimeDimension: Dimension { public static let baseSymbol = "s" }
/// How often: heartbeats.
public enum FrequencyDimension: Dimension { public static let baseSymbol = "/min" }
public enum PressureDimension: Dimension { public static let baseSymbol = "mmHg" }

public typealias Count = Quantity<CountDimension>
public typealias TimeTaken = Quantity<TimeDimension>
public typealias Frequency = Quantity<FrequencyDimension>
public typealias Pressure = Quantity<PressureDimension>

extension Unit where Of == CountDimension {
    public static let pieces = Self("", scale: 1)
}

extension Unit where Of == TimeDimension {
    public static let seconds = Self("s", scale: 1)
    public static let milliseconds = Self("ms", scale: 0.001)
    public static let minutes = Self("min", scale: 60)
    public static let hours = Self("h", scale: 3600)
}

extension Unit where Of == FrequencyDimension {
    public static let perMinute = Self("/min", scale: 1)
    public static let hertz = Self("Hz", scale: 60)
}

extension Unit where Of == PressureDimension {
    public static let millimetresOfMercury = Self("mmHg", scale: 1)
    public static let hectopascals = Self("hPa", scale: 0.750_062)
    public static let kilopascals = Self("kPa", scale: 7.500_62)
}

extension Quantity where Of == CountDimension {
    public static func pieces(_ value: Double) -> Self { Self(value, .pieces) }
}

extension Quantity where Of == TimeDimension {
    public static func seconds(_ value: Double) -> Self { Self(value, .seconds) }
    public static func minutes(_ value: Double) -> Self { Self(value, .minutes) }

    public init(_ span: Duration) { self.init(base: span.inSeconds) }
}

extension Quantity where Of == FrequencyDimension {
    public static func perMinute(_ value: Double) -> Self { Self(value, .perMinute) }
}

extension Quantity where Of == PressureDimension {
    public static func millimetresOfMercury(_ value: Double) -> Self { Self(value, .millimetresOfMercury) }
}
