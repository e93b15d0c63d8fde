import Glibc

/// Raises a detector's limits with each alarm it gave: a home whose toilet runs every third night is told so once or
/// twice, not all year. Alarms are forgotten over 90 days. 8 bytes.
struct Habituation: BitwiseCopyable, Sendable {
    private var alarms: Float = 0
    private let strength: Float

    private static let memory: Float = 90 * 24

    init(strength: Double) {
        self.strength = Float(max(0, min(strength.bounded, 10)))
    }

    /// What the limits are multiplied by: 1 + strength·ln(1 + alarms).
    var factor: Float { 1 + strength * log1p(alarms) }

    mutating func pass(hours: Double) {
        alarms *= 1 - min(1, Float(min(max(0, hours), 1e6)) / Self.memory)
    }

    mutating func raised() { alarms = min(1000, alarms + 1) }
}
