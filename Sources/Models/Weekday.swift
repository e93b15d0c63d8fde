/// A day of the week, for models whose habits follow it.
///
/// A model knows no calendar: who feeds it knows which days are holidays there, and says as which day of the
/// week such a day is to be taken. Most live on a holiday as they do on a Sunday.
public enum Weekday: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// What a holiday counts as where nothing better is known.
    public static let holiday = Weekday.sunday

    /// Saturday and Sunday, as models know two kinds of day.
    public var isWeekend: Bool { self == .saturday || self == .sunday }

    /// The day of the week in which a time in local seconds lies. 1970-01-01 was a Thursday.
    public init(of t: Double) {
        guard t.isMoment else {
            self = .monday
            return
        }
        let sinceMonday = (t.wholeDays + 3) % 7
        self = Weekday(rawValue: UInt8(sinceMonday < 0 ? sinceMonday + 7 : sinceMonday)) ?? .monday
    }
}

/// Of times that `isMoment`. By whole numbers: rounding a Double is a call into the library on older
/// processors. Inlined, as most models ask at every sample.
extension Double {
    @inline(__always)
    fileprivate var wholeSeconds: Int {
        let whole = Int(self)
        return Double(whole) > self ? whole - 1 : whole
    }

    /// Days since 1970-01-01, below zero before it.
    @inline(__always)
    fileprivate var wholeDays: Int {
        let whole = wholeSeconds
        return whole / 86_400 - (whole % 86_400 < 0 ? 1 : 0)
    }

    /// Whole seconds since midnight, 0 to 86 399.
    @inline(__always)
    var secondOfDay: Int {
        let rest = wholeSeconds % 86_400
        return rest < 0 ? rest + 86_400 : rest
    }

    /// The midnight before this time, in the same seconds.
    var startOfDay: Double { Double(wholeSeconds - secondOfDay) }
}

/// A model of habits that follow the day of the week, and so has to be told of holidays.
///
/// Times are local seconds: seconds since 1970 as a clock on the wall shows them (UTC plus the offset that
/// holds there and then). So an hour of the day stays the same hour in summer and winter. In autumn an hour
/// comes twice: the second is scored, and learned by those that can.
public protocol CalendarModel: Model {
    /// As `score(_:at:)`, of a day to be taken as `day`: a holiday as a Sunday. Nil: what the time says.
    func score(_ x: Double, at t: Double, on day: Weekday?) -> Score

    /// As `learn(_:at:)`, of a day to be taken as `day`.
    @discardableResult
    mutating func learn(_ x: Double, at t: Double, on day: Weekday?) -> Bool

    /// As `band(around:at:within:)`, of a day to be taken as `day`.
    func band(around x: Double, at t: Double, on day: Weekday?, within limit: Double) -> Band?
}

extension CalendarModel {
    public func score(_ x: Double, at t: Double) -> Score { score(x, at: t, on: nil) }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool { learn(x, at: t, on: nil) }

    public func band(around x: Double, at t: Double, within limit: Double) -> Band? {
        band(around: x, at: t, on: nil, within: limit)
    }
}
