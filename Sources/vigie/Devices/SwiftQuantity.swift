import Units

/// How a number with a unit is written in a pipeline file: `Temperature`, `.celsius`.
struct SwiftQuantity: Hashable {
    let type: String
    let unit: String

    private init(_ type: String, _ unit: String) {
        self.type = type
        self.unit = unit
    }

    /// By the symbol of a unit; nil for one that `Units` does not know.
    ///
    /// - Parameter name: of the field: `g` is a mass, and an acceleration in a field that says so.
    init?(unit symbol: String, field name: String) {
        let isAcceleration = name.lowercased().contains("accel")
        let found = KnownUnit.all.filter { $0.symbol == symbol }
        let wanted = found.first { ($0.dimension == "g") == isAcceleration } ?? found.first
        guard let wanted, let ofDimension = Self.known[wanted.dimension] else { return nil }
        // Decoders convert to the field's unit, so another one of its dimension does as well.
        let same = KnownUnit.all(of: wanted.dimension).filter {
            $0.scale == wanted.scale && $0.offset == wanted.offset
        }
        let unit = same.lazy.compactMap { ofDimension.units[$0.symbol] }.first
        let usual = Self.usual[wanted.dimension] ?? wanted.dimension
        self.init(ofDimension.type, unit ?? ofDimension.units[usual] ?? "")
    }

    /// What one would write where the unit has no word in Swift and the base is unusual: bar as kilopascals.
    private static let usual = ["mmHg": "kPa"]

    /// By the base symbol of a dimension: what `Units` calls it, and its units by their symbols.
    private static let known: [String: (type: String, units: [String: String])] = [
        "m": ("Length", ["m": "metres", "mm": "millimetres"]),
        "m/s": ("Speed", ["m/s": "metresPerSecond", "km/h": "kilometresPerHour"]),
        "kg": ("Mass", ["kg": "kilograms", "g": "grams"]),
        "A": ("Current", ["A": "amperes", "mA": "milliamperes"]),
        "V": ("Voltage", ["V": "volts", "mV": "millivolts"]),
        "L": ("Volume", ["L": "litres", "m³": "cubicMetres"]),
        "L/h": (
            "FlowRate", ["L/h": "litresPerHour", "L/min": "litresPerMinute", "m³/h": "cubicMetresPerHour"]
        ),
        "g": ("Acceleration", ["g": "g", "mg": "milliG", "m/s²": "metresPerSecondSquared"]),
        "°/s": ("Rotation", ["°/s": "degreesPerSecond", "rad/s": "radiansPerSecond"]),
        "°": ("Angle", ["°": "degrees", "rad": "radians"]),
        "°C": ("Temperature", ["°C": "celsius", "°F": "fahrenheit"]),
        "W": ("Power", ["W": "watts", "kW": "kilowatts"]),
        "Wh": ("Energy", ["Wh": "wattHours", "kWh": "kilowattHours"]),
        "%": ("Ratio", ["%": "percent", "1": "fraction"]),
        "lx": ("Illuminance", ["lx": "lux"]), "dB": ("PowerLevel", ["dB": "decibels"]),
        "dBm": ("SignalStrength", ["dBm": "decibelMilliwatts"]),
        "ppm": ("Concentration", ["ppm": "partsPerMillion", "ppb": "partsPerBillion"]),
        "µg/m³": ("Dust", ["µg/m³": "microgramsPerCubicMetre", "mg/m³": "milligramsPerCubicMetre"]),
        "s": ("TimeTaken", ["s": "seconds", "ms": "milliseconds", "min": "minutes", "h": "hours"]),
        "/min": ("Frequency", ["/min": "perMinute", "Hz": "hertz"]),
        "mmHg": (
            "Pressure", ["mmHg": "millimetresOfMercury", "hPa": "hectopascals", "kPa": "kilopascals"]
        ),
    ]
}
