import Glibc

/// The altitude of somebody on a mountain, from a barometer or satellites, and how fast it changes: jumps that nobody
/// survives are left out, the rest is smoothed. The score is how far a value is from the forecast, in usual errors of
/// the forecast.
///
/// - Works badly: with samples more than a minute apart, where there is no speed to speak of.
/// - Formula: Holt's linear smoothing (C. Holt, ONR Memorandum 52, 1957) with rates 1 − exp(−Δ/τ), τ = 4 s for the
///   level and 10 s for its change. A value further than 10 m + 12 m/s from the forecast is passed over; when six
///   such follow that agree among themselves, the sensor has jumped (a satellite fix, a barometer set anew): the
///   jump is taken out and no climb is made of it.
/// - Warm-up: 5 values. State: 72 bytes. Cost: two exponentials.
///
/// ```swift
/// var track = AltitudeTrack()
/// for second in 0..<60 { track.learn(2000 - 3 * Double(second), at: Double(second)) }
/// track.climbRate               // −3 m/s
/// track.learn(2500, at: 60)     // a satellite's fancy: the level stays near 1 823 m
/// ```
public struct AltitudeTrack: Model {
    public static let version: UInt16 = 1

    /// In metres, smoothed, without the jumps of the sensor.
    public private(set) var level = 0.0
    /// The newest value in metres, without the jumps of the sensor.
    public private(set) var value = 0.0
    /// In metres a second, upwards.
    public private(set) var climbRate = 0.0
    private var last = 0.0
    /// When the newest value came, used or not.
    private var heard = 0.0
    private var offset = 0.0
    private var stray = 0.0
    private var error = 1.0
    private var count: Int32 = 0
    private var strays: Int32 = 0

    /// Metres beyond which nothing is an altitude.
    private static let highest = 50_000.0
    private static let levelMemory = 4.0
    private static let rateMemory = 10.0
    private static let longestGap = 60.0
    private static let mostStrays: Int32 = 6
    private static let warmUp: Int32 = 5

    public init() {}

    /// The altitude in metres of a pressure in hectopascals in the standard atmosphere (ICAO Doc 7488): good for
    /// differences within a day, not for heights above the sea.
    public static func altitude(ofPressure hectopascals: Double) -> Double {
        guard hectopascals.isFinite, hectopascals > 0 else { return 0 }
        return (44_330.77 * (1 - pow(hectopascals / 1013.25, 0.190_263))).clamped(to: 50_000)
    }

    public var isWarm: Bool { count >= Self.warmUp }

    public func score(_ x: Double, at t: Double) -> Score {
        guard x.isFinite, t.isMoment, count > 0 else { return Score(sigmas: 0, usual: level, isWarm: false) }
        let expected = forecast(at: t)
        let sigmas = (x.clamped(to: Self.highest) - offset).sigmas(from: expected, spread: 1.25 * error)
        return Score(sigmas: sigmas, usual: (expected + offset).bounded, isWarm: isWarm)
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, t.isMoment else { return false }
        guard count > 0, !t.isClockSetBack(from: last) else {
            begin(at: x.clamped(to: Self.highest) - offset, t)
            return true
        }
        guard t > heard else { return false }
        let value = x.clamped(to: Self.highest) - offset
        let gap = t - last
        let distance = value - forecast(at: t)
        let reach = 10 + 12 * (t - heard)
        heard = t
        if gap <= Self.longestGap, abs(distance) > reach {
            return keepStray(value, at: t)
        }
        strays = 0
        guard gap <= Self.longestGap else {
            begin(at: value, t)
            return true
        }
        self.value = value
        let before = level
        level += climbRate * gap + (1 - exp(-gap / Self.levelMemory)) * distance
        climbRate += (1 - exp(-gap / Self.rateMemory)) * ((level - before) / gap - climbRate)
        climbRate = climbRate.clamped(to: 50)
        error += 0.05 * (min(abs(distance), 100) - error)
        last = t
        count = min(count + 1, 1_000_000)
        return true
    }

    private func forecast(at t: Double) -> Double {
        let gap = t - last
        return gap > 0 && gap <= Self.longestGap ? level + climbRate * gap : level
    }

    private mutating func begin(at value: Double, _ t: Double) {
        level = value
        self.value = value
        climbRate = 0
        last = t
        heard = t
        count = min(count + 1, 1_000_000)
    }

    /// False: a stray value is passed over, until so many agree that it is the sensor that jumped.
    private mutating func keepStray(_ value: Double, at t: Double) -> Bool {
        strays = strays > 0 && abs(value - stray) < 10 ? strays + 1 : 1
        stray = value
        guard strays >= Self.mostStrays else { return false }
        offset = (offset + value - forecast(at: t)).bounded
        strays = 0
        begin(at: forecast(at: t), t)
        return true
    }
}
