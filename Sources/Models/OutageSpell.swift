/// One spell out of service: since when, and whether it has lasted long enough to be told. 40 bytes.
///
/// Only what is known is fed: a state that nobody knows neither begins nor ends a spell. Two readings further
/// apart than `longestGap` say nothing of the time between them, so a spell seen on both sides begins anew.
struct OutageSpell: BitwiseCopyable, Sendable {
    enum Step: Equatable {
        case nothing
        /// Out of service for longer than the delay.
        case confirmed
        /// Runs again after a confirmed spell.
        case ended
    }

    private enum Phase: UInt64 {
        case unknown, running, out, confirmedOut
    }

    private(set) var since = 0.0
    /// When the last reading was taken.
    private(set) var last = 0.0
    /// Seconds between readings of which something is known, all together.
    private(set) var watched = 0.0
    private let delay: Double
    private var code: UInt64 = 0

    private static let longestGap = 86_400.0

    init(delay: Double) {
        self.delay = delay.isFinite ? min(max(0, delay), 1e9) : 0
    }

    private var phase: Phase {
        get { Phase(rawValue: code) ?? .unknown }
        set { code = newValue.rawValue }
    }

    var isKnown: Bool { phase != .unknown }
    var isOut: Bool { phase == .out || phase == .confirmedOut }
    var isConfirmed: Bool { phase == .confirmedOut }

    /// Seconds out of service until `t`; 0 while it runs.
    func length(at t: Double) -> Double { isOut && t.isMoment ? max(0, t - since) : 0 }

    /// Nil when the time is none, or does not go forward.
    mutating func take(isOut: Bool, isCertain: Bool = false, at t: Double) -> Step? {
        guard t.isMoment else { return nil }
        if isKnown, t.isClockSetBack(from: last) { phase = .unknown }
        guard !isKnown || t >= last else { return nil }
        let gap = isKnown ? t - last : 0
        watched = min(watched + (gap <= Self.longestGap ? gap : 0), 1e11)
        last = t
        guard isOut else {
            let step: Step = isConfirmed ? .ended : .nothing
            phase = .running
            return step
        }
        if !self.isOut || (phase == .out && gap > Self.longestGap) {
            phase = .out
            since = t
        }
        guard phase == .out, isCertain || t - since >= delay else { return .nothing }
        phase = .confirmedOut
        return .confirmed
    }
}
