/// A garden watered by programme: which hours of the week water, how much they take, and when the programme did not
/// come or took far more (a torn hose, a valve that stays open).
///
/// Causes: `missedWatering` and `longWatering`; `seen`, `usual` and `limit` in litres an hour. The next programmed hour
/// that is as usual clears it, and so does the end of the programme: about a month without it. The score is how many
/// times more (or less) than usual the hour took.
///
/// - Works badly: for programmes by soil moisture or every third day, and after each change of the clock or of the
///   programme (a month is needed to follow); by hand nothing is programmed, and nothing is said.
/// - Input: litres since the previous reading, in local seconds; hourly readings at least.
/// - Formula: for each of the 168 hours of the week, the share of weeks in which it took `least` litres or more, and what
///   it took then, both fading over 5 weeks. An hour with a share of 0.7 and more is programmed. A miss is a programmed
///   hour, in a week of which the hours beside it did not water instead, with less than a fifth of the usual, the second in a row;
///   too long is more than 2.5 times the usual.
/// - Warm-up: 4 weeks. State: 1450 bytes. Cost: about 65 ns.
///
/// ```swift
/// var garden = Irrigation()
/// for hour in 0..<(24 * 7 * 8) {
///     let isWatering = [1, 4].contains(hour / 24 % 7) && hour % 24 == 5 && hour < 24 * 7 * 7
///     garden.learn(isWatering ? 400 : 10, at: Double(hour + 1) * 3600)
/// }
/// garden.alarm.cause       // missedWatering
/// ```
public struct Irrigation: Model, Detector {
    public static let version: UInt16 = 1

    private static let hoursOfWeek = 168

    private var share = InlineArray<168, Float>(repeating: 0)
    private var taken = InlineArray<168, Float>(repeating: 0)
    private var meter = UseBlocks(hours: 1)
    private var learned = 0.0
    private let least: Float
    /// The flow of the hour before; below nothing where it is not known.
    private var before: Float = -1
    public private(set) var alarm = Alarm.quiet
    /// Whether the programmed hour before is thought to have been missed, until the hour after says that it was late.
    private var isMissing: UInt8 = 0
    /// Programmed hours in a row that did not come.
    private var misses: UInt8 = 0

    private static let rate: Float = 0.2
    private static let programmed: Float = 0.7
    private static let warmUp = 28 * 86_400.0
    private static let tooLittle: Float = 0.2
    private static let tooMuch: Float = 2.5
    private static let mostMisses: UInt8 = 2
    /// What is left of a programme of every week after four weeks without it.
    private static let abandoned: Float = 0.41

    /// - Parameter least: litres in an hour from which on it may be watering.
    public init(least: Double = 100) {
        self.least = Float(max(1, min(least.bounded, 1e6)))
    }

    public var isWarm: Bool { learned >= Self.warmUp }

    public var explanation: Explanation {
        Explanation(
            alarm,
            low: alarm.usual * Double(Self.tooLittle),
            high: alarm.usual * Double(Self.tooMuch),
            past: learned,
            in: .inputPerHour
        )
    }

    /// Whether the hour in which a time lies is one of those that are watered by programme.
    public func isProgrammed(at t: Double) -> Bool {
        t.isMoment && isWarm && share[cell(at: t)] >= Self.programmed
    }

    public func score(_ x: Double, at t: Double) -> Score {
        guard x.isFinite, t.isMoment, isProgrammed(at: t - 1800) else {
            return Score(surprise: 0, usual: 0, direction: .usual, isWarm: isWarm)
        }
        let usual = Double(taken[cell(at: t - 1800)])
        let flow = max(0, min(x, 1e6))
        return Score(
            surprise: max((flow + 1) / (usual + 1), (usual + 1) / (flow + 1)) - 1,
            usual: usual,
            direction: flow > usual ? .above : .below,
            isWarm: isWarm
        )
    }

    /// Takes `x` litres, used since the reading before.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard let blocks = meter.take(x, from: nil, to: t) else { return false }
        learned = min(learned + blocks.seen, 1e9)
        if blocks.missing > 0 || blocks.content == .unknown {
            before = -1
            isMissing = 0
        }
        guard blocks.content != .unknown else { return true }
        for index in 0..<blocks.count {
            take(Float(min(blocks.flow, 1e6)), middle: blocks.middle(of: index))
        }
        return true
    }

    private mutating func take(_ flow: Float, middle: Double) {
        let cell = cell(at: middle)
        if isMissing == 1, flow < least {
            misses = min(100, misses + 1)
            if misses >= Self.mostMisses {
                raise(.missedWatering, at: middle, hour: cell - 1, seen: before)
            }
        }
        isMissing = 0
        if isWarm, share[cell] >= Self.programmed {
            if flow < Self.tooLittle * taken[cell] {
                isMissing = before >= 0 && before < least ? 1 : 0
            } else if flow > Self.tooMuch * taken[cell] {
                raise(.longWatering, at: middle, hour: cell, seen: flow)
            } else {
                alarm = .quiet
                misses = 0
            }
        }
        let isWatering = flow >= least
        share[cell] += Self.rate * ((isWatering ? 1 : 0) - share[cell])
        if isWatering {
            taken[cell] += (taken[cell] == 0 ? 1 : Self.rate) * (flow - taken[cell])
        }
        before = flow
        if alarm.isRaised, !hasProgramme { alarm = .quiet }
    }

    /// Whether any hour is still near to being programmed: in winter nobody misses the watering.
    private var hasProgramme: Bool {
        for cell in 0..<Self.hoursOfWeek where share[cell] >= Self.abandoned { return true }
        return false
    }

    private mutating func raise(_ cause: Alarm.Cause, at middle: Double, hour: Int, seen: Float) {
        guard alarm.cause != cause else { return }
        let usual = taken[(hour + Self.hoursOfWeek) % Self.hoursOfWeek]
        let isMissed = cause == .missedWatering
        alarm = Alarm(
            since: middle - (isMissed ? 5400 : 1800),
            raisedAt: middle + 1800,
            seen: Double(max(0, seen)),
            usual: Double(usual),
            limit: Double(usual * (isMissed ? Self.tooLittle : Self.tooMuch)),
            cause: cause
        )
    }

    private func cell(at t: Double) -> Int {
        let hours = Int((t / 3600).rounded(.down)) % Self.hoursOfWeek
        return (hours + Self.hoursOfWeek) % Self.hoursOfWeek
    }
}
