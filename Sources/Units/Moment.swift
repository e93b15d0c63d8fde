/// A point in time: microseconds since 1970-01-01T00:00:00Z.
///
/// Eight bytes, no time zone and no calendar: what a device, a broker or the clock said. Civil time
/// ("09h14 in Paris") is made from it only where a person reads it.
public struct Moment: Hashable, Comparable, BitwiseCopyable, Sendable {
    public var microseconds: Int64

    public init(microseconds: Int64 = 0) {
        self.microseconds = microseconds
    }

    public init(seconds: Int64) {
        self.microseconds = seconds * 1_000_000
    }

    public static func < (left: Moment, right: Moment) -> Bool {
        left.microseconds < right.microseconds
    }

    /// How long after `earlier` this is; negative when it is before.
    public func since(_ earlier: Moment) -> Duration {
        .microseconds(microseconds - earlier.microseconds)
    }

    public static func + (moment: Moment, span: Duration) -> Moment {
        Moment(microseconds: moment.microseconds + span.inMicroseconds)
    }

    public static func - (moment: Moment, span: Duration) -> Moment {
        Moment(microseconds: moment.microseconds - span.inMicroseconds)
    }

    /// The earliest and the latest time a device may claim: 2000-01-01 to 2200-01-01. A clock outside of it
    /// was never set or is broken.
    public static let plausible: ClosedRange<Moment> =
        Moment(seconds: 946_684_800)...Moment(seconds: 7_258_118_400)

    /// Times between which every span can be counted in 64 bits: 73 000 years around 1970.
    public static let reckonable: ClosedRange<Moment> = distantPast...distantFuture

    public static let distantPast = Moment(microseconds: Int64.min / 4)
    public static let distantFuture = Moment(microseconds: Int64.max / 4)
}

extension Moment: CustomStringConvertible {
    /// ISO 8601 in UTC with milliseconds: `2026-01-05T07:31:02.120Z`; microseconds only where there are some.
    public var description: String {
        let (days, time) = microseconds.dividedFloor(by: 86_400_000_000)
        let date = CivilDate(daysSince1970: days)
        let seconds = time / 1_000_000
        let fraction = time % 1_000_000
        let clock = "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        let tail =
            fraction % 1000 == 0
            ? padded(fraction / 1000, to: 3) : padded(fraction, to: 6)
        return "\(date)T\(clock).\(tail)Z"
    }
}

func two(_ number: Int64) -> String {
    padded(number, to: 2)
}

func padded(_ number: Int64, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int64 {
    /// Division rounding down, with the remainder that is never negative.
    public func dividedFloor(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
