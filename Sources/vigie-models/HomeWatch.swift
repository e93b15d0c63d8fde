import Models

/// All detectors of a water meter side by side, for files of which nothing is known beforehand.
struct HomeWatch {
    struct Finding {
        let kind: String
        let begin: Double
        let at: Double
        /// Litres an hour.
        let flow: Double
        let explanation: Explanation
    }

    private var leak = WaterLeak(resolution: 1, fromFirstDay: true)
    private var burst = WaterBurst()
    private var hour = UnusualHour()
    private var equal = EqualHours()
    private var backwards: BackwardsMeter
    private var away = Away()
    private var person = Inactivity()
    private var day = UnusualDay(floor: 5)
    private var garden = Irrigation()
    private var night = ActiveHours(.night)
    private var active = ActiveHours(.day)
    private var total = 0.0
    private var highest = 0.0
    private var today = 0.0
    private var wasRaised: Set<String> = []

    /// - Parameter tolerance: litres that the meter may fall back without anything being wrong.
    init(tolerance: Double) {
        backwards = BackwardsMeter(tolerance: tolerance)
    }

    /// What is found with this step, once when it begins.
    mutating func take(_ step: HourlyUse.Step) -> [Finding] {
        if !backwards.isWarm { backwards.learn(total, at: step.from) }
        total += step.litres
        backwards.learn(total, at: step.to)
        let used = max(0, total - highest)
        highest = max(highest, total)
        // A meter that was replaced begins anew.
        if !backwards.alarm.isRaised { highest = total }
        if step.isAtHome == false { away.declare(from: step.from, until: step.to + 1) }
        leak.learn(used, from: step.from, to: step.to)
        burst.learn(used, from: step.from, to: step.to)
        hour.learn(used, from: step.from, to: step.to)
        equal.learn(used, from: step.from, to: step.to)
        away.learn(used, from: step.from, to: step.to)
        person.learn(used, at: step.to)
        garden.learn(used, at: step.to)
        night.learn(used, at: step.to)
        active.learn(used, at: step.to)
        let isHome = step.isAtHome == true
        let flow = step.litres * 3600 / max(1, step.to - step.from)
        var found: [Finding] = []
        report(leak, "leak", &found) { $0.explanation.seen }
        if !isHome {
            report(burst, "burst", &found) { $0.alarm.seen }
            report(hour, "unusual hour", &found) { $0.alarm.seen }
        }
        report(equal, "steady flow", &found) { $0.alarm.seen }
        report(backwards, "backwards", &found) { _ in flow }
        report(away, "used while away", &found) { $0.alarm.seen }
        if step.isAtHome != false { report(person, "inactivity", &found) { _ in 0 } }
        report(garden, "watering programme", &found) { $0.alarm.seen }
        report(night, "up at night", &found) { _ in flow }
        report(active, "few active hours", &found) { _ in flow }
        reportDay(step, used: used, &found)
        return found
    }

    /// Whether the hour just taken is one that somebody should be told about, by the detectors of leaks.
    func isAnomalous(after found: [Finding], at step: HourlyUse.Step) -> Bool {
        let kinds: Set = ["leak", "steady flow", "used while away", "burst", "unusual hour", "backwards"]
        let goesOn = backwards.alarm.isRaised || (hour.alarm.isRaised && step.isAtHome != true)
        return goesOn || found.contains { kinds.contains($0.kind) }
    }

    private mutating func report<Kind: Detector>(
        _ detector: Kind,
        _ kind: String,
        _ found: inout [Finding],
        flow: (Kind) -> Double
    ) {
        guard detector.alarm.isRaised else {
            wasRaised.remove(kind)
            return
        }
        guard wasRaised.insert(kind).inserted else { return }
        found.append(
            Finding(
                kind: kind,
                begin: detector.alarm.since,
                at: detector.alarm.raisedAt,
                flow: flow(detector),
                explanation: detector.explanation
            )
        )
    }

    private mutating func reportDay(_ step: HourlyUse.Step, used: Double, _ found: inout [Finding]) {
        let ended = (step.from / 86_400).rounded(.down)
        if (step.to / 86_400).rounded(.down) > ended {
            today += used
            day.learn(today, at: ended * 86_400)
            today = 0
            report(day, "unusual day", &found) { $0.alarm.seen / 24 }
        } else {
            today += used
        }
    }
}
