/// A day on skis in events: turns with the slope they are made on, runs and lifts, changes of the slope, sensors that
/// drop out. What a note like "left turn on a steep slope" or "run 3: black" is made of.
///
/// Turns while the skier is carried up are left out. Each part works without the other: without altitude there are
/// turns without a slope, without gyroscopes runs without turns.
///
/// - Works badly: see `SkiTurns` and `RunsAndLifts`. The slope of a turn is that of the ground when it is told, a
///   second or two after it. When both skis are silent, that is for whoever sees the silence of the device.
/// - Input: rotations and altitudes on one clock, in any order within some seconds.
/// - Cause: that of the part which spoke last.
/// - Warm-up: until one of the two parts is warm. State: 2 416 bytes. Cost: that of the parts, about 75 ns a
///   sample of one ski.
///
/// ```swift
/// var day = SkiDay(.din32912)
/// for tenth in 0..<1200 {                                          // two minutes down a slope of 45 %
///     let t = Double(tenth) / 20
///     if tenth % 20 == 0 { day.learn(altitude: 2000 - 4.5 * t, odometer: 10 * t, at: t) }
///     let rate = 40 * sin(2 * .pi * t / 5)
///     for ski in Ski.allCases { day.learn(ski, x: 0, y: 0, z: rate, at: t) }
///     while let event = day.next() { print(event.kind) }           // turn, runBegins, slopeChanges, turn …
/// }
/// ```
public struct SkiDay: Detector {
    public static let version: UInt16 = 1

    private var turns: SkiTurns
    private var hills: RunsAndLifts
    private var told = FixedQueue<8, SkiEvent>(of: .nothing)
    private var faults = InlineArray<2, Int32>(repeating: 0)

    public init(_ scale: SlopeScale = .din32912, turns limits: SkiTurns.Limits = SkiTurns.Limits()) {
        turns = SkiTurns(limits)
        hills = RunsAndLifts(scale)
    }

    public var isWarm: Bool { turns.isWarm || hills.isWarm }
    public var alarm: Alarm { isTurnNewest ? turns.alarm : hills.alarm }
    public var explanation: Explanation { isTurnNewest ? turns.explanation : hills.explanation }

    private var isTurnNewest: Bool { turns.alarm.raisedAt > hills.alarm.raisedAt }

    /// The oldest event that was not given yet; eight are kept.
    public mutating func next() -> SkiEvent? { told.popFirst() }

    /// Events that nobody asked for in time.
    public var lost: Int { told.lost }

    /// Learns how a sensor is mounted from a sample of its acceleration, in any unit.
    @discardableResult
    public mutating func learnUp(_ ski: Ski, x: Double, y: Double, z: Double, at t: Double) -> Bool {
        turns.learnUp(ski, x: x, y: y, z: z, at: t)
    }

    /// Takes a rotation in degrees a second, measured at `t` in seconds since 1970.
    @discardableResult
    public mutating func learn(_ ski: Ski, x: Double, y: Double, z: Double, at t: Double) -> Bool {
        guard turns.learn(ski, x: x, y: y, z: z, at: t) else { return false }
        while let turn = turns.next() { tell(turn) }
        for each in Ski.allCases { watch(each, at: t) }
        return true
    }

    /// Takes an altitude in metres where no path is known.
    @discardableResult
    public mutating func learn(altitude: Double, at t: Double) -> Bool {
        pass(hills.learn(altitude, at: t))
    }

    /// Takes an altitude and the metres of path since some beginning.
    @discardableResult
    public mutating func learn(altitude: Double, odometer: Double, at t: Double) -> Bool {
        pass(hills.learn(altitude: altitude, odometer: odometer, at: t))
    }

    /// Takes an altitude and a speed in metres a second.
    @discardableResult
    public mutating func learn(altitude: Double, speed: Double, at t: Double) -> Bool {
        pass(hills.learn(altitude: altitude, speed: speed, at: t))
    }

    private mutating func pass(_ wasLearned: Bool) -> Bool {
        while var event = hills.next() {
            // Without sensors nobody knows that there were no turns.
            if event.kind == .runEnds { event.skis = UInt8(turns.heard(since: event.since)) }
            told.append(event)
        }
        return wasLearned
    }

    private mutating func tell(_ turn: SkiTurn) {
        guard !hills.isCarried(at: turn.until) else { return }
        hills.countTurn()
        var event = SkiEvent(.turn, since: turn.since, until: turn.until)
        event.heading = turn.heading
        event.peak = turn.peak
        event.radius = Float(turn.radius(atSpeed: hills.speed))
        event.grade = Float(hills.grade ?? 0)
        event.slope = hills.slope
        event.skis = UInt8(turn.skis)
        told.append(event)
    }

    private mutating func watch(_ ski: Ski, at t: Double) {
        let side = Int(ski.rawValue)
        let present: (kind: SkiEvent.Kind, code: Int32, since: Double) =
            switch turns.fault(of: ski) {
            case .silent(let since): (.sensorSilent, 1, since)
            case .stuck(let since): (.sensorStuck, 2, since)
            case nil: (.sensorBack, 0, t)
            }
        guard present.code != faults[side] else { return }
        faults[side] = present.code
        var event = SkiEvent(present.kind, since: present.since, until: t)
        event.ski = ski
        told.append(event)
    }
}
