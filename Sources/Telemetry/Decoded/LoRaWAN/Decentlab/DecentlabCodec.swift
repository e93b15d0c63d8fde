/// Decentlab (DL-…): indoor air, CO2, particles, pulses, inputs, levels, weather, soil.
///
/// A version, the number of the device, a bit for each of its sensors, then for each sensor that is there words of two
/// bytes. Source: Decentlab, the user guide of each device.
public struct DecentlabCodec: LoRaWANCodec {
    private let sensors: [DecentlabSensor]

    /// Nil when the model is not in our table: without it nothing tells what the words mean.
    ///
    /// - Parameter model: as on the device, `dl-iam`; what follows the model (a range, a calibration) may be there.
    public init?(model: String) {
        let model = model.lowercased()
        let fitting = DecentlabSensor.models.filter { model.hasPrefix($0.model) }
        guard let longest = fitting.max(by: { $0.model.count < $1.model.count }) else { return nil }
        sensors = longest.sensors
    }

    public func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        let bytes = FrameBytes(frame.payload)
        guard bytes.count > 0 else { throw .empty }
        let version = try bytes.byte(0)
        guard version == 2 else { throw .unknownCode(UInt32(version), of: "protocol version", offset: 0) }
        var flags = try bytes.integer(.u16(3))
        guard flags >> Int64(sensors.count) == 0 else {
            throw .notAllowed(
                offset: 3,
                expected: "flags of the \(sensors.count) sensors that this model has"
            )
        }
        readings.append(.deviceNumber, Double(try bytes.integer(.u16(1))))
        var offset = 5
        for sensor in sensors {
            defer { flags >>= 1 }
            guard flags & 1 == 1 else { continue }
            let size = sensor.words * 2
            try bytes.require(offset + size)
            try sensor.fields.append(from: bytes.from(offset).prefix(size), to: &readings)
            offset += size
        }
        if offset < bytes.count { readings.append(.undecodedBytes, Double(bytes.count - offset)) }
    }
}

/// Some values that are measured together.
struct DecentlabSensor: Sendable {
    /// How many words of two bytes it takes.
    let words: Int
    let fields: [FrameField]

    init(_ words: Int, _ fields: FrameField...) {
        self.words = words
        self.fields = fields
    }

    init(_ words: Int, fields: [FrameField]) {
        self.words = words
        self.fields = fields
    }

    static let models = indoors + inputs + outdoors

    static let battery = DecentlabSensor(1, .number(.batteryVoltage, .u16(0), per: 1000))
    /// Sensirion SHT35, and the older SHT2x.
    static let climate = DecentlabSensor(
        2,
        .number(.temperature, .u16(0), times: 175, per: 65_535, plus: -45),
        .number(.humidity, .u16(2), times: 100, per: 65_535)
    )
    static let oldClimate = DecentlabSensor(
        2,
        .number(.temperature, .u16(0), times: 175.72, per: 65_536, plus: -46.85),
        .number(.humidity, .u16(2), times: 125, per: 65_536, plus: -6)
    )
    /// In steps of two pascals.
    static func pressure(_ offset: Int) -> FrameField { .number(.pressure, .u16(offset), per: 50) }

    /// Two words are one number, the lower half first.
    static func double(_ bytes: FrameBytes, _ offset: Int) throws(FrameProblem) -> Double {
        Double(try bytes.integer(.u16(offset)) | bytes.integer(.u16(offset + 2)) << 16)
    }

    /// What a converter of 24 bits measured, as a part of its range: -1 to 1.
    static func ratio(_ bytes: FrameBytes, _ offset: Int) throws(FrameProblem) -> Double {
        try double(bytes, offset) / 8_388_608 - 1
    }
}

extension ReadingName {
    static let deviceNumber = network("deviceNumber")
}
