/// Finds the turns of a skier in the gyroscopes of both skis or boots, or of one of them: direction, begin and end,
/// change of heading, fastest rate. Says which sensor is silent or stuck and goes on with the other.
///
/// Not told: whether a turn was carved. That needs the angle between the ski and its path, and in carved turns as in
/// skidded ones the whole skier turns; no labelled data was at hand to tell how well it could be guessed.
///
/// - Works badly: in the snowplough and on skating steps, where skis turn without the skier or against each other;
///   without an accelerometer when the z axis is not roughly the vertical; standing still and shuffling round is a
///   turn too (`SkiDay` tells it from skiing by altitude).
/// - Input: rotations in degrees a second (positive to the left about an axis that points up), 20 to 200 a second,
///   ski by ski in any order within 4 s (a ski whose clock is further behind is not used); acceleration if there is
///   one, in any unit, for the mounting.
/// - Formula: `SkiSensor` gives the rate about the vertical below 1 Hz, `SkiSlots` the mean of both skis, `TurnLobes`
///   the stretches between changes of sides. Switching of turns by the sign of a low-passed gyroscope: Martínez et
///   al., Sensors 19(4) 902, 2019; counting below 1 Hz: Neuwirth et al., Sensors 20(15) 4232, 2020.
/// - Cause: `leftTurn` or `rightTurn`; `seen`, `usual` and `limit` the change of heading in degrees, `usual` that of
///   this skier's turns. The alarm stands until the next turn; `next()` gives every turn once, four are kept.
/// - Told: 0.3 to 0.8 s after the end of a turn, later by as much as the blocks of samples are late.
/// - Figures: of 29 labelled turns (50 Hz, already smoothed over 1 s) 27 were found, with 4 more. Two of the labels
///   contradict both gyroscopes; of the other 27 all were found, with 2 more.
/// - Warm-up: the first change of sides or straight second. State: 1 008 bytes. Cost: about 70 ns a sample.
///
/// ```swift
/// var turns = SkiTurns()
/// for index in 0..<1000 {                                   // 20 s at 50 Hz
///     let t = Double(index) / 50
///     let rate = 40 * sin(2 * .pi * t / 5)                  // a turn to the left, one to the right, every 5 s
///     turns.learn(.left, x: 0, y: 0, z: rate, at: t)
///     turns.learn(.right, x: 0, y: 0, z: rate, at: t)
///     while let turn = turns.next() { print(turn) }         // first: to the left, 2.3 s, 62 degrees
/// }
/// ```
public struct SkiTurns: Detector {
    public static let version: UInt16 = 1

    /// What a turn has at least.
    public struct Limits: Hashable, BitwiseCopyable, Sendable {
        /// Degrees a second at its fastest. 11.5 (0.2 rad/s) is a radius of 50 m at 10 m/s.
        public let rate: Float
        /// Degrees by which the heading changes.
        public let heading: Float
        /// Seconds. Racers in a slalom need 0.7 s for a turn.
        public let duration: Float

        public init(rate: Float = 11.5, heading: Float = 12, duration: Float = 0.5) {
            self.rate = rate.isFinite ? min(max(rate, 1), 200) : 11.5
            self.heading = heading.isFinite ? min(max(heading, 1), 180) : 12
            self.duration = duration.isFinite ? min(max(duration, 0.1), 10) : 0.5
        }
    }

    private var sensors = InlineArray<2, SkiSensor>(repeating: SkiSensor())
    private var slots = SkiSlots()
    private var lobes: TurnLobes
    private var told = FixedQueue<4, SkiTurn>(of: .none)
    private var habit = FadingMoments(memory: 50)
    private var watched = 0.0
    /// Up to when all is known.
    private var newest = 0.0
    public private(set) var alarm = Alarm.quiet
    private let limits: Limits
    private var late: Int16 = 0
    private var warm: Int16 = 0

    /// Why a ski is left out.
    public enum Fault: Hashable, Sendable {
        /// Nothing came from it for five seconds in which the other one spoke.
        case silent(since: Double)
        /// It says the same again and again while the other one turns.
        case stuck(since: Double)
    }

    private static let faultLength = 5.0
    /// After so many samples of the past it is not they that are late: the clock was wrong before.
    private static let mostLate: Int16 = 64

    public init(_ limits: Limits = Limits()) {
        self.limits = limits
        lobes = TurnLobes(limits)
    }

    public var isWarm: Bool { warm == 1 }

    public var explanation: Explanation {
        let band = habit.band(orUpTo: alarm.limit)
        return Explanation(alarm, low: band.low, high: band.high, past: watched)
    }

    /// The oldest turn that was not given yet.
    public mutating func next() -> SkiTurn? { told.popFirst() }

    /// Turns that nobody asked for in time: four are kept.
    public var lost: Int { told.lost }

    /// How many skis have said something since a time.
    public func heard(since t: Double) -> Int {
        (sensors[0].last >= t ? 1 : 0) + (sensors[1].last >= t ? 1 : 0)
    }

    /// What is wrong with a ski that spoke before; nil when nothing is, or when both are silent.
    public func fault(of ski: Ski) -> Fault? {
        let sensor = sensors[Int(ski.rawValue)]
        let other = sensors[Int(ski.other.rawValue)]
        guard sensor.isHeard else { return nil }
        if other.last - sensor.last >= Self.faultLength { return .silent(since: sensor.last) }
        return sensor.isStuck ? .stuck(since: sensor.last - sensor.constantFor) : nil
    }

    /// Learns how a sensor is mounted from a sample of its acceleration, in any unit.
    @discardableResult
    public mutating func learnUp(_ ski: Ski, x: Double, y: Double, z: Double, at t: Double) -> Bool {
        guard x.isFinite, y.isFinite, z.isFinite, t.isMoment else { return false }
        return sensors[Int(ski.rawValue)].learnUp(x: x, y: y, z: z, at: t)
    }

    /// Takes one rotation in degrees a second, measured at `t` in seconds. False when it could not be used.
    @discardableResult
    public mutating func learn(_ ski: Ski, x: Double, y: Double, z: Double, at t: Double) -> Bool {
        guard x.isFinite, y.isFinite, z.isFinite, t.isMoment, isInTime(t) else { return false }
        let side = Int(ski.rawValue)
        guard sensors[side].learn(x: x, y: y, z: z, at: t) else { return false }
        watch(ski.other, by: sensors[side])
        slots.note(sensors[side].isConstant ? nil : sensors[side].rate, of: ski, at: t)
        work(all: false)
        return true
    }

    /// Tells what is under way: nothing more comes.
    public mutating func finish() {
        work(all: true)
        if let turn = lobes.interrupt() { tell(turn) }
    }

    /// Begins anew where the time demands it. False for a sample of a time that is closed.
    private mutating func isInTime(_ t: Double) -> Bool {
        if slots.isLate(t) {
            late += 1
            guard late >= Self.mostLate else { return false }
            sensors[0].startClock()
            sensors[1].startClock()
            finish()
            slots.begin(at: t)
        } else if slots.beginsAnew(t) {
            finish()
            slots.begin(at: t)
        }
        late = 0
        return true
    }

    private mutating func work(all: Bool) {
        while let slot = slots.next(all: all) {
            watched = min(watched + 1 / SkiSlots.rate, 1e9)
            newest = slot.end
            if let turn = lobes.learn(slot) { tell(turn) }
            if lobes.isSettled { warm = 1 }
        }
    }

    /// A ski that repeats itself while the other one turns is stuck.
    private mutating func watch(_ ski: Ski, by other: SkiSensor) {
        let side = Int(ski.rawValue)
        guard abs(other.rate) >= limits.rate, !other.isConstant,
            sensors[side].constantFor >= Self.faultLength
        else { return }
        sensors[side].callStuck()
    }

    private mutating func tell(_ turn: SkiTurn) {
        let heading = Double(abs(turn.heading))
        alarm = Alarm(
            since: turn.since,
            raisedAt: newest,
            seen: heading,
            usual: habit.isWarm ? habit.mean : heading,
            limit: Double(limits.heading),
            cause: turn.direction == .left ? .leftTurn : .rightTurn
        )
        habit.learn(heading, at: newest)
        told.append(turn)
    }
}
