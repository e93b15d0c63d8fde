/// The cycles of a machine (washing machine, boiler, pump, compressor) from its power or its flow: one that
/// runs or rests for longer or shorter than it ever does, and cycles that grow longer from week to week.
///
/// Causes: `runsTooLong` and `restsTooLong`, told while it still lasts; `runsTooShort` and `restsTooShort`,
/// told when it is over; `driftUp` and `driftDown` of running times. `seen` and `usual` in seconds; `limit`
/// in seconds, of drifts in standard deviations. The end of that run or rest ends the first two, the next
/// ordinary one the others. A drift gives way to all of them, one too short to one too long. The score is the
/// surprise of the present run or rest so far, in nats.
///
/// - Works badly: for machines with programmes of very different length, used in turn (the usual is then
///   between them; the limits become wide, so it misses rather than cries), and for rests of machines that
///   people switch on when they like: give those `watching: .runs`.
/// - Input: what tells running from resting, at times at most a few times shorter than a run; a run is not
///   cut by rests shorter than `bridging`.
/// - Formula: `SpellLength` of runs and of rests; too long or too short beyond `limit` nats and by half of
///   the usual at least; drift by CUSUM of ln(run/median) in deviations within ±3, slack 0.5, at 8, while
///   which nothing is learned above 2.4.
/// - Figures: simulated (benchmark `appliances`), runs that wander by 8 %: 1.1 false alarms in 1000 runs; a
///   run that does not end told at 1.6 times the usual, runs that each grow by 0.5 % after 24 (medians).
/// - Warm-up: 30 runs.
/// - State: 219 bytes. Cost: about 100 ns.
///
/// ```swift
/// var pump = MachineCycle(above: 50)                            // watts
/// for minute in 0..<(60 * 40) {                                 // runs ten minutes of every hour
///     pump.learn(minute % 60 < 10 ? 400 : 2, at: Double(minute) * 60)
/// }
/// for minute in (60 * 40)..<(60 * 40 + 25) { pump.learn(400, at: Double(minute) * 60) }
/// pump.alarm.cause         // runsTooLong: it has run for 25 minutes
/// pump.alarm.usual         // 600
/// ```
public struct MachineCycle: Model, Detector {
    public static let version: UInt16 = 1

    /// Which spells are judged.
    public enum Watched: UInt8, BitwiseCopyable, Sendable {
        case runs, rests, both
    }

    private var runs: SpellLength
    private var rests: SpellLength
    private var drift = TwoSidedSum()
    private var seen = SeenTime()
    /// When the present run or rest began, and when it was last seen to run.
    private var began = 0.0
    private var lastActive = 0.0
    private let threshold: Double
    private let bridging: Double
    private let limit: Double
    public private(set) var alarm = Alarm.quiet
    private var isRunning = false
    /// How many runs and rests there were, up to two: the first of each had no known beginning.
    private var known: UInt8 = 0
    private let watched: Watched

    private static let driftLimit = 8.0

    /// - Parameters:
    ///   - threshold: above which value it runs, in the unit of the input.
    ///   - bridging: seconds of rest that are still part of a run.
    ///   - memory: how many runs and rests are remembered.
    ///   - limit: nats from which on a run or rest is too long or too short; 7 is one in a thousand.
    public init(
        above threshold: Double,
        bridging: Double = 0,
        memory: Int = 100,
        limit: Double = 7,
        watching watched: Watched = .both
    ) {
        runs = SpellLength(memory: memory)
        rests = SpellLength(memory: memory)
        self.threshold = threshold.bounded
        self.bridging = max(0, min(bridging, 1e7))
        self.limit = max(1, min(limit, 100))
        self.watched = watched
    }

    public var isWarm: Bool { runs.isWarm }

    /// How long a run usually takes, in seconds.
    public var usualRun: Double { runs.usual }

    /// How many seconds the present run usually has left at a time; nil while it rests or too little is
    /// known.
    public func remaining(at t: Double) -> Double? {
        isRunning && isWarm && t.isMoment ? runs.remaining(after: t - began) : nil
    }

    public var explanation: Explanation {
        let isRest = alarm.cause == .restsTooLong || alarm.cause == .restsTooShort
        let spells = isRest ? rests : runs
        let ratio = reach(of: spells)
        return Explanation(
            alarm,
            low: spells.usual / ratio,
            high: spells.usual * ratio,
            past: seen.seconds,
            in: .seconds
        )
    }

    /// How many times the usual is too long: half as much again at least.
    private func reach(of spells: SpellLength) -> Double { max(1.5, spells.ratio(limit)) }

    public func score(_ x: Double, at t: Double) -> Score {
        let spells = isRunning ? runs : rests
        let lasting = t.isMoment && known > 0 ? max(0, t - began) : 0
        return Score(
            surprise: spells.isWarm ? spells.surprise(lasting: lasting) : 0,
            usual: spells.isWarm ? spells.usual : 0,
            direction: lasting > spells.usual ? .above : .usual,
            isWarm: isWarm
        )
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, t.isMoment, seen.interval(to: t) != nil else { return false }
        if !seen.hasBegun || t.isClockSetBack(from: seen.end) || t - seen.end > SeenTime.mostAtOnce {
            // Nobody knows what happened in between.
            known = 0
            began = t
            lastActive = t
            isRunning = x > threshold
            alarm = .quiet
        }
        // Seen at rest, if not for as long as it takes to say that the run is over.
        let wasAtRest = lastActive < seen.end
        seen.advance(to: t)
        if x > threshold {
            if isRunning, wasAtRest, t - lastActive >= bridging {
                turn(to: false, at: lastActive, lasted: lastActive - began)
            }
            if !isRunning { turn(to: true, at: t, lasted: t - began) }
            lastActive = t
        } else if isRunning, t - lastActive >= bridging {
            let end = bridging > 0 ? lastActive : t
            turn(to: false, at: end, lasted: end - began)
        }
        judgePresent(at: t)
        return true
    }

    private mutating func turn(to running: Bool, at t: Double, lasted: Double) {
        let wasRest = running
        if known >= 1, lasted > 0 { take(lasted, isRest: wasRest, at: t) }
        if alarm.cause == (wasRest ? .restsTooLong : .runsTooLong) { alarm = .quiet }
        known = min(2, known + 1)
        isRunning = running
        began = t
    }

    private func isWatched(rest: Bool) -> Bool { watched == .both || watched == (rest ? .rests : .runs) }

    /// A run or rest that is over.
    private mutating func take(_ lasted: Double, isRest: Bool, at t: Double) {
        let spells = isRest ? rests : runs
        let short: Alarm.Cause = isRest ? .restsTooShort : .runsTooShort
        let usual = spells.usual
        let isShort = spells.isWarm && lasted < usual / reach(of: spells)
        if isWatched(rest: isRest) {
            if isShort, !alarm.isRaised || isDrifting {
                raise(
                    short,
                    since: began,
                    at: t,
                    seen: lasted,
                    usual: usual,
                    limit: usual / reach(of: spells)
                )
            } else if !isShort, alarm.cause == short {
                alarm = .quiet
            }
            if !isRest { follow(lasted, at: t) }
        }
        if isRest {
            rests.learn(lasted, at: t)
        } else if drift.largest <= 0.3 * Self.driftLimit {
            runs.learn(lasted, at: t)
        }
    }

    private var isDrifting: Bool { alarm.cause == .driftUp || alarm.cause == .driftDown }

    private mutating func follow(_ lasted: Double, at t: Double) {
        guard runs.isWarm else { return }
        let z = runs.sigmas(of: lasted).clamped(to: 3)
        drift.add(z, slack: 0.5, most: 1.25 * Self.driftLimit, at: t)
        if isDrifting, drift.largest < Self.driftLimit / 2 { alarm = .quiet }
        guard !alarm.isRaised, drift.largest >= Self.driftLimit else { return }
        raise(
            drift.upward >= drift.downward ? .driftUp : .driftDown,
            since: drift.since,
            at: t,
            seen: lasted,
            usual: runs.usual,
            limit: Self.driftLimit
        )
    }

    /// A run or rest that goes on.
    private mutating func judgePresent(at t: Double) {
        let spells = isRunning ? runs : rests
        // A run that does not end is told although runs have grown for weeks: that is when it happens.
        let isTold = alarm.cause == .runsTooLong || alarm.cause == .restsTooLong
        guard !isTold, known > 0, spells.isWarm, isWatched(rest: !isRunning) else { return }
        let lasting = (isRunning && bridging > 0 ? lastActive : t) - began
        let longest = spells.usual * reach(of: spells)
        guard lasting > longest else { return }
        let cause: Alarm.Cause = isRunning ? .runsTooLong : .restsTooLong
        raise(cause, since: began, at: t, seen: lasting, usual: spells.usual, limit: longest)
    }

    private mutating func raise(
        _ cause: Alarm.Cause,
        since: Double,
        at t: Double,
        seen: Double,
        usual: Double,
        limit: Double
    ) {
        alarm = Alarm(since: since, raisedAt: t, seen: seen, usual: usual, limit: limit, cause: cause)
    }
}
