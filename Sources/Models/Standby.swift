import Glibc

/// What a home uses while nobody does anything: refrigerator, router and clocks. Learned from an electricity meter, so
/// that activity can be read from what lies above it.
///
/// The score is how far the hour that ends with a reading lies above the standby, on a scale that reaches 1 at
/// `level`: from there on somebody does something.
///
/// - Works badly: with electric heating, heat pumps, storage heaters and boilers that switch themselves on (they look
///   like people), with a battery or solar panels behind the same meter, where more than four fifths of the hours
///   have activity, and on meters whose steps are not much finer than the standby of an hour (0.1 kWh is too coarse).
/// - Input: energy (kilowatt hours, watt hours) since the previous reading; every hour or more often.
/// - Formula: of hourly amounts, q = the 20 % quantile, which lies amid the hours at rest of a home that sleeps;
///   `level` = `factor`·q, at least one step of the meter above q. The quantile is of the last one to two weeks
///   (`QuantileSketch`).
/// - After a change it is learned within two weeks upwards (a new freezer), during which every hour looks like
///   activity, and three downwards, during which little does.
/// - Figures: `vigie-models electricity`, a home of which 113 hourly days are known, on which `factor` was chosen, so
///   not to be taken for others: a level of 0.38 to 0.42 kWh; 1.1 % of the hours from 1 to 6 above it, 40 % of those
///   from 8 to 22.
/// - Warm-up: 7 days of hours. State: 640 bytes. Cost: about 330 ns.
///
/// ```swift
/// var standby = Standby()
/// for hour in 0..<(24 * 14) {
///     let isUp = (7...22).contains(hour % 24)
///     let refrigerator = 0.2 + Double(hour % 3) / 100
///     standby.learn(refrigerator + (isUp ? 0.4 : 0), at: Double(hour + 1) * 3600)
/// }
/// standby.level       // about 0.3: above the refrigerator, below a person
/// ```
public struct Standby: Model {
    public static let version: UInt16 = 1

    private var meter = UseBlocks(hours: 1)
    /// Per hour, from which on somebody does something; 0 before the first hour.
    public private(set) var level = 0.0
    private var usual = 0.0
    private var spread = 0.0
    private let resolution: Double
    private let factor: Double
    private var amounts: QuantileSketch
    private var learned: UInt32 = 0

    private static let warmUp: UInt32 = 7 * 24
    private static let memory = 7 * 24
    private static let restShare = 0.2

    /// - Parameters:
    ///   - resolution: one step of the meter, or the least that matters, above 0.
    ///   - factor: how many times an hour at rest an hour with activity has at least.
    public init(resolution: Double = 0.01, factor: Double = 1.4) {
        self.factor = factor.isFinite ? max(1, min(factor, 100)) : 1.4
        let step = resolution.isFinite ? max(1e-6, min(resolution, 1e6)) : 0.01
        self.resolution = step
        // Below a few steps a relative error is of no use, and bins are needed up to an oven.
        amounts = QuantileSketch(resolution: 5 * step, memory: Self.memory)
    }

    public var isWarm: Bool { learned >= Self.warmUp }

    public func score(_ x: Double, at t: Double) -> Score {
        guard let hour = hours(endingWith: x, at: t), hour.count > 0, spread > 0 else {
            return Score(sigmas: 0, usual: usual, isWarm: isWarm)
        }
        return Score(sigmas: hour.flow.sigmas(from: usual, spread: spread), usual: usual, isWarm: isWarm)
    }

    public func band(around x: Double, at t: Double, within limit: Double) -> Band? {
        learned > 0 ? Band(around: usual, spread: spread, within: limit) : nil
    }

    /// Takes `x`, used since the reading before.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool { take(x, at: t) != nil }

    /// The hours that would end with a reading; nil when it could not be used.
    func hours(endingWith x: Double, at t: Double) -> Blocks? {
        var next = meter
        return next.take(x, from: nil, to: t)
    }

    /// Learns a reading, and says which hours end with it; nil when it cannot be used.
    mutating func take(_ x: Double, at t: Double) -> Blocks? {
        guard let blocks = meter.take(x, from: nil, to: t) else { return nil }
        // The mean of several hours is none of them.
        guard blocks.count == 1, amounts.learn(blocks.flow, at: t) else { return blocks }
        learned = min(learned + 1, 1_000_000)
        usual = amounts.quantile(Self.restShare)
        spread = max((factor - 1) * usual, resolution)
        level = usual + spread
        return blocks
    }
}
