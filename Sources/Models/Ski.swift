/// Which ski, or boot, a sensor sits on.
public enum Ski: UInt8, CaseIterable, BitwiseCopyable, Sendable {
    case left = 0
    case right = 1

    public var other: Ski { self == .left ? .right : .left }
}
