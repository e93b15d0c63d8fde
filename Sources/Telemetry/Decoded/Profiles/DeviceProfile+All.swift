extension DeviceProfile {
    /// All types of devices that are known by their documents.
    public static let all: [DeviceProfile] = [
        waterMeters, electricityMeters, heatMeters, leakSensors, doorSensors, motionSensors, buttons,
        smokeAlarms,
        fallSensors, elevators, climateSensors, trackers, wearables,
    ].flatMap { $0 }
}
