import Glibc

/// Divides a day on a mountain into runs and lifts by altitude, with their lengths and how steep the runs are.
///
/// A run begins where the skier left the top (last within a metre of the highest point) and ends where the foot was
/// reached (first within a metre of the lowest), so that waiting belongs to neither.
///
/// - Works badly: on slopes of less than 10 m of drop; who climbs on foot takes a lift here; a rest of 15 minutes ends
///   a run. The grade is that of the path: who traverses has an easier slope.
/// - Input: altitude in metres about once a second, and the path on the map (odometer or speed); without a path
///   there are runs and lifts, but no slope.
/// - Formula: extremes of the altitude (`AltitudeTrack`) with 10 m of hysteresis; the class of a run by `SlopeScale`
///   of the 90 % quantile of its stretches of 100 m (`SlopeProfile`), that of the ground by the last 40 m.
/// - Cause: `run` or `lift`, raised when 10 m are behind; `seen` the metres since it began, `usual` those of this
///   skier's runs or lifts, `limit` 10. It stands while it goes on.
/// - Figures: a recorded day (watch, 1 Hz): all 9 lifts and 9 runs, also with 3 m of noise, a jump of 60 m, a drift of
///   20 m an hour, a point in ten seconds, 45 s lost in five minutes. Drops are told 2 to 5 m short.
/// - Warm-up: 5 values. State: 1 000 bytes. Cost: about 70 ns a sample.
///
/// ```swift
/// var day = RunsAndLifts(.din32912)
/// for second in 0..<400 {                                             // 200 s up, 40 m flat, then 130 m down
///     let t = Double(second)
///     let altitude = t < 200 ? 1000 + t : max(1200 - 2 * max(0, t - 240), 1070)
///     day.learn(altitude: altitude, odometer: 5 * t, at: t)
/// }
/// day.alarm.cause           // run, since second 240
/// day.slope                 // red, while it goes down by 40 %
/// ```
public struct RunsAndLifts: Model, Detector {
    public static let version: UInt16 = 1

    enum Phase: UInt8, BitwiseCopyable, Sendable { case resting, run, lift }

    private var track = AltitudeTrack()
    private var now = SkiMark()
    private var highest = SkiExtreme(isHighest: true, from: SkiMark())
    private var lowest = SkiExtreme(isHighest: false, from: SkiMark())
    private var began = SkiMark()
    /// Metres of path, not smoothed.
    private var path = 0.0
    private var nextStep = 0.0
    private var odometer = -1.0
    public private(set) var alarm = Alarm.quiet
    private var profile = SlopeProfile()
    private var runDrop = FadingMoments(memory: 50)
    private var liftClimb = FadingMoments(memory: 50)
    private var told = FixedQueue<4, SkiEvent>(of: .nothing)
    private var watched = 0.0
    private let scale: SlopeScale
    private var runs: Int32 = 0
    private var lifts: Int32 = 0
    /// Whether there was a first altitude.
    private var begun: UInt16 = 0
    private var phase = Phase.resting
    /// The colour of the ground of the last 40 m; unknown off the runs and without a path.
    public private(set) var slope = SlopeClass.unknown

    /// Metres up or down that make a lift or a run.
    public static let hysteresis = 10.0
    /// So many seconds without getting further down or up end a run or a lift.
    private static let longestRest = 900.0
    /// Nobody is faster, in metres a second.
    private static let fastest = 70.0
    /// Altitude and path are smoothed alike over this time, in seconds, so that grades remain what they are.
    private static let smoothing = 4.0

    public init(_ scale: SlopeScale = .din32912) {
        self.scale = scale
    }

    public var isWarm: Bool { track.isWarm }

    public var explanation: Explanation {
        let habit = alarm.cause == .lift ? liftClimb : runDrop
        let band = habit.band(orUpTo: alarm.limit)
        return Explanation(alarm, low: band.low, high: band.high, past: watched)
    }

    /// The grade downhill of the last 40 m of path, in percent; nil when it is not known.
    public var grade: Double? { profile.grade.map(Double.init) }

    /// Metres a second along the path, smoothed over 4 s; 0 when no path is known.
    public private(set) var speed = 0.0

    /// Whether the skier is carried at `t`, also on a lift that stands; false when nothing is known of the last 30 s.
    public func isCarried(at t: Double) -> Bool {
        guard isWarm, t - now.time < 30 else { return false }
        return phase == .lift ? track.climbRate > -0.3 : track.climbRate > 0.3
    }

    /// The oldest event that was not given yet; four are kept.
    public mutating func next() -> SkiEvent? { told.popFirst() }

    /// Notes a turn, for the count of the run.
    public mutating func countTurn() { now.turns += 1 }

    public func score(_ x: Double, at t: Double) -> Score { track.score(x, at: t) }

    /// Takes an altitude in metres where no path is known.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool { advance(x, moved: nil, at: t) }

    /// Takes an altitude and the metres of path since some beginning, which may begin anew.
    @discardableResult
    public mutating func learn(altitude: Double, odometer metres: Double, at t: Double) -> Bool {
        let metres = metres.isFinite ? metres.clamped(to: 1e9) : -1
        let moved = odometer >= 0 && metres >= odometer ? metres - odometer : nil
        guard advance(altitude, moved: moved, at: t) else { return false }
        odometer = metres
        return true
    }

    /// Takes an altitude and a speed in metres a second.
    @discardableResult
    public mutating func learn(altitude: Double, speed: Double, at t: Double) -> Bool {
        let gap = t - now.time
        let isKnown = speed.isFinite && speed >= 0 && gap <= 10
        return advance(altitude, moved: isKnown ? speed * gap : nil, at: t)
    }

    private mutating func advance(_ altitude: Double, moved: Double?, at t: Double) -> Bool {
        guard track.learn(altitude, at: t) else { return false }
        let gap = t - now.time
        if begun == 0 || gap > Self.longestRest || gap < 0 {
            restart(at: t)
            return true
        }
        watched = min(watched + gap, 1e9)
        let before = now
        let share = 1 - exp(-gap / Self.smoothing)
        now.time = t
        now.altitude += share * (track.value - now.altitude)
        if let moved, moved <= Self.fastest * gap { path += moved }
        now.path += share * (path - now.path)
        walk(from: before)
        speed = (now.path - before.path) / gap
        let climbRate = (now.altitude - before.altitude) / gap
        let isAtTop = highest.take(now, climbRate: climbRate)
        _ = lowest.take(now, climbRate: climbRate)
        if phase != .run, isAtTop { forgetSlope() }
        changePhase()
        return true
    }

    private mutating func restart(at t: Double) {
        rest()
        begun = 1
        now.time = t
        now.altitude = track.value
        now.path = path
        watchExtremes()
        forgetSlope()
    }

    private mutating func watchExtremes() {
        highest = SkiExtreme(isHighest: true, from: now)
        lowest = SkiExtreme(isHighest: false, from: now)
    }

    private mutating func forgetSlope() {
        profile.restart(at: now.altitude)
        nextStep = now.path + SlopeProfile.step
        slope = .unknown
    }

    /// Goes along the path step by step, the altitude in between on a straight line.
    private mutating func walk(from before: SkiMark) {
        let moved = now.path - before.path
        guard now.time - before.time <= 60 else { return forgetSlope() }
        while nextStep <= now.path {
            let share = (nextStep - before.path) / moved
            profile.add(before.altitude + share * (now.altitude - before.altitude))
            nextStep += SlopeProfile.step
            colour()
        }
    }

    private mutating func colour() {
        guard phase == .run, let grade = profile.grade else { return }
        let present = scale.slope(ofGrade: grade, after: slope)
        guard present != slope else { return }
        slope = present
        var event = SkiEvent(.slopeChanges, since: now.time, until: now.time)
        event.slope = slope
        event.grade = grade
        event.number = UInt16(clamping: runs)
        told.append(event)
    }

    private mutating func changePhase() {
        if phase != .run, highest.distance(to: now.altitude) >= Self.hysteresis {
            if phase == .lift { end(at: highest.reached) }
            begin(.run, at: highest.left)
            lowest = SkiExtreme(isHighest: false, from: now)
        } else if phase != .lift, lowest.distance(to: now.altitude) >= Self.hysteresis {
            if phase == .run { end(at: lowest.reached) }
            begin(.lift, at: lowest.left)
            highest = SkiExtreme(isHighest: true, from: now)
        } else if phase != .resting {
            let reached = phase == .run ? lowest.reached : highest.reached
            guard now.time - reached.time > Self.longestRest else { return }
            rest()
            watchExtremes()
        }
    }

    private mutating func begin(_ phase: Phase, at mark: SkiMark) {
        self.phase = phase
        began = mark
        let isRun = phase == .run
        if isRun { runs = min(runs + 1, 65_535) } else { lifts = min(lifts + 1, 65_535) }
        var event = SkiEvent(isRun ? .runBegins : .liftBegins, since: mark.time, until: mark.time)
        event.number = UInt16(clamping: isRun ? runs : lifts)
        told.append(event)
        let seen = abs(now.altitude - mark.altitude)
        let habit = isRun ? runDrop : liftClimb
        alarm = Alarm(
            since: mark.time,
            raisedAt: now.time,
            seen: seen,
            usual: habit.isWarm ? habit.mean : seen,
            limit: Self.hysteresis,
            cause: isRun ? .run : .lift
        )
    }

    /// Ends what is under way where it last got further.
    private mutating func rest() {
        if phase != .resting { end(at: phase == .run ? lowest.reached : highest.reached) }
        phase = .resting
        alarm = .quiet
    }

    private mutating func end(at mark: SkiMark) {
        let isRun = phase == .run
        var event = SkiEvent(isRun ? .runEnds : .liftEnds, from: began, to: mark)
        event.number = UInt16(clamping: isRun ? runs : lifts)
        if isRun {
            let mean = event.length > 1 ? min(-100 * event.climb / event.length, 200) : nil
            if let grade = profile.ruling ?? mean {
                event.grade = grade
                event.slope = scale.slope(ofGrade: grade)
            }
            runDrop.learn(Double(-event.climb), at: mark.time)
        } else {
            liftClimb.learn(Double(event.climb), at: mark.time)
        }
        told.append(event)
    }
}
