/// The way a lift travels.
public enum RideDirection: UInt8, BitwiseCopyable, Sendable {
    case down = 0
    case up = 1
}
