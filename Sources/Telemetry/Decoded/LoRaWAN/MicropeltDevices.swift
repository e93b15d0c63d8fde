/// Micropelt MLR003: radiator valves that live on the heat of the radiator. Source: Micropelt, "MLR003 payload".
enum MicropeltDevices {
    static let codec = LayoutCodec([
        FrameLayout(
            port: 1,
            lengths: 10...12,
            .number(.opening, .u8(0)),
            .number(.rawFlowTemperature, .u8(1), per: 2),
            .number(.supplyTemperature, .u8(2), per: 2),
            .number(.rawTemperature, .u8(3), per: 4),
            .number(.temperature, .u8(4), per: 4),
            .flag(.windowOpen, .u8(5).bit(7)),
            .flag(.storageLow, .u8(5).bit(6)),
            .flag(.harvesting, .u8(5).bit(5)),
            .flag(.ambientSensorFault, .u8(5).bit(4)),
            .flag(.flowSensorFault, .u8(5).bit(3)),
            .flag(.radioFault, .u8(5).bit(2)),
            .flag(.weakSignal, .u8(5).bit(1)),
            .flag(.motorFault, .u8(5).bit(0)),
            .number(.batteryVoltage, .u8(6), per: 50),
            .number(.currentUsed, .u8(7), times: 10),
            .number(.currentHarvested, .u8(8), times: 10),
            .flag(.condition, .u8(9).bit(7)),
            .flag(.storageFull, .u8(9).bit(6)),
            .flag(.calibrated, .u8(9).bit(4)),
            .number(.userMode, .u8(9).bits(0, 3)),
            // A position in percent, or in the other modes half degrees.
            .number(.userPosition, .u8(10)).when(.u8(9).bits(0, 3), is: 0).optional,
            .number(.targetTemperature, .u8(10), per: 2).unless(.u8(9).bits(0, 3), is: 0).optional
        )
    ])
}

extension ReadingName {
    fileprivate static let rawFlowTemperature = ReadingName("rawSupplyTemperature", "°C")
    fileprivate static let rawTemperature = ReadingName("rawTemperature", "°C")
    fileprivate static let storageLow = network("storageLow")
    fileprivate static let storageFull = network("storageFull")
    fileprivate static let harvesting = network("harvesting")
    fileprivate static let ambientSensorFault = network("ambientSensorFault")
    fileprivate static let flowSensorFault = network("flowSensorFault")
    fileprivate static let radioFault = network("radioFault")
    fileprivate static let weakSignal = network("weakSignal")
    fileprivate static let motorFault = network("motorFault")
    fileprivate static let currentUsed = network("currentUsed", "µA")
    fileprivate static let currentHarvested = network("currentHarvested", "µA")
    fileprivate static let condition = network("condition")
    fileprivate static let userMode = network("userMode")
    fileprivate static let userPosition = ReadingName("targetOpening", "%")
}
