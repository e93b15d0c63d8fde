import Glibc

/// Whether devices that went quiet did so on their own, or because what connects them did: one finding for the
/// gateway instead of forty for its lifts.
///
/// A value without state, made from two counts at the same moment: devices behind a gateway that should have spoken
/// by now, and those of them that are silent.
///
/// - Works badly: behind gateways with one device (nobody can know: `someDevices`), and while the power of a whole
///   building is off, which looks the same.
/// - Formula: were devices silent on their own, as many or more would be with the chance P(X ≥ silent), X binomial of
///   `expected` with `usualShare`. The gateway it is when that is below e^−`limit`, and at least two devices and
///   half of all are silent.
///
/// ```swift
/// SharedSilence(silent: 2, of: 40).verdict       // someDevices: two lifts of forty, each told by itself
/// SharedSilence(silent: 31, of: 40).verdict      // gateway
/// SharedSilence(silent: 1, of: 1).verdict        // someDevices
/// ```
public struct SharedSilence: Hashable, BitwiseCopyable, Sendable {
    public enum Verdict: UInt8, BitwiseCopyable, Sendable {
        case nothing, someDevices, gateway
    }

    public let silent: Int
    public let expected: Int
    /// −ln of the chance that as many devices are silent on their own, in nats.
    public let surprise: Double
    public let verdict: Verdict

    /// - Parameters:
    ///   - silent: devices that are silent, each for longer than its own losses explain.
    ///   - expected: devices that should have spoken, the silent ones among them.
    ///   - usualShare: the share of devices that is silent at any moment for reasons of their own.
    ///   - limit: surprise in nats; 9.2 is a chance of one in ten thousand.
    public init(silent: Int, of expected: Int, usualShare: Double = 0.01, limit: Double = 9) {
        let all = min(max(0, expected), 1_000_000)
        let quiet = min(max(0, silent), all)
        let share = usualShare.isFinite ? min(max(1e-6, usualShare), 0.5) : 0.01
        self.expected = all
        self.silent = quiet
        surprise = min(700, -log(max(1e-304, binomialUpperTail(quiet, size: all, chance: share))))
        let isShared = quiet >= 2 && 2 * quiet >= all && surprise >= limit
        verdict = isShared ? .gateway : quiet > 0 ? .someDevices : .nothing
    }
}
