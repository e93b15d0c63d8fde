/// A unit that is found by its symbol, for payloads that name their units themselves.
///
/// A symbol may stand for several dimensions (`g` is a mass and an acceleration), so it is looked up in the dimension
/// that is wanted. Symbols are compared as written: `mW` and `MW` are two units.
public struct KnownUnit: Hashable, Sendable {
    public let symbol: String
    /// The base symbol of its dimension: `°C` for all units of temperature.
    public let dimension: String
    /// `base = number × scale + offset`
    public let scale: Double
    public let offset: Double

    /// All units of a dimension, in all their spellings.
    public static func all(of dimension: String) -> [KnownUnit] {
        byDimension[dimension] ?? []
    }

    private static let byDimension = Dictionary(grouping: all, by: \.dimension)

    /// A unit, and how else it is written: by SenML (RFC 8428 §12.1, RFC 8798), by bridges, by people.
    private static func unit<Of: Dimension>(_ unit: Unit<Of>, _ spellings: String...) -> [KnownUnit] {
        ([unit.symbol] + spellings).map {
            KnownUnit(symbol: $0, dimension: Of.baseSymbol, scale: unit.scale, offset: unit.offset)
        }
    }

    /// Every unit that a payload may name.
    public static let all: [KnownUnit] = [
        ofSurroundings, ofSupply, ofMovement, ofThePerson,
    ].flatMap { $0 }

    private static let ofSurroundings: [KnownUnit] = [
        unit(Unit<TemperatureDimension>.celsius, "Cel", "C", "ºC", "degC"),
        unit(Unit<TemperatureDimension>.fahrenheit, "F", "ºF", "degF"),
        unit(Unit<TemperatureDimension>("K", scale: 1, offset: -273.15)),
        unit(Unit<RatioDimension>.percent, "%RH", "%EL", "percent"),
        unit(Unit<RatioDimension>.fraction, "/"),
        unit(Unit<ConcentrationDimension>.partsPerMillion),
        unit(Unit<ConcentrationDimension>.partsPerBillion),
        unit(
            Unit<DustDimension>.microgramsPerCubicMetre,
            "ug/m3",
            "µg/m3",
            "ug/m³",
            "μg/m³",
            "μg/m3"
        ),
        unit(Unit<DustDimension>.milligramsPerCubicMetre, "mg/m3"),
        unit(Unit<IlluminanceDimension>.lux, "lux"),
        unit(Unit<LevelDimension>.decibels, "dB(A)", "dBA"),
        unit(Unit<SignalDimension>.decibelMilliwatts),
        unit(Unit<PressureDimension>.hectopascals, "mbar"), unit(Unit<PressureDimension>.kilopascals),
        unit(Unit<PressureDimension>("Pa", scale: 0.007_500_62)),
        unit(Unit<PressureDimension>("bar", scale: 750.062)),
        unit(Unit<PressureDimension>("inHg", scale: 25.4)),
    ].flatMap { $0 }

    private static let ofSupply: [KnownUnit] = [
        unit(Unit<VolumeDimension>.litres, "l", "dm³"), unit(Unit<VolumeDimension>.cubicMetres, "m3", "m^3"),
        unit(Unit<VolumeDimension>("mL", scale: 0.001), "ml"),
        // Of the United States.
        unit(Unit<VolumeDimension>("gal", scale: 3.785_411_784)),
        unit(Unit<FlowDimension>.litresPerHour, "l/h"), unit(Unit<FlowDimension>.litresPerMinute, "l/min"),
        unit(Unit<FlowDimension>("L/s", scale: 3600), "l/s"),
        unit(Unit<FlowDimension>.cubicMetresPerHour, "m3/h", "m^3/h"),
        unit(Unit<FlowDimension>("m³/s", scale: 3_600_000), "m3/s"),
        unit(Unit<EnergyDimension>.wattHours), unit(Unit<EnergyDimension>.kilowattHours),
        unit(Unit<EnergyDimension>("MWh", scale: 1_000_000)),
        unit(Unit<EnergyDimension>("J", scale: 1 / 3600), "Ws"),
        unit(Unit<EnergyDimension>("kJ", scale: 1 / 3.6)),
        unit(Unit<EnergyDimension>("MJ", scale: 1000 / 3.6)),
        unit(Unit<EnergyDimension>("GJ", scale: 1_000_000 / 3.6)),
        unit(Unit<PowerDimension>.watts), unit(Unit<PowerDimension>.kilowatts),
        unit(Unit<PowerDimension>("mW", scale: 0.001)), unit(Unit<PowerDimension>("MW", scale: 1_000_000)),
        unit(Unit<CurrentDimension>.amperes), unit(Unit<CurrentDimension>.milliamperes),
        unit(Unit<VoltageDimension>.volts), unit(Unit<VoltageDimension>.millivolts),
        unit(Unit<VoltageDimension>("kV", scale: 1000)),
    ].flatMap { $0 }

    private static let ofMovement: [KnownUnit] = [
        unit(Unit<LengthDimension>.metres), unit(Unit<LengthDimension>.millimetres),
        unit(Unit<LengthDimension>("cm", scale: 0.01)), unit(Unit<LengthDimension>("km", scale: 1000)),
        unit(Unit<SpeedDimension>.metresPerSecond), unit(Unit<SpeedDimension>.kilometresPerHour),
        unit(Unit<MassDimension>.kilograms), unit(Unit<MassDimension>.grams),
        unit(Unit<AccelerationDimension>.g), unit(Unit<AccelerationDimension>.milliG),
        unit(Unit<AccelerationDimension>.metresPerSecondSquared, "m/s2"),
        unit(Unit<RotationDimension>.degreesPerSecond, "deg/s", "dps"),
        unit(Unit<RotationDimension>.radiansPerSecond),
        unit(Unit<AngleDimension>.degrees, "deg"), unit(Unit<AngleDimension>.radians),
    ].flatMap { $0 }

    private static let ofThePerson: [KnownUnit] = [
        unit(Unit<CountDimension>.pieces, "count"),
        unit(Unit<TimeDimension>.seconds), unit(Unit<TimeDimension>.milliseconds),
        unit(Unit<TimeDimension>.minutes), unit(Unit<TimeDimension>.hours),
        unit(Unit<TimeDimension>("d", scale: 86_400)),
        unit(Unit<FrequencyDimension>.perMinute, "bpm", "beat/min", "1/min"),
        unit(Unit<FrequencyDimension>.hertz, "1/s"),
        unit(Unit<PressureDimension>.millimetresOfMercury),
    ].flatMap { $0 }
}
