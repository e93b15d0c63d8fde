/// MClimate: radiator valves, climate, air, floods, water valves. Source: MClimate's documents of each device.
enum MClimateDevices {
    static func codec(model: String) -> (any LoRaWANCodec)? {
        switch model.lowercased() {
        case "aqi-sensor": LayoutCodec(airQuality)
        case "co2-sensor": LayoutCodec(co2)
        case "flood-sensor": LayoutCodec(flood)
        case "ht-sensor": LayoutCodec(climate)
        case "t-valve": LayoutCodec(waterValve)
        case "vicki": VickiCodec()
        default: nil
        }
    }

    static let battery = ReadingName.batteryVoltage

    private static func temperature(_ place: FramePlace) -> FrameField {
        .number(.temperature, place, per: 10, plus: -40)
    }
    static func humidity(_ offset: Int) -> FrameField {
        .number(.humidity, .u8(offset), times: 100, per: 256)
    }
    /// Steps of 8 mV above 1.6 V.
    private static func battery(_ offset: Int) -> FrameField {
        .number(.batteryVoltage, .u8(offset), times: 8, per: 1000, plus: 1.6)
    }
    private static let kinds: KeyValuePairs<Int64, StaticString> = [
        0: "keepalive", 1: "testButtonPressed", 2: "floodDetected", 3: "fraudDetected",
    ]
    private static let valveKinds: KeyValuePairs<Int64, StaticString> = [
        0: "keepalive", 1: "testButtonPressed", 2: "floodDetected", 3: "controlButtonPressed",
        4: "fraudDetected",
    ]

    private static let climate = [
        FrameLayout(
            port: nil,
            lengths: 5...5,
            when: (.u8(0), 1),
            temperature(.u16(1)),
            humidity(3),
            battery(4)
        ),
        FrameLayout(
            port: nil,
            lengths: 7...7,
            when: (.u8(0), 1),
            temperature(.u16(1)),
            humidity(3),
            battery(4),
            .flag(.probeConnected, .u8(5).bit(2), is: 0),
            .number(.probeTemperature, .u16(5).bits(0, 10), per: 10).when(.u8(5).bit(2), is: 0)
        ),
    ]
    private static let co2 = [
        FrameLayout(
            port: nil,
            lengths: 7...7,
            when: (.u8(0), 1),
            .number(.co2, .u16(1)),
            temperature(.u16(3)),
            humidity(5),
            battery(6)
        )
    ]
    private static let airQuality = [
        FrameLayout(
            port: nil,
            lengths: 10...10,
            when: (.u8(0), 1),
            .number(.staticAirQuality, .u16(1).bits(7, 9), times: 16),
            .number(.airQuality, .u8(2).bits(2, 5), times: 16),
            .number(.co2, .u16(2).bits(0, 10), times: 32),
            .number(.voc, .u8(4), times: 4),
            .number(.humidity, .u8(5), times: 4, per: 10),
            .number(.pressure, .u16(6).bits(5, 11), times: 4, per: 10, plus: 300),
            temperature(.u16(7).bits(2, 10)),
            .number(.airQualityAccuracy, .u8(8).bits(0, 2)),
            battery(9)
        )
    ]
    private static let flood = [
        FrameLayout(
            port: nil,
            lengths: 2...3,
            .word(.messageType, .u8(0).bits(5, 3), kinds),
            .flag(.tamper, .u8(0).bit(3)),
            .flag(.leak, .u8(0).bit(1)),
            .number(.batteryVoltage, .u8(1), times: 16, per: 1000),
            .number(.temperature, .u8(2)).optional
        )
    ]
    private static let waterValve = [
        FrameLayout(
            port: nil,
            lengths: 2...2,
            .number(.waterTemperature, .u8(0), per: 2),
            .flag(.valveOpen, .u8(1).bit(7)),
            .number(.temperature, .u8(1).bits(0, 7), per: 2, plus: -10)
        ),
        FrameLayout(
            port: nil,
            lengths: 5...5,
            .word(.messageType, .u8(0).bits(5, 3), valveKinds),
            .flag(.tamper, .u8(0).bit(3)),
            .flag(.leakWire, .u8(0).bit(2)),
            .flag(.leak, .u8(0).bit(1)),
            .flag(.magnet, .u8(0).bit(0)),
            .number(.closingTime, .u8(2)),
            .number(.openingTime, .u8(3)),
            battery(4)
        ),
    ]
}

/// The radiator valve: the answers to settings stand before its nine bytes of state.
struct VickiCodec: LoRaWANCodec {
    private static let stateLength = 9

    func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        let bytes = FrameBytes(frame.payload)
        guard bytes.count > 0 else { throw .empty }
        let first = try bytes.byte(0)
        let isState = first == 0x01 || first == 0x81
        try bytes.require(isState ? Self.stateLength : Self.stateLength + 1)
        let start = isState ? 0 : bytes.count - Self.stateLength
        if start > 0 { readings.append(.undecodedBytes, Double(start)) }
        let state = bytes.from(start)
        let kind = try state.byte(0)
        guard kind == 0x01 || kind == 0x81 else {
            throw .unknownCode(UInt32(kind), of: "message", offset: start)
        }
        try Self.state.append(from: state, to: &readings)
    }

    private static let state: [FrameField] = [
        .number(.reason, .u8(0)),
        .number(.targetTemperature, .u8(1)),
        .number(.temperature, .u8(2), times: 165, per: 256, plus: -40).when(.u8(0), is: 0x01),
        .number(.temperature, .u8(2), per: 5.66666, plus: -28.33333 / 5.66666).when(.u8(0), is: 0x81),
        MClimateDevices.humidity(3),
        .formula(.motorRange) { bytes throws(FrameProblem) in Double(try range(bytes)) },
        .formula(.motorPosition) { bytes throws(FrameProblem) in Double(try position(bytes)) },
        .formula(.opening) { bytes throws(FrameProblem) in
            let range = try range(bytes)
            return range > 0 ? 100 - Double(try position(bytes)) * 100 / Double(range) : nil
        },
        .number(.batteryVoltage, .u8(7).bits(4, 4), per: 10, plus: 2),
        .flag(.windowOpen, .u8(7).bit(3)),
        .flag(.motorCurrentHigh, .u8(7).bit(2)),
        .flag(.motorCurrentLow, .u8(7).bit(1)),
        .flag(.fault, .u8(7).bit(0)),
        .flag(.childLock, .u8(8).bit(7)),
        .flag(.calibrationFailed, .u8(8).bit(6)),
        .flag(.mounted, .u8(8).bit(5)),
        .flag(.online, .u8(8).bit(4)),
        .flag(.frost, .u8(8).bit(3)),
    ]

    private static func range(_ bytes: FrameBytes) throws(FrameProblem) -> Int64 {
        try bytes.integer(.u8(6).bits(0, 4)) << 8 | Int64(try bytes.byte(5))
    }

    private static func position(_ bytes: FrameBytes) throws(FrameProblem) -> Int64 {
        try bytes.integer(.u8(6).bits(4, 4)) << 8 | Int64(try bytes.byte(4))
    }
}

extension ReadingName {
    static let waterTemperature = ReadingName("waterTemperature", "°C")
    static let probeConnected = network("probeConnected")
    fileprivate static let staticAirQuality = ReadingName("staticAirQuality")
    fileprivate static let airQualityAccuracy = network("airQualityAccuracy")
    fileprivate static let leakWire = network("leakWire")
    fileprivate static let closingTime = network("closingTime", "s")
    fileprivate static let openingTime = network("openingTime", "s")
    fileprivate static let reason = network("reason")
    fileprivate static let motorRange = network("motorRange")
    fileprivate static let motorPosition = network("motorPosition")
    static let motorCurrentHigh = network("motorCurrentHigh")
    static let motorCurrentLow = network("motorCurrentLow")
    static let calibrationFailed = network("calibrationFailed")
    static let mounted = ReadingName("mounted")
}
