import Units

/// Telemetry of Tasmota: `SENSOR`, `STATE`, `ENERGY`, `LWT`, and the answers `STATUS8`, `STATUS10`, `STATUS11`, `POWER`.
/// Source: Tasmota documentation, "MQTT" and "JSON Status Responses".
///
/// The subject is the device's topic, wherever the full topic has the prefix (`tele/%topic%/`, `%topic%/tele/`). `Time`
/// is local time and says no zone, so a reading has its time of arrival, unless the device also sends `Epoch` (command
/// `Time 2`), a count of seconds (`Time 3`) or a time with an offset.
///
/// Several sensors of one kind, which Tasmota numbers, are numbered alike: the temperature of `DS18B20-2` is
/// `temperature2`. Of sensors of different kinds the first has the plain name, and the others say whose it is:
/// `SHT3X.Temperature`. That of the chip, `ESP32`, is none of the room.
public struct Tasmota: MessageDecoder {
    public static let name = "tasmota"

    private let profile: DeviceProfile?
    private var fields = MessageFields()

    public init(profile: DeviceProfile? = nil) {
        self.profile = profile
    }

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        fields.begin()
        let topic = TopicParts(message.topic)
        guard let last = topic[-1], let device = topic.text(topic.isPrefix(-2) ? -3 : -2), topic.count >= 3
        else {
            throw .notUnderstood("a topic that is not PREFIX/TOPIC/WORD")
        }
        if topic.has("cmnd") { throw .leftOut("an order to a device") }
        readings.subject = readings.intern(device)
        if last.equals("LWT") {
            try fields.read(word: message.payload, path: last)
            return appendWord(as: .flag("LWT", .online), to: &readings)
        }
        guard message.payload.first == UInt8(ascii: "{") else {
            try fields.read(word: message.payload, path: last)
            return readings.append(fields, by: .init(profile: profile, table: Self.table))
        }
        if Self.announcements.contains(where: { last.equals($0) }) {
            throw .leftOut("what the device says when it starts")
        }
        try fields.read(message.payload)
        append(under: root, to: &readings)
    }

    private func appendWord(as field: DeviceField, to readings: inout DecodedReadings) {
        for word in fields.all { readings.append(word, of: fields, as: field, number: nil, unit: .empty) }
    }

    /// Answers to `Status 8`, `10` and `11` wrap what `SENSOR` and `STATE` say.
    private var root: StaticString {
        let wrappings: [StaticString] = ["StatusSNS", "StatusSTS"]
        return wrappings.first { fields.contains($0) } ?? ""
    }

    private func append(under root: StaticString, to readings: inout DecodedReadings) {
        let time = time(under: root)
        if let time {
            readings.at = time
            readings.clock = .device
        }
        let temperature = unit("TempUnit", under: root)
        let pressure = unit("PressureUnit", under: root)
        let knowledge = DecodedReadings.Knowledge(
            profile: profile,
            table: Self.table,
            ofNetwork: [
                "Wifi", "Heap", "LoadAvg", "MqttCount", "Sleep", "SleepMode", "Uptime", "Berry", "Hostname",
            ],
            skipped: ["Time", "Epoch", "TempUnit", "PressureUnit", "SpeedUnit"]
        )
        readings.append(fields, under: root, by: knowledge) { path in
            if path.hasSuffix("Temperature") || path.hasSuffix("DewPoint") {
                return FieldFacts(unit: temperature)
            }
            if path.hasSuffix("Pressure") { return FieldFacts(unit: pressure) }
            return nil
        }
    }

    private func time(under root: StaticString) -> Moment? {
        let before = root.utf8CodeUnitCount == 0 ? [] : Array(root.bytes) + [UInt8(ascii: ".")]
        if let epoch = fields.first(before, "Epoch"), epoch.kind == .number {
            return Moment(epochSeconds: epoch.number)
        }
        guard let time = fields.first(before, "Time") else { return nil }
        // All that `Time 3` leaves.
        if time.kind == .number { return Moment(epochSeconds: time.number) }
        guard time.kind == .text else { return nil }
        return fields.withBytes(of: time.text) { Moment(iso8601: $0) }?.ifPlausible
    }

    private func unit(_ name: StaticString, under root: StaticString) -> String {
        let before = root.utf8CodeUnitCount == 0 ? [] : Array(root.bytes) + [UInt8(ascii: ".")]
        return fields.first(before, name).map { UnitSymbol.ours(fields.text($0.text)) } ?? ""
    }

    private static let announcements: [StaticString] = ["INFO1", "INFO2", "INFO3", "STATUS", "STATUS0"]

    /// What its drivers call alike. `*` is the sensor (`DS18B20`, `AM2301`, `SHT3X-0x45`); those come last, as they are
    /// slower to try.
    private static let table = plain + ofSensors.map(\.numbered) + ofSensors.map(\.alone)

    /// What a sensor measures, under its name alone and with the number that Tasmota gives to several of a kind.
    private static let ofSensors: [(numbered: DeviceField, alone: DeviceField)] = [
        of("*-#.Temperature", "*.Temperature", .temperature), of("*-#.Humidity", "*.Humidity", .humidity),
        of("*-#.DewPoint", "*.DewPoint", .dewPoint), of("*-#.Pressure", "*.Pressure", .pressure),
        of("*-#.Illuminance", "*.Illuminance", .illuminance),
        of("*-#.CarbonDioxide", "*.CarbonDioxide", .co2), of("*-#.eCO2", "*.eCO2", .co2),
        of("*-#.TVOC", "*.TVOC", .voc), of("*-#.PM2.5", "*.PM2.5", .pm25), of("*-#.PM10", "*.PM10", .pm10),
        of("*-#.Distance", "*.Distance", ReadingName("distance", "cm")),
    ]

    private static func of(
        _ numbered: StaticString,
        _ alone: StaticString,
        _ reading: ReadingName
    ) -> (DeviceField, DeviceField) {
        (.number(numbered, reading, first: 1), .number(alone, reading))
    }

    private static let plain: [DeviceField] = [
        .number("ESP32.Temperature", .deviceTemperature),
        .number("ENERGY.Power", .power), .number("ENERGY.Power.#", .power),
        .number("ENERGY.ReactivePower", .reactivePower), .number("ENERGY.ReactivePower.#", .reactivePower),
        .number("ENERGY.ApparentPower", .apparentPower), .number("ENERGY.ApparentPower.#", .apparentPower),
        .number("ENERGY.Factor", .powerFactor), .number("ENERGY.Factor.#", .powerFactor),
        .number("ENERGY.Voltage", .voltage), .number("ENERGY.Voltage.#", .voltage),
        .number("ENERGY.Current", .current), .number("ENERGY.Current.#", .current),
        .number("ENERGY.Frequency", .frequency), .number("ENERGY.Frequency.#", .frequency),
        .number("ENERGY.Total", .energyInKilowattHours), .number("ENERGY.Total.#", .energyInKilowattHours),
        .number("ENERGY.ExportActive", ReadingName("energyExported", "kWh")),
        .number("ENERGY.Today", ReadingName("energyToday", "kWh")),
        .number("ENERGY.Yesterday", ReadingName("energyYesterday", "kWh")),
        .number("ENERGY.Period", ReadingName("energyOfPeriod", "Wh")),
        .number("COUNTER.C#", .pulses, first: 1),
        .flag("POWER", .relay), .flag("POWER#", .relay, first: 1), .flag("Switch#", .input, first: 1),
        .number("Wifi.RSSI", .signalQuality), .number("Wifi.Signal", .signal),
        .number("UptimeSec", .uptime), .number("Vcc", .supplyVoltage),
    ]
}

extension TopicParts {
    fileprivate func isPrefix(_ level: Int) -> Bool {
        self.is(level, "tele") || self.is(level, "stat")
    }

    fileprivate func has(_ word: StaticString) -> Bool {
        (0..<count).contains { self.is($0, word) }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func hasSuffix(_ word: StaticString) -> Bool {
        suffix(word.utf8CodeUnitCount).elementsEqual(word.bytes)
    }
}
