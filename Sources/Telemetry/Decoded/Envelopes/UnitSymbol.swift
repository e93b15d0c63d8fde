/// Units as our readings write them, from the many ways in which they are written elsewhere.
enum UnitSymbol {
    /// What is not in the table stays as it is: an unknown unit is better than none.
    static func ours(_ unit: String) -> String {
        table.first { unit.equals(ignoringCase: $0.theirs) }.map { "\($0.ours)" } ?? unit
    }

    private static let table: [(theirs: StaticString, ours: StaticString)] = [
        ("C", "°C"), ("Cel", "°C"), ("ºC", "°C"), ("degC", "°C"), ("F", "°F"), ("ºF", "°F"), ("degF", "°F"),
        ("m3", "m³"), ("m^3", "m³"), ("m3/h", "m³/h"), ("m^3/h", "m³/h"), ("l", "L"), ("l/h", "L/h"),
        ("ug/m3", "µg/m³"), ("µg/m3", "µg/m³"), ("μg/m³", "µg/m³"), ("μg/m3", "µg/m³"), ("ug/m³", "µg/m³"),
        ("lux", "lx"), ("lqi", ""), ("percent", "%"), ("#", ""), ("bpm", "/min"),
    ]
}

/// The unit at the end of a field's name, as wmbusmeters writes it: `total_m3`, `max_flow_m3h` (its `units.h`).
enum UnitSuffix {
    /// Empty when the name ends in no unit. Times and dates, which are texts, have none.
    static func unit(of name: UnsafeRawBufferPointer) -> StaticString {
        guard let separator = name.lastIndex(of: UInt8(ascii: "_")) else { return "" }
        // The letter of a tariff is none.
        if name[..<separator].suffix(6).elementsEqual("tariff".utf8) { return "" }
        let suffix = UnsafeRawBufferPointer(rebasing: name[(separator + 1)...])
        return table.first { suffix.equals($0.suffix) }?.unit ?? ""
    }

    private static let table: [(suffix: StaticString, unit: StaticString)] = [
        ("m3", "m³"), ("l", "L"), ("m3h", "m³/h"), ("lh", "L/h"), ("kwh", "kWh"), ("kw", "kW"), ("mj", "MJ"),
        ("gj", "GJ"), ("kvarh", "kvarh"), ("kvah", "kVAh"), ("m3c", "m³°C"), ("m3ch", "m³°C/h"), ("c", "°C"),
        ("f", "°F"), ("k", "K"), ("v", "V"), ("a", "A"), ("hz", "Hz"), ("pa", "Pa"), ("bar", "bar"),
        ("s", "s"),
        ("min", "min"), ("h", "h"), ("d", "d"), ("month", "month"), ("y", "y"), ("rh", "%"), ("hca", "hca"),
        ("deg", "°"), ("rad", "rad"), ("m", "m"), ("kg", "kg"), ("dbm", "dBm"), ("pct", "%"),
    ]
}
