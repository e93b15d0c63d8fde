/// Soil, leaves, weather, trackers.
extension DraginoDevices {
    static let outdoors: [Model] = [
        Model(["lse01"], [soil]),
        Model(["lsnpk01"], [nutrients]),
        Model(["lsph01"], [acidity]),
        Model(["llms01"], [leaf]),
        Model(["lbt1"], [beacon]),
        Model(["lgt92", "lgt-92"], [tracker]),
        Model(["wsc1-l"], [weather, about]),
    ]

    private static let soil = FrameLayout(
        port: 2,
        lengths: 11...11,
        battery,
        probe(2),
        .number(.soilMoisture, .u16(4), per: 100),
        .number(.soilTemperature, .i16(6), per: 100),
        .number(.soilConductivity, .u16(8)),
        .number(.sensorFlags, .u8(10).bits(4, 4)),
        .number(.hardwareFlag, .u8(10).bit(2)),
        .flag(.interrupt, .u8(10).bits(0, 4))
    )

    private static let nutrients = FrameLayout(
        port: 2,
        lengths: 11...11,
        battery,
        probe(2),
        .number(.nitrogen, .u16(4)),
        .number(.phosphorus, .u16(6)),
        .number(.potassium, .u16(8)),
        .number(.messageKind, .u8(10).bits(4, 4)),
        .number(.interruptKind, .u8(10).bits(0, 4))
    )

    private static let acidity = FrameLayout(
        port: 2,
        lengths: 11...11,
        battery,
        probe(2),
        .number(.ph, .u16(4), per: 100),
        .number(.soilTemperature, .i16(6), per: 10),
        .flag(.interrupt, .u8(8)),
        .number(.messageKind, .u8(10))
    )

    private static let leaf = FrameLayout(
        port: 2,
        lengths: 11...11,
        battery,
        probe(2),
        .number(.leafMoisture, .u16(4), per: 10),
        .number(.surfaceTemperature, .i16(6), per: 10),
        .flag(.interrupt, .u8(8)),
        .number(.messageKind, .u8(10))
    )

    /// A badge that hears Bluetooth beacons and counts steps.
    private static let beacon = FrameLayout(
        port: 2,
        lengths: 11...11,
        when: (.u8(5), 1),
        .number(.batteryVoltage, .u16(0), per: 1000),
        .flag(.call, .u8(2).bits(4, 4)),
        .number(.steps, .u24(2).bits(0, 20)),
        .characters(.beacon, from: 6, count: 5)
    )

    /// Without a fix the position is zero.
    private static let tracker = FrameLayout(
        port: 2,
        lengths: 11...18,
        .number(.latitude, .i32(0), per: 1_000_000, absent: 0),
        .number(.longitude, .i32(4), per: 1_000_000, absent: 0),
        .flag(.call, .u8(8).bit(6)),
        battery(at: 8),
        .word(.mode, .u8(10).bits(6, 2), [0: "Disable", 1: "Move", 2: "Collide", 3: "User"]),
        .flag(.lightOn, .u8(10).bit(5)),
        .number(.firmwareCode, .u8(10).bits(0, 5), plus: 160),
        .number(.roll, .i16(11), per: 100).optional,
        .number(.pitch, .i16(13), per: 100).optional,
        .number(.altitude, .i16(16), per: 100).optional
    )

    private static func battery(at offset: Int) -> FrameField {
        .number(.batteryVoltage, .u16(offset).bits(0, 14), per: 1000)
    }

    /// A row of sensors; only particles are read, the others are counted as not understood.
    private static let weather = FrameLayout(
        port: 2,
        lengths: 4...242,
        when: (.u8(0), 0x0B),
        .number(.pm10, .u16(2)),
        .formula(.undecodedBytes) { bytes in bytes.count > 4 ? Double(bytes.count - 4) : nil }
    )
}

extension ReadingName {
    fileprivate static let sensorFlags = network("sensorFlags")
    fileprivate static let hardwareFlag = network("hardwareFlag")
    fileprivate static let interruptKind = network("interruptKind")
    fileprivate static let nitrogen = ReadingName("nitrogen", "mg/kg")
    fileprivate static let phosphorus = ReadingName("phosphorus", "mg/kg")
    fileprivate static let potassium = ReadingName("potassium", "mg/kg")
    fileprivate static let leafMoisture = ReadingName("leafMoisture", "%")
    fileprivate static let beacon = ReadingName("beacon")
    static let lightOn = network("lightOn")
    static let firmwareCode = network("firmwareCode")
    fileprivate static let roll = ReadingName("roll", "°")
    fileprivate static let pitch = ReadingName("pitch", "°")
}
