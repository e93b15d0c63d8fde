import Units

/// Telegrams of wireless and wired M-Bus meters as wmbusmeters publishes them: one flat JSON object each. Source:
/// wmbusmeters, README and `units.h`.
///
/// The subject is the meter's serial number; the driver (`multical21`), which older versions call `meter`, picks the
/// profile; units are read off the ends of the names (`total_m3`). The time is that of the receiver: a meter's own clock
/// has no zone, and comes as a text.
public struct Wmbusmeters: MessageDecoder {
    public static let name = "wmbusmeters"

    private let profile: DeviceProfile?
    private var fields = MessageFields()

    /// - Parameter profile: of all meters that send here; nil to look each up by its driver.
    public init(profile: DeviceProfile? = nil) {
        self.profile = profile
    }

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        fields.begin()
        try fields.read(message.payload)
        guard let id = fields.text("id") else { throw .missing(field: "id") }
        guard let driver = fields.text("meter") ?? fields.text("driver") else {
            throw .missing(field: "meter")
        }
        readings.subject = readings.intern(id)
        NetworkTime.set(server: fields.moment("timestamp"), gateway: nil, in: &readings)
        let known = profile ?? DeviceProfile.named(driver)
        if let medium = fields.text("media") { readings.append(.medium, text: readings.intern(medium)) }
        let table = fields.contains("return_temperature_c") ? Self.ofHeat : Self.table
        let skipped = Self.skipped + (fields.contains("status") ? ["current_status"] : [])
        readings.append(fields, by: .init(profile: known, table: table, skipped: skipped)) { path in
            FieldFacts(unit: "\(UnitSuffix.unit(of: path))")
        }
    }

    /// What says whose telegram it is, or when and by what it was received.
    private static let skipped: [StaticString] = [
        "_", "media", "meter", "driver", "name", "id", "timestamp", "device",
    ]

    /// Where water goes in and comes back: what a meter of heat or cold calls flow is the supply.
    private static let ofHeat: [DeviceField] =
        [
            .number("flow_temperature_c", .supplyTemperature),
            .number("return_temperature_c", .returnTemperature),
        ] + table

    /// What all drivers call alike.
    private static let table: [DeviceField] = [
        .number("total_m3", .volume), .number("total_volume_m3", .volume),
        .number("total_kwh", .energyInKilowattHours),
        .number("total_energy_consumption_kwh", .energyInKilowattHours),
        .number("volume_flow_m3h", .flow), .number("flow_m3h", .flow), .number("flow_lh", .flowInLitres),
        .number("power_kw", .powerInKilowatts), .number("rssi_dbm", .signal),
        .number("temperature_c", .temperature), .number("relative_humidity_rh", .humidity),
    ]
}
