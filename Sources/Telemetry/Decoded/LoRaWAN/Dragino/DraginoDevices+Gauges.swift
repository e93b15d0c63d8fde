/// Distances and levels.
extension DraginoDevices {
    static let gauges: [Model] = [
        Model(["ldds04"], [fourDistances]),
        Model(["ldds20", "ldds45", "ldds75"], [distance, oldDistance, noSensor]),
        Model(["llds12"], [lidar]),
        Model(["lmds200"], [radar, about]),
    ]

    /// 0 is no sensor, 20 an echo that came too early.
    private static let distance = FrameLayout(
        port: 2,
        lengths: 8...8,
        battery,
        echo,
        .flag(.interrupt, .u8(4)),
        .number(.probeTemperature, .i16(5), per: 10, absent: 0x7FFF),
        .flag(.sensorConnected, .u8(7))
    )
    private static let oldDistance = FrameLayout(
        port: 2,
        lengths: 5...5,
        battery,
        echo,
        .flag(.interrupt, .u8(4))
    )
    /// Four bytes come when nothing is plugged in.
    private static let noSensor = FrameLayout(
        port: 2,
        lengths: 4...4,
        battery,
        .formula(.sensorConnected) { _ in 0 }
    )
    private static let echo = FrameField.formula(.distance) { bytes throws(FrameProblem) in
        let distance = try bytes.integer(.u16(2))
        return distance == 0 || distance == 20 ? nil : Double(distance)
    }

    private static let fourDistances = FrameLayout(
        port: 2,
        lengths: 11...11,
        battery,
        .flag(.interrupt, .u8(0).bit(7)),
        .number(.distance[1], .u16(2)),
        .number(.distance[2], .u16(4)),
        .number(.distance[3], .u16(6)),
        .number(.distance[4], .u16(8)),
        .number(.messageKind, .u8(10))
    )

    private static let lidar = FrameLayout(
        port: 2,
        lengths: 11...11,
        battery,
        probe(2),
        .number(.distance, .u16(4)),
        .number(.signalStrength, .u16(6)),
        .flag(.interrupt, .u8(8)),
        .number(.deviceTemperature, .i8(9)),
        .number(.messageKind, .u8(10))
    )

    private static let radar = FrameLayout(
        port: 2,
        lengths: 7...7,
        .number(.batteryVoltage, .u16(0), per: 1000),
        .number(.distance[1], .u16(2)),
        .number(.distance[2], .u16(4)),
        .number(.distanceAlarms, .u8(6).bits(2, 6)),
        .flag(.alarm, .u8(6).bit(1)),
        .flag(.interrupt, .u8(6).bit(0))
    )
}

extension ReadingName {
    static let messageKind = network("messageKind")
    fileprivate static let distanceAlarms = ReadingName("distanceAlarms")
}
