extension DeviceProfile {
    /// All types of devices that are known by their documents.
    public static let all: [DeviceProfile] = []
}
