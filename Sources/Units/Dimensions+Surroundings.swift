// What sensors say of the air and the light around them, and radios of their supply and their signal.

public enum VoltageDimension: Dimension { public static let baseSymbol = "V" }
public enum AngleDimension: Dimension { public static let baseSymbol = "°" }
public enum IlluminanceDimension: Dimension { public static let baseSymbol = "lx" }
/// A ratio of powers: a signal to its noise, a sound to the least that is heard.
public enum LevelDimension: Dimension { public static let baseSymbol = "dB" }
/// A power as radios count it: decibels above a milliwatt.
public enum SignalDimension: Dimension { public static let baseSymbol = "dBm" }
/// How much of a gas there is in the air, by volume.
public enum ConcentrationDimension: Dimension { public static let baseSymbol = "ppm" }
/// How much dust there is in the air, by mass.
public enum DustDimension: Dimension { public static let baseSymbol = "µg/m³" }

public typealias Voltage = Quantity<VoltageDimension>
public typealias Angle = Quantity<AngleDimension>
public typealias Illuminance = Quantity<IlluminanceDimension>
public typealias PowerLevel = Quantity<LevelDimension>
public typealias SignalStrength = Quantity<SignalDimension>
public typealias Concentration = Quantity<ConcentrationDimension>
public typealias Dust = Quantity<DustDimension>

extension Unit where Of == VoltageDimension {
    public static let volts = Self("V", scale: 1)
    public static let millivolts = Self("mV", scale: 0.001)
}

extension Unit where Of == AngleDimension {
    public static let degrees = Self("°", scale: 1)
    public static let radians = Self("rad", scale: 180 / .pi)
}

extension Unit where Of == IlluminanceDimension {
    public static let lux = Self("lx", scale: 1)
}

extension Unit where Of == LevelDimension {
    public static let decibels = Self("dB", scale: 1)
}

extension Unit where Of == SignalDimension {
    public static let decibelMilliwatts = Self("dBm", scale: 1)
}

extension Unit where Of == ConcentrationDimension {
    public static let partsPerMillion = Self("ppm", scale: 1)
    public static let partsPerBillion = Self("ppb", scale: 0.001)
}

extension Unit where Of == DustDimension {
    public static let microgramsPerCubicMetre = Self("µg/m³", scale: 1)
    public static let milligramsPerCubicMetre = Self("mg/m³", scale: 1000)
}

extension Quantity where Of == VoltageDimension {
    public static func volts(_ value: Double) -> Self { Self(value, .volts) }
}

extension Quantity where Of == SignalDimension {
    public static func decibelMilliwatts(_ value: Double) -> Self { Self(value, .decibelMilliwatts) }
}
