/// What differs between the models: what their contacts mean, how their batches are labelled.
struct WattecoModel: Sendable {
    let prefix: String
    /// By endpoint.
    var contacts: KeyValuePairs<UInt8, ReadingName> = [:]
    var batch = WattecoBatch(labelBits: 0, series: [])

    static let all = [
        WattecoModel(prefix: "closo", contacts: [0: .tamper, 1: .open]),
        WattecoModel(
            prefix: "hygrotempo",
            contacts: [0: .tamper],
            batch: WattecoBatch(
                labelBits: 2,
                series: [
                    .init(.temperature, .i16, resolution: 10, per: 100),
                    .init(.humidity, .u16, resolution: 100, per: 100),
                    .init(.batteryVoltage, .u16, per: 1000), .init(.tamper, .bit),
                ]
            )
        ),
        WattecoModel(
            prefix: "pulse-senso",
            batch: WattecoBatch(
                labelBits: 4,
                series: [
                    .init(.pulses[1], .u32), .init(.pulses[2], .u32), .init(.pulses[3], .u32),
                    .init(.input[1], .bit), .init(.input[2], .bit), .init(.input[3], .bit),
                    .init(.batteryVoltage, .u16, resolution: 100, per: 1000), .init(.inputBits, .u16),
                ]
            )
        ),
        WattecoModel(prefix: "smartplug", batch: WattecoBatch(labelBits: 1, series: [.init(.energy, .i24)])),
        WattecoModel(
            prefix: "atmo",
            batch: WattecoBatch(
                labelBits: 3,
                series: [
                    .init(.temperature, .i16, per: 100), .init(.humidity, .u16, per: 100),
                    .init(.pressure, .i16), .init(.pulses[1], .u32), .init(.pulses[2], .u32),
                    .init(.batteryVoltage, .u16, per: 1000),
                ]
            )
        ),
    ]
}
