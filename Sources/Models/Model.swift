/// What every model and every detector promises about its state.
///
/// The state is a plain value of fixed size without pointers and without padding: it lies in a dense record
/// per device and is written to a snapshot by copying its bytes. Parameters are part of it, so the bytes of a
/// freshly made value say how it was configured: a snapshot whose fresh bytes or whose `version` differ from
/// those of today is dropped, and the model warms up again.
public protocol Remembered: BitwiseCopyable, Sendable {
    /// Raised when the meaning or the layout of the state changes.
    static var version: UInt16 { get }

    /// Whether enough was learned to be believed. Never goes back to false.
    var isWarm: Bool { get }
}

/// A streaming model of one number of one device: says how surprising a value is, then learns it.
///
/// Whatever comes in, nothing here becomes infinite or NaN, and the same inputs give the same bits.
public protocol Model: Remembered {
    /// How surprising `x` would be at `t`, before learning it. `t` is in seconds since 1970.
    func score(_ x: Double, at t: Double) -> Score

    /// Takes `x`, measured at `t`, into account. False when it could not be used (not a number, a time that
    /// does not go forward for a model that needs it to), so that the caller can count it.
    @discardableResult
    mutating func learn(_ x: Double, at t: Double) -> Bool

    /// Scores, then learns, in one go; models whose learning needs the score do it once and not twice.
    mutating func observe(_ x: Double, at t: Double) -> Score

    /// Where values less surprising than `limit` lie at `t`, and where `x` lies among those of the past; nil
    /// where the model keeps no picture of what is usual.
    func band(around x: Double, at t: Double, within limit: Double) -> Band?
}

extension Model {
    public func band(around x: Double, at t: Double, within limit: Double) -> Band? { nil }

    public mutating func observe(_ x: Double, at t: Double) -> Score {
        let score = score(x, at: t)
        learn(x, at: t)
        return score
    }
}

/// A model that makes up its own mind: after each value it is quiet or alarmed, and says since when and why.
public protocol Detector: Remembered {
    /// What is to be said after the last value learned.
    var alarm: Alarm { get }

    /// Why, in numbers; asked for directly after the value that raised the alarm. Without reasons while
    /// quiet.
    var explanation: Explanation { get }
}
