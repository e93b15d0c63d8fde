/// Laird RS1xx: temperature and humidity, platinum probes, door contacts and push buttons.
///
/// The first byte tells the message. Numbers come as hundredths and whole in bytes of their own; probes send both as
/// two bytes with the same sign. Times are seconds since 2015. Source: Laird Connectivity, "RS1xx LoRa Protocol".
struct LairdCodec: LoRaWANCodec {
    private let isPlatinum: Bool

    /// - Parameter model: `rs1xx-ext-temp-rtd-sensor` is the one with a platinum probe.
    init(model: String) {
        isPlatinum = model.lowercased().contains("rtd")
    }

    func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        let bytes = FrameBytes(frame.payload)
        guard bytes.count > 0 else { throw .empty }
        let message = try bytes.byte(0)
        guard let kind = Self.messages.first(where: { $0.key == message }) else {
            throw .unknownCode(UInt32(message), of: "message", offset: 0)
        }
        readings.append(.messageType, text: readings.intern(kind.value))
        try Self.options.append(from: bytes, to: &readings)
        switch message {
        case 0x01:
            try measurement(bytes, at: 2, to: &readings)
            try Self.counters.append(from: bytes.from(6), to: &readings)
        case 0x0B:
            try measurement(bytes, at: 2, to: &readings)
            try Self.counters.append(from: bytes.from(6), to: &readings)
        case 0x02: try aggregate(bytes, to: &readings)
        case 0x03: try stored(bytes, at: 2, to: &readings)
        case 0x04:
            for record in 0..<Int(try bytes.byte(2)) { try stored(bytes, at: 3 + record * 8, to: &readings) }
        default:
            try Self.fields[Int(message)]?.append(from: bytes, to: &readings)
        }
    }

    /// Several measurements in a row, the oldest first, and only the time of the first.
    private func aggregate(_ bytes: FrameBytes, to readings: inout DecodedReadings) throws(FrameProblem) {
        let now = readings.time
        try Self.aggregateCounters.append(from: bytes, to: &readings)
        let count = Int(try bytes.byte(6))
        readings.measured(at: try bytes.integer(.u32(7)) + Self.epoch)
        for position in 0..<count {
            try measurement(bytes, at: 11 + position * 4, to: &readings)
            // When the next ones were measured depends on a setting.
            readings.quality.formUnion(.doubtful)
        }
        readings.time = now
    }

    private func stored(
        _ bytes: FrameBytes,
        at offset: Int,
        to readings: inout DecodedReadings
    ) throws(FrameProblem) {
        let now = readings.time
        readings.measured(at: try bytes.integer(.u32(offset)) + Self.epoch)
        try measurement(bytes, at: offset + 4, to: &readings)
        readings.time = now
    }

    private func measurement(
        _ bytes: FrameBytes,
        at offset: Int,
        to readings: inout DecodedReadings
    ) throws(FrameProblem) {
        let fields = isPlatinum ? Self.platinum : Self.climate
        try fields.append(from: bytes.from(offset), to: &readings)
    }

    /// 2015-01-01, in seconds since 1970.
    private static let epoch: Int64 = 1_420_070_400

    private static let messages: KeyValuePairs<UInt8, StaticString> = [
        1: "Laird_Internal_TH", 2: "Laird_Agg_TH", 3: "SendBackLogMessage", 4: "SendBackLogMessages",
        5: "Laird_Simple_Config", 6: "Laird_Advanced_Config", 7: "Laird_FW_Version",
        8: "Laird_Contact_Sensor_Config", 9: "Laird_Contact_Sensor", 10: "Laird_Battery_Voltage",
        11: "Laird_RTD", 12: "Laird_RTD_Config",
    ]
    private static let options: [FrameField] = [
        .flag(.wantsTime, .u8(1).bit(0)), .flag(.misconfigured, .u8(1).bit(1)),
        .flag(.alarm, .u8(1).bit(2)), .flag(.restarted, .u8(1).bit(3)), .flag(.fault, .u8(1).bit(4)),
    ]
    private static func hundredths(_ name: ReadingName, _ part: FramePlace, _ whole: FramePlace) -> FrameField
    {
        .formula(name) { bytes throws(FrameProblem) in
            Double(try bytes.integer(whole) * 100 + bytes.integer(part)) / 100
        }
    }
    private static let climate = [
        hundredths(.humidity, .u8(0), .u8(1)), hundredths(.temperature, .i8(2), .i8(3)),
    ]
    private static let platinum = [hundredths(.temperature, .i16(0), .i16(2))]
    private static let counters: [FrameField] = [
        battery(0), .number(.alarmMessages, .u16(1)), .number(.storedMessages, .u16(3)),
    ]
    private static let aggregateCounters: [FrameField] = [
        .number(.alarmMessages, .u8(2)), .number(.storedMessages, .u16(3)), battery(5),
        .number(.values, .u8(6)),
    ]
    private static func battery(_ offset: Int) -> FrameField {
        .word(
            .batteryRange,
            .u8(offset),
            [0: "0-5%", 1: "5-20%", 2: "20-40%", 3: "40-60%", 4: "60-80%", 5: "80-100%"]
        )
    }
    private static let settings: [FrameField] = [
        .word(.batteryType, .u8(2), [0: "Zinc-Manganese Dioxide", 1: "Alkaline", 2: "Lithium"]),
        .number(.interval, .u16(3)), .number(.values, .u8(5)), .flag(.temperatureAlarms, .u8(6)),
    ]
    private static let fields: [Int: [FrameField]] = [
        5: settings + [.flag(.humidityAlarms, .u8(7))],
        6: settings + [
            .flag(.humidityAlarms, .u8(7)), .number(.temperatureLow, .i8(8)),
            .number(.temperatureHigh, .i8(9)), .number(.humidityLow, .u8(10)),
            .number(.humidityHigh, .u8(11)), .number(.lightBluetooth, .u16(12)),
            .number(.lightLoRa, .u16(14)),
        ],
        7: [
            .number(.releaseYear, .u8(2)), .number(.releaseMonth, .u8(3)), .number(.releaseDay, .u8(4)),
            .version(.firmware, .u16(5), per: 256), .number(.partNumber, .u32(7)),
        ],
        8: [
            contact(2), .number(.notifications, .u8(3)), .number(.openDwell, .u16(4)),
            .number(.closedDwell, .u16(6)), .number(.resend, .u8(8)), .number(.debounce, .u8(9)),
        ],
        9: [
            contact(2), .flag(.open, .u8(3)), .flag(.alertCancelled, .u8(4)), .number(.openings, .u8(5)),
        ],
        10: [hundredths(.batteryVoltage, .u8(2), .u8(3))],
        12: settings + [
            .number(.temperatureLow, .i16(7)), .number(.temperatureHigh, .i16(9)),
            .number(.lightBluetooth, .u16(11)), .number(.lightLoRa, .u16(13)),
        ],
    ]
    private static func contact(_ offset: Int) -> FrameField {
        .word(.contactMode, .u8(offset), [0: "Door Sensor", 1: "Pushbutton"])
    }
}

extension ReadingName {
    fileprivate static let wantsTime = network("wantsTime")
    fileprivate static let misconfigured = network("misconfigured")
    fileprivate static let restarted = network("restarted")
    fileprivate static let alarmMessages = network("alarmMessages")
    fileprivate static let storedMessages = network("storedMessages")
    fileprivate static let values = network("values")
    fileprivate static let batteryRange = network("batteryRange")
    fileprivate static let batteryType = network("batteryType")
    fileprivate static let temperatureAlarms = network("temperatureAlarms")
    fileprivate static let humidityAlarms = network("humidityAlarms")
    fileprivate static let temperatureLow = network("temperatureLow", "°C")
    fileprivate static let temperatureHigh = network("temperatureHigh", "°C")
    fileprivate static let humidityLow = network("humidityLow", "%")
    fileprivate static let humidityHigh = network("humidityHigh", "%")
    fileprivate static let lightBluetooth = network("lightBluetooth")
    fileprivate static let lightLoRa = network("lightLoRa")
    fileprivate static let releaseYear = network("releaseYear")
    fileprivate static let releaseMonth = network("releaseMonth")
    fileprivate static let releaseDay = network("releaseDay")
    fileprivate static let partNumber = network("partNumber")
    fileprivate static let contactMode = network("contactMode")
    fileprivate static let notifications = network("notifications")
    fileprivate static let openDwell = network("openDwell")
    fileprivate static let closedDwell = network("closedDwell")
    fileprivate static let resend = network("resend")
    fileprivate static let debounce = network("debounce")
    fileprivate static let alertCancelled = network("alertCancelled")
}
