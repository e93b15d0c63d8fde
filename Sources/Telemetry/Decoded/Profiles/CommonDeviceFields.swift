/// Fields that many devices of one vendor or network have.
extension DeviceProfile {
    /// Zigbee devices on batteries (Zigbee2MQTT, "Exposes").
    static let zigbeeBattery: [DeviceField] = [
        .number("battery", .batteryLevel), .flag("battery_low", .batteryLow),
        .number("voltage", .voltageInMillivolts), .number("linkquality", .linkQuality),
        .number("device_temperature", .deviceTemperature),
    ]

    /// Browan's tabs (The Things Network device repository, browan).
    static let browan: [DeviceField] = [
        .number("battery", .batteryVoltage), .number("battery_volt", .batteryVoltage),
        .number("temperatureBoard", .deviceTemperature), .number("temperature", .temperature),
        .number("humidity", .humidity), .number("humi", .humidity),
    ]

    /// All Netvox devices (The Things Network device repository, netvox).
    static let netvox: [DeviceField] = [
        .number("Volt", .batteryVoltage), .text("Device", .model), .number("Temp", .temperature),
        .number("Humi", .humidity), .number("Illuminance", .illuminance), .text("Datecode", .hardware),
    ]

    /// ELSYS sensors (ELSYS payload document; The Things Network device repository, elsys).
    static let elsys: [DeviceField] = [
        .number("temperature", .temperature), .number("externalTemperature", .probeTemperature),
        .number("humidity", .humidity), .number("light", .illuminance), .number("motion", .motions),
        .number("co2", .co2), .number("pressure", .pressure),
        .number("vdd", ReadingName.network("battery", "mV")),
        .number("pulse#", .pulses, first: 1), .number("occupancy", ReadingName("occupancy")),
        .number("soundPeak", .soundPeak), .number("soundAvg", .sound), .number("distance", .distance),
    ]
}
