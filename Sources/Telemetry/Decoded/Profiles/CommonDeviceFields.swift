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
        .number("humidity", .humidity), .number("humi", .humidity), .flag("button", .button),
        .number("time", .sinceChange), .flag("trigger", .triggered),
    ]

    /// Dragino's older contacts on doors and water probes, which count minutes (The Things Network device repository,
    /// dragino/lds02 and lwl02; user manuals).
    static let draginoContact: [DeviceField] = [
        .flag("DOOR_OPEN_STATUS", .open), .number("DOOR_OPEN_TIMES", .openings),
        .number("LAST_DOOR_OPEN_DURATION", .lastOpen),
        .flag("WATER_LEAK_STATUS", .leak), .number("WATER_LEAK_TIMES", .leaks),
        .number("LAST_WATER_LEAK_DURATION", .lastLeak),
        .number("BAT_V", .batteryVoltage), .flag("ALARM", .alarm), .number("MOD", .workMode),
    ]

    /// All Netvox devices (The Things Network device repository, netvox).
    static let netvox: [DeviceField] = [
        .number("Volt", .batteryVoltage), .text("Device", .model), .number("Temp", .temperature),
        .number("Humi", .humidity), .number("Illuminance", .illuminance), .text("Datecode", .hardware),
    ]

    /// ELSYS sensors, under the names that their frames give (ELSYS payload document; The Things Network device
    /// repository, elsys). Of the heat camera's occupancy 1 is "perhaps"; 63 steps of acceleration are one g.
    static let elsys: [DeviceField] = [
        .number("temperature", .temperature), .number("humidity", .humidity),
        .number("x", .accelerationX, scale: 1 / 63), .number("y", .accelerationY, scale: 1 / 63),
        .number("z", .accelerationZ, scale: 1 / 63), .number("light", .illuminance),
        .number("motion", .motions).and(.nonzero("motion", .motion)), .number("co2", .co2),
        .number("vdd", .batteryVoltage, scale: 0.001),
        .number("analog#", .voltageInMillivolts, first: 1), .number("analogUv", ReadingName("voltage", "µV")),
        .number("lat", .latitude), .number("long", .longitude),
        .number("pulse#", .pulses, first: 1), .number("pulseAbs#", .totalPulses, first: 1),
        .number("pulseAbs", .totalPulses[1]),
        .number("externalTemperature#", .probeTemperature, first: 1),
        .number("externalTemperature", .probeTemperature[1]),
        .nonzero("digital#", .input, first: 1), .nonzero("digital", .input[1]),
        .number("distance", .distance), .number("accMotion", .movements),
        .number("irInternalTemperature", .deviceTemperature),
        .number("irExternalTemperature", .surfaceTemperature),
        .number("occupancy", .occupancy).and(
            .flag("occupancy", .occupied, yes: ["2"], no: ["0", "1"])
        ),
        .number("waterleak", .wetness).and(.nonzero("waterleak", .leak)),
        .number("pressure", .pressure), .number("soundPeak", .soundPeak), .number("soundAvg", .sound),
        .number("tvoc", .voc),
    ]
}
