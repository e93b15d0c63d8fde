import Units

/// How large a directory may be; more is refused with an error that names the limit.
public enum DirectoryLimits {
    /// Sites, assets, people, relations: each at most this many.
    public static let recordsPerTable = 2_000_000
    /// UTF-8 bytes of an id, a kind, a role or a purpose.
    public static let idBytes = 128
    /// UTF-8 bytes of a name, an address or the value of an attribute.
    public static let textBytes = 500
    public static let attributesPerAsset = 64
    public static let floors = -20...200
    public static let ranks = 1...1000
    /// How far ahead an import looks for a moment at which nobody is on duty.
    public static let rotaAhead: Duration = .days(14)
    /// Digits of an international telephone number (ITU-T E.164 allows up to 15).
    public static let phoneDigits = 8...15
}
