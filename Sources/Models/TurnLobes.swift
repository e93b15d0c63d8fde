/// Cuts a rate of turn into turns: a turn is a stretch on one side of zero.
///
/// A stretch begins when the rate exceeds half the least rate. It ends when the skier has turned back by half the
/// least heading, or did not go on turning for 0.4 s; what is less is chatter. The first stretch of all is not told,
/// as its beginning was not seen.
struct TurnLobes: BitwiseCopyable, Sendable {
    private var since = 0.0
    private var until = 0.0
    /// When the skier began to turn back; 0 while it goes on.
    private var backSince = 0.0
    private var heading: Float = 0
    /// Degrees turned since `until`.
    private var rest: Float = 0
    private var peak: Float = 0
    private let limits: SkiTurns.Limits
    /// 1 to the left, −1 to the right, 0 straight on.
    private var side: Int16 = 0
    /// The side of the first stretch; `unknown` before the first slot, `settled` when it is over.
    private var first = unknown
    private var slots: Int16 = 0
    private var pairs: Int16 = 0

    private static let longestPause = 0.4
    private static let unknown: Int16 = 2
    private static let settled: Int16 = 3

    init(_ limits: SkiTurns.Limits) {
        self.limits = limits
    }

    var isSettled: Bool { first == Self.settled }

    /// Takes one slot; gives the turn that it ended.
    mutating func learn(_ slot: SkiSlots.Slot) -> SkiTurn? {
        guard let rate = slot.rate else { return interrupt() }
        // The low-pass is late by a time that is known.
        let end = slot.end - SkiSensor.delay
        let now: Int16 = abs(rate) < limits.rate / 2 ? 0 : rate > 0 ? 1 : -1
        guard settle(now) else { return nil }
        var ended: SkiTurn?
        if now != side {
            if now == -side, backSince == 0 { backSince = end - 1 / SkiSlots.rate }
            rest += rate / Float(SkiSlots.rate)
            let hasTurnedBack = rest * Float(-side) >= limits.heading / 2
            guard side == 0 || hasTurnedBack || end - until >= Self.longestPause else { return nil }
            ended = turn
            begin(now, at: now == 0 || backSince == 0 ? end - 1 / SkiSlots.rate : backSince)
        } else {
            heading += rest + rate / Float(SkiSlots.rate)
            rest = 0
        }
        if side != 0 { goOn(slot, until: end) }
        return ended
    }

    /// Nothing is known from here on; gives the turn that was under way.
    mutating func interrupt() -> SkiTurn? {
        defer { begin(0, at: until) }
        return turn
    }

    private mutating func settle(_ now: Int16) -> Bool {
        if first == Self.unknown { first = now }
        if now != first || now == 0 { first = Self.settled }
        return isSettled
    }

    private mutating func begin(_ side: Int16, at t: Double) {
        self.side = side
        since = t
        heading = side == 0 ? 0 : rest
        (rest, peak, backSince, slots, pairs) = (0, 0, 0, 0, 0)
    }

    private mutating func goOn(_ slot: SkiSlots.Slot, until end: Double) {
        until = end
        backSince = 0
        peak = max(peak, abs(slot.rate ?? 0))
        slots = min(slots + 1, 30_000)
        if slot.left != nil, slot.right != nil { pairs = min(pairs + 1, 30_000) }
    }

    /// The stretch under way, where it is a turn.
    private var turn: SkiTurn? {
        guard side != 0, peak >= limits.rate, abs(heading) >= limits.heading,
            until - since >= Double(limits.duration)
        else { return nil }
        return SkiTurn(
            since: since,
            until: until,
            heading: heading,
            peak: peak,
            // A turn is that of both skis when both were known for most of it.
            skis: pairs > slots / 2 ? 2 : 1
        )
    }
}
