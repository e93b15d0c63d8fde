import Units

/// What The Things Stack's decoders give in words and units that are the same for all makers: a list of measurements.
/// Sources: The Things Network device repository, `lib/payload.json`; The Things Stack documentation, "Payload
/// Formatters, Normalized payload".
enum NormalizedPayload {
    static let fields: [DeviceField] = [
        .number("air.temperature", .temperature), .number("air.relativeHumidity", .humidity),
        .number("air.pressure", .pressure), .number("air.co2", .co2),
        .number("air.lightIntensity", .illuminance),
        .number("wind.speed", .windSpeed), .number("wind.direction", .windDirection),
        .number("rain.intensity", ReadingName("rainIntensity", "mm/h")),
        .number("rain.cumulative", ReadingName("totalRain", "mm")),
        .number("soil.depth", ReadingName("soilDepth", "cm")), .number("soil.moisture", .soilMoisture),
        .number("soil.temperature", .soilTemperature),
        .number("soil.ec", ReadingName("conductivity", "dS/m")), .number("soil.pH", ReadingName("ph")),
        .number("soil.n", ReadingName("nitrogen", "ppm")),
        .number("soil.p", ReadingName("phosphorus", "ppm")),
        .number("soil.k", ReadingName("potassium", "ppm")),
        .flag("water.leak", .leak), .number("water.temperature.current", .waterTemperature),
        .number("metering.water.total", .volumeInLitres),
        .flag("action.motion.detected", .motion), .number("action.motion.count", .motions),
        .flag("action.contactState", .open),
        .number("position.latitude", .latitude), .number("position.longitude", .longitude),
        .number("position.altitude", .altitude), .number("battery", .batteryVoltage),
    ]
}

extension DecodedReadings {
    /// Appends each measurement of a list, or the one that stands alone, at its own time where it has one. One that is
    /// older than a gateway needs to pass it on was stored, and is history.
    mutating func append(normalized list: StaticString, of fields: MessageFields) {
        let elements = Array(fields.elements(of: list))
        let roots = elements.isEmpty ? [Array(list.bytes)] : elements.map { Array($0.path) }
        let (at, clock, quality) = (self.at, self.clock, self.quality)
        for root in roots {
            if let time = fields.moment("time", under: root) {
                if at.since(time) > NetworkTime.stored { self.quality.insert(.historical) }
                (self.at, self.clock) = (time, .device)
            }
            append(fields, under: root, by: .init(table: NormalizedPayload.fields, skipped: ["time"]))
            (self.at, self.clock, self.quality) = (at, clock, quality)
        }
    }
}
