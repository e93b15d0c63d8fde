import Glibc

/// What a home uses while nobody does anything: refrigerator, router and clocks. Learned from an electricity meter, so
/// that activity can be read from what lies above it.
///
/// The score is how far the hour that ends with a reading lies above the standby, in spreads of the hours at rest;
/// from 2 on somebody does something.
///
/// - Works badly: with electric heating, heat pumps, storage heaters and boilers that switch themselves on (they look
///   like people), with a battery or solar panels behind the same meter, where more than four fifths of the hours
///   have activity, and on meters whose steps are not much finer than the standby of an hour (0.1 kWh is too coarse).
/// - Input: energy (kilowatt hours, watt hours) since the previous reading; every hour or more often.
/// - Formula: of hourly amounts, q = the 20 % quantile, which lies amid the hours at rest of a home that sleeps; s = q
///   − the 5 % quantile: below q there is nothing but the noise of appliances, and it is taken to be as wide above.
///   `level` = q + 2·s, s at least a step of the meter and at most q/4, so that a standby that has changed does not
///   look like a wide one. Quantiles of the last weeks, fading by half every two to four (`QuantileSketch`).
/// - After a change (a new freezer) it needs about 6 weeks upwards, during which every hour looks like activity, and
///   one downwards.
/// - Warm-up: 7 days of hours. State: 632 bytes. Cost: about 200 ns.
///
/// ```swift
/// var standby = Standby()
/// for hour in 0..<(24 * 14) {
///     let isUp = (7...22).contains(hour % 24)
///     let refrigerator = 0.2 + Double(hour % 3) / 100
///     standby.learn(refrigerator + (isUp ? 0.4 : 0), at: Double(hour + 1) * 3600)
/// }
/// standby.level       // between 0.22 and 0.3: above the refrigerator, below a person
/// ```
public struct Standby: Model {
    public static let version: UInt16 = 1

    private var meter = UseBlocks(hours: 1)
    /// Per hour, from which on somebody does something; 0 before the first hour.
    public private(set) var level = 0.0
    private var usual = 0.0
    private var spread = 0.0
    private let resolution: Double
    private var amounts: QuantileSketch
    private var hours: UInt32 = 0

    private static let warmUp: UInt32 = 7 * 24
    private static let memory = 14 * 24
    private static let reach = 2.0
    private static let widest = 0.25

    /// - Parameter resolution: one step of the meter, or the least that matters, above 0.
    public init(resolution: Double = 0.01) {
        let step = resolution.isFinite ? max(1e-6, min(resolution, 1e6)) : 0.01
        self.resolution = step
        // Finer than its error near the standby, and no finer: its bins have to reach up to an oven.
        amounts = QuantileSketch(resolution: 5 * step, memory: Self.memory)
    }

    public var isWarm: Bool { hours >= Self.warmUp }

    public func score(_ x: Double, at t: Double) -> Score {
        var next = meter
        guard let hour = next.take(x, from: nil, to: t), hour.count > 0, spread > 0 else {
            return Score(sigmas: 0, usual: usual, isWarm: isWarm)
        }
        return Score(sigmas: hour.flow.sigmas(from: usual, spread: spread), usual: usual, isWarm: isWarm)
    }

    public func band(around x: Double, at t: Double, within limit: Double) -> Band? {
        hours > 0 ? Band(around: usual, spread: spread, within: limit) : nil
    }

    /// Takes `x`, used since the reading before.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool { take(x, at: t) != nil }

    /// The hours that end with a reading; nil when it cannot be used.
    mutating func take(_ x: Double, at t: Double) -> Blocks? {
        guard let blocks = meter.take(x, from: nil, to: t) else { return nil }
        // The mean of several hours is none of them.
        guard blocks.count == 1, amounts.learn(blocks.flow, at: t) else { return blocks }
        hours = min(hours + 1, 1_000_000)
        usual = amounts.quantile(0.2)
        spread = max(min(usual - amounts.quantile(0.05), Self.widest * usual), resolution)
        level = usual + Self.reach * spread
        return blocks
    }
}
