/// What a stretch of one or more equally long blocks of time is known to hold.
struct Blocks: BitwiseCopyable, Sendable {
    enum Content: UInt8, BitwiseCopyable, Sendable {
        /// The meter stood still through all of them.
        case zero
        /// One block, with use.
        case used
        /// Several blocks with use in at least one of them; nobody knows in which.
        case unknown
    }

    /// Blocks before these of which nothing is known: the readings do not touch.
    var missing: Int
    /// How many blocks end with this reading; 0 while the current one goes on.
    var count: Int
    var content: Content
    /// Units used per hour, over all of them.
    var flow: Double
    /// When the first of them begins, and the length of each, in seconds.
    var start: Double
    var length: Double

    /// How much of a warm-up these stand for, in seconds: time that was seen, and no more than a day at once,
    /// so that a clock that jumps does not warm a model up.
    var seen: Double { min(Double(count) * length, 86_400) }

    /// The middle of one of them, in seconds.
    func middle(of index: Int) -> Double { start + (Double(index) + 0.5) * length }
}

/// Turns "this much since the previous reading" into blocks of about one length, whatever the rhythm of the
/// meter: quarter hours are added up, hours with a wandering minute are each one block, and a reading over
/// many hours says "zero in all of them" or, if anything was used, only that it was.
///
/// Blocks follow the readings and not the clock, so that use is never split between hours by guessing.
/// 40 bytes.
struct UseBlocks: BitwiseCopyable, Sendable {
    /// The end of the last reading taken; meaningless before the first.
    private(set) var end = 0.0
    private var begin = 0.0
    private var amount = 0.0
    let length: Double
    private var isAnchored: UInt64 = 0

    /// No reading can stand for more blocks than this; beyond it a stretch is cut at its end.
    static let most = 24 * 62

    /// - Parameter hours: the length of a block; a divisor of 24.
    init(hours: Int) {
        length = Double(hours) * 3600
    }

    /// The part of the day, 0 at midnight, in which a time lies.
    func partOfDay(_ t: Double) -> Int { t.secondOfDay / Int(length) }

    /// Takes what was used from `from` (when nil: from the end of the reading before) to `to`.
    ///
    /// Nil when it cannot be used: not a number, less than nothing, or not after what is known already. The
    /// first reading without a `from` only sets the clock.
    mutating func take(_ used: Double, from: Double?, to: Double) -> Blocks? {
        guard used.isFinite, used >= 0, to.isMoment, from?.isMoment ?? true else { return nil }
        if isAnchored == 1, to.isClockSetBack(from: end) {
            isAnchored = 0
            amount = 0
        }
        var start = isAnchored == 1 ? max(from ?? end, end) : (from ?? to)
        guard to > start || (isAnchored == 0 && to == start) else { return nil }
        var missing = 0
        if isAnchored == 0 {
            begin = start
        } else if start > end {
            missing = Int(((start - end) / length).rounded())
            // Less than half a block between two readings is a wandering clock, not a gap.
            if missing == 0 { start = end } else { restart(at: start) }
        }
        isAnchored = 1
        // What came before the first reading is of a stretch nobody knows.
        if to > start { amount += used.bounded }
        end = to
        let span = to - begin
        let isFull = span + (to - start) / 2 >= length
        guard isFull, span > 0 else {
            return Blocks(missing: missing, count: 0, content: .zero, flow: 0, start: begin, length: length)
        }
        let count = min(Self.most, max(1, Int((min(span, 1e9) / length).rounded())))
        let known: Blocks.Content = amount == 0 ? .zero : count == 1 ? .used : .unknown
        let blocks = Blocks(
            missing: missing,
            count: count,
            content: known,
            flow: amount * 3600 / span,
            start: max(begin, to - Double(Self.most) * length),
            length: min(span, Double(Self.most) * length) / Double(count)
        )
        restart(at: to)
        return blocks
    }

    private mutating func restart(at time: Double) {
        begin = time
        amount = 0
    }
}
