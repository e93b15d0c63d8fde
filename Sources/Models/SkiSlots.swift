/// Brings the rates of turn of two skis together on one steady grid of 20 a second, though they come in blocks of
/// seconds, one ski after the other.
///
/// A ski that has said nothing for `patience` is not waited for. 552 bytes.
struct SkiSlots: BitwiseCopyable, Sendable {
    static let rate = 20.0
    /// How long one ski is waited for, in slots (4 s): longer than the longest block of samples.
    static let patience = 80
    /// After a silence of both of this many slots (2 s) everything begins anew.
    private static let longestGap = 40
    private static let capacity = 128
    private static let nothing = Int16.min
    /// Rates are kept in tenths of a degree a second.
    private static let steps: Float = 10

    private var values = InlineArray<256, Int16>(repeating: nothing)
    private var origin = 0.0
    private var done = -1
    private var heads = InlineArray<2, Int>(repeating: -1)
    private var isOpen = 0

    /// What the skis did in one slot; nil for a ski that is not known.
    struct Slot {
        /// When it ended, in seconds.
        let end: Double
        let left: Float?
        let right: Float?

        /// The rate of turn of the skier: the mean of the skis that are known.
        var rate: Float? {
            guard let left, let right else { return left ?? right }
            return (left + right) / 2
        }
    }

    /// Whether a sample at `t` begins anew: the first one, or after a gap of both skis.
    func beginsAnew(_ t: Double) -> Bool { isOpen == 0 || place(of: t) > newest + Self.longestGap }

    /// Whether the slot of a sample at `t` has been given away already.
    func isLate(_ t: Double) -> Bool { isOpen == 1 && place(of: t) <= done }

    mutating func begin(at t: Double) {
        self = SkiSlots()
        origin = t
        isOpen = 1
    }

    /// Notes the rate of a ski at `t`, which is neither late nor after a gap; nil when the sensor says nothing that
    /// can be used. Slots since its sample before hold this one, where they are few.
    mutating func note(_ rate: Float?, of ski: Ski, at t: Double) {
        let slot = place(of: t)
        let side = Int(ski.rawValue)
        let value = rate.map { Int16(min(max($0 * Self.steps, -32_000), 32_000)) } ?? Self.nothing
        let head = heads[side]
        let isHeld = head >= 0 && Double(slot - head) <= SkiSensor.longestHold * Self.rate
        let first = isHeld ? min(slot, max(head, done) + 1) : slot
        for each in first...slot {
            values[side * Self.capacity + each % Self.capacity] = value
        }
        heads[side] = max(head, slot)
    }

    /// The next slot about which no more is to be expected; with `all`, the next one of which anything is known.
    mutating func next(all: Bool = false) -> Slot? {
        guard done + 1 < (all ? newest + 1 : awaited) else { return nil }
        done += 1
        return Slot(end: origin + Double(done + 1) / Self.rate, left: take(.left), right: take(.right))
    }

    private var newest: Int { max(heads[0], heads[1]) }

    /// The slot of the slower ski, or of the faster one where the other is no longer waited for.
    private var awaited: Int {
        let slower = min(heads[0], heads[1])
        return slower >= newest - Self.patience ? slower : newest
    }

    private mutating func take(_ ski: Ski) -> Float? {
        let index = Int(ski.rawValue) * Self.capacity + done % Self.capacity
        let value = values[index]
        values[index] = Self.nothing
        return value == Self.nothing ? nil : Float(value) / Self.steps
    }

    private func place(of t: Double) -> Int {
        Int(min(max(((t - origin) * Self.rate).rounded(.down), -1e9), 1e15))
    }
}
