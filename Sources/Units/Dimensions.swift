public enum LengthDimension: Dimension { public static let baseSymbol = "m" }
public enum SpeedDimension: Dimension { public static let baseSymbol = "m/s" }
public enum MassDimension: Dimension { public static let baseSymbol = "kg" }
public enum CurrentDimension: Dimension { public static let baseSymbol = "A" }
public enum VolumeDimension: Dimension { public static let baseSymbol = "L" }
public enum FlowDimension: Dimension { public static let baseSymbol = "L/h" }
public enum AccelerationDimension: Dimension { public static let baseSymbol = "g" }
public enum RotationDimension: Dimension { public static let baseSymbol = "°/s" }
public enum TemperatureDimension: Dimension { public static let baseSymbol = "°C" }
public enum PowerDimension: Dimension { public static let baseSymbol = "W" }
public enum EnergyDimension: Dimension { public static let baseSymbol = "Wh" }
public enum RatioDimension: Dimension { public static let baseSymbol = "%" }

public typealias Length = Quantity<LengthDimension>
public typealias Speed = Quantity<SpeedDimension>
public typealias Mass = Quantity<MassDimension>
public typealias Current = Quantity<CurrentDimension>
public typealias Volume = Quantity<VolumeDimension>
public typealias FlowRate = Quantity<FlowDimension>
public typealias Acceleration = Quantity<AccelerationDimension>
public typealias Rotation = Quantity<RotationDimension>
public typealias Temperature = Quantity<TemperatureDimension>
public typealias Power = Quantity<PowerDimension>
public typealias Energy = Quantity<EnergyDimension>
public typealias Ratio = Quantity<RatioDimension>

extension Unit where Of == LengthDimension {
    public static let metres = Self("m", scale: 1)
    public static let millimetres = Self("mm", scale: 0.001)
}

extension Unit where Of == SpeedDimension {
    public static let metresPerSecond = Self("m/s", scale: 1)
    public static let kilometresPerHour = Self("km/h", scale: 1 / 3.6)
}

extension Unit where Of == MassDimension {
    public static let kilograms = Self("kg", scale: 1)
    public static let grams = Self("g", scale: 0.001)
}

extension Unit where Of == CurrentDimension {
    public static let amperes = Self("A", scale: 1)
    public static let milliamperes = Self("mA", scale: 0.001)
}

extension Unit where Of == VolumeDimension {
    public static let litres = Self("L", scale: 1)
    public static let cubicMetres = Self("m³", scale: 1000)
}

extension Unit where Of == FlowDimension {
    public static let litresPerHour = Self("L/h", scale: 1)
    public static let litresPerMinute = Self("L/min", scale: 60)
    public static let cubicMetresPerHour = Self("m³/h", scale: 1000)
}

extension Unit where Of == AccelerationDimension {
    public static let g = Self("g", scale: 1)
    public static let milliG = Self("mg", scale: 0.001)
    public static let metresPerSecondSquared = Self("m/s²", scale: 1 / 9.80665)
}

extension Unit where Of == RotationDimension {
    public static let degreesPerSecond = Self("°/s", scale: 1)
    public static let radiansPerSecond = Self("rad/s", scale: 180 / .pi)
}

extension Unit where Of == TemperatureDimension {
    public static let celsius = Self("°C", scale: 1)
    public static let fahrenheit = Self("°F", scale: 5 / 9, offset: -160 / 9)
}

extension Unit where Of == PowerDimension {
    public static let watts = Self("W", scale: 1)
    public static let kilowatts = Self("kW", scale: 1000)
}

extension Unit where Of == EnergyDimension {
    public static let wattHours = Self("Wh", scale: 1)
    public static let kilowattHours = Self("kWh", scale: 1000)
}

extension Unit where Of == RatioDimension {
    public static let percent = Self("%", scale: 1)
    public static let fraction = Self("1", scale: 100)
}

extension Quantity where Of == LengthDimension {
    public static func metres(_ value: Double) -> Self { Self(value, .metres) }
}

extension Quantity where Of == SpeedDimension {
    public static func metresPerSecond(_ value: Double) -> Self { Self(value, .metresPerSecond) }
}

extension Quantity where Of == MassDimension {
    public static func kilograms(_ value: Double) -> Self { Self(value, .kilograms) }
}

extension Quantity where Of == CurrentDimension {
    public static func amperes(_ value: Double) -> Self { Self(value, .amperes) }
}

extension Quantity where Of == VolumeDimension {
    public static func litres(_ value: Double) -> Self { Self(value, .litres) }
    public static func cubicMetres(_ value: Double) -> Self { Self(value, .cubicMetres) }
}

extension Quantity where Of == FlowDimension {
    public static func litresPerHour(_ value: Double) -> Self { Self(value, .litresPerHour) }
    public static func litresPerMinute(_ value: Double) -> Self { Self(value, .litresPerMinute) }

    /// The mean flow of a volume over a span; zero when the span is not positive.
    public init(_ volume: Volume, over span: Duration) {
        let hours = span.inSeconds / 3600
        self.init(base: hours > 0 ? volume.base / hours : 0)
    }
}

extension Quantity where Of == AccelerationDimension {
    public static func g(_ value: Double) -> Self { Self(value, .g) }
}

extension Quantity where Of == TemperatureDimension {
    public static func celsius(_ value: Double) -> Self { Self(value, .celsius) }
}

extension Quantity where Of == PowerDimension {
    public static func watts(_ value: Double) -> Self { Self(value, .watts) }
}

extension Quantity where Of == EnergyDimension {
    public static func kilowattHours(_ value: Double) -> Self { Self(value, .kilowattHours) }
}

extension Quantity where Of == RatioDimension {
    public static func percent(_ value: Double) -> Self { Self(value, .percent) }
}
