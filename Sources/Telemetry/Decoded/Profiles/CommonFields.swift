/// What fields are called by most vendors, for devices that no profile describes.
///
/// Only names whose unit is the same everywhere are here: `battery` may be volts, millivolts or percent, so it keeps no
/// unit, and `distance` is left to profiles.
enum CommonFields {
    /// The field of a name, capital letters and underlines set aside, and the number at its end: `Temperature_2`.
    static func field(at path: UnsafeRawBufferPointer) -> (field: DeviceField, number: Int?)? {
        guard let name = name(in: path) else { return nil }
        if let field = field(named: name) { return (field, nil) }
        let digits = name.reversed().prefix { $0.isDigit }
        guard !digits.isEmpty, digits.count <= 3 else { return nil }
        let stem = UnsafeRawBufferPointer(rebasing: name.dropLast(digits.count))
        guard let field = field(named: stem) else { return nil }
        let numbered = DeviceField(field.path, field.reading, field.meaning, first: 1)
        return (numbered, digits.reversed().reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
    }

    /// The last level of a path, when what is before it is only a wrapping: `soil.temperature` is not that of the room.
    private static func name(in path: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard let dot = path.firstIndex(of: UInt8(ascii: ".")) else { return path }
        let wrapping = UnsafeRawBufferPointer(rebasing: path[..<dot])
        guard wrappings.contains(where: { wrapping.equals(ignoringCase: $0) }) else { return nil }
        let rest = UnsafeRawBufferPointer(rebasing: path[(dot + 1)...])
        return rest.contains(UInt8(ascii: ".")) ? nil : rest
    }

    private static let wrappings: [StaticString] = [
        "air", "data", "sensor", "sensors", "values", "measurement", "measurements", "payload", "decoded",
        "0",
    ]

    private static func field(named name: UnsafeRawBufferPointer) -> DeviceField? {
        guard name.count <= longest else { return nil }
        return fields[
            String(unsafeUninitializedCapacity: name.count) { plain in
                var count = 0
                for byte in name where byte != UInt8(ascii: "_") && byte != UInt8(ascii: "-") {
                    plain[count] = byte.lowercased
                    count += 1
                }
                return count
            }
        ]
    }

    /// Longer names are nobody's usual ones.
    private static let longest = 32

    private static let fields = Dictionary(uniqueKeysWithValues: table.map { ("\($0.path)", $0) })

    private static let table: [DeviceField] = [
        .number("temperature", .temperature), .number("temp", .temperature),
        .number("humidity", .humidity), .number("hum", .humidity), .number("relativehumidity", .humidity),
        .number("pressure", .pressure), .number("barometricpressure", .pressure),
        .number("co2", .co2), .number("co2ppm", .co2), .number("carbondioxide", .co2),
        .number("illuminance", .illuminance), .number("lux", .illuminance),
        .number("pm25", .pm25), .number("pm10", .pm10),
        .number("battery", .battery), .number("batterylevel", .batteryLevel),
        .number("batterypercent", .batteryLevel), .number("batterypercentage", .batteryLevel),
        .number("batteryvolt", .batteryVoltage), .number("batteryvoltage", .battery),
        .flag("batterylow", .batteryLow), .flag("lowbattery", .batteryLow),
        .number("rssi", .signal), .number("rssidbm", .signal), .number("snr", .signalToNoise),
        .number("linkquality", .linkQuality),
        .flag("motion", .motion), .flag("occupancy", .occupied), .flag("occupied", .occupied),
        .flag("presence", .occupied),
        .flag("waterleak", .leak), .flag("leak", .leak), .flag("flood", .leak),
        .flag("smoke", .smoke), .flag("tamper", .tamper), .flag("tampered", .tamper),
        .flag("fall", .fall), .flag("falldetected", .fall), .flag("sos", .call),
        .number("power", .power), .number("voltage", .voltage), .number("current", .current),
        .number("energy", ReadingName("energy")), .number("frequency", .frequency),
        .number("volume", ReadingName("volume")), .number("flow", ReadingName("flow")),
        .number("pulses", .pulses), .number("pulsecount", .pulses),
        .number("latitude", .latitude), .number("longitude", .longitude), .number("altitude", .altitude),
        .number("heartrate", .heartRate), .number("steps", .steps),
    ]
}
