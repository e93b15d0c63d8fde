import Foundation
import Models

/// What was made of a trial.
struct FallOutcome {
    struct Alarm {
        /// When the impact was, in seconds from the beginning.
        var at: Double
        var logOdds: Float
    }

    let trial: FallTrial
    let alarms: [Alarm]
    /// The greatest log-odds of an impact that counts: of a fall those near its strongest.
    let decisive: Float
    /// The greatest log-odds of any impact.
    let greatest: Float
    let limit: Float

    /// No second alarm within this time: a more certain impact takes the place of the first.
    private static let silence = 10.0

    init(trial: FallTrial, judged: [(at: Double, logOdds: Float)], limit: Float) {
        var alarms: [Alarm] = []
        for (at, logOdds) in judged where logOdds >= limit {
            if let last = alarms.last, at - last.at < Self.silence {
                if logOdds > last.logOdds { alarms[alarms.count - 1] = Alarm(at: at, logOdds: logOdds) }
            } else {
                alarms.append(Alarm(at: at, logOdds: logOdds))
            }
        }
        self.init(trial: trial, judged: judged, alarms: alarms, limit: limit)
    }

    /// What the detector itself says, sample by sample.
    init(of position: FallDetector.Position, on trial: FallTrial, sensor: Sensor, seed: UInt64) {
        var detector = FallDetector(position)
        var judged: [(at: Double, logOdds: Float)] = []
        var alarms: [Alarm] = []
        sensor.each(of: trial, seed: seed) { x, y, z, t in
            let last = (
                judged: detector.judgedAt, raised: detector.alarm.raisedAt, since: detector.alarm.since
            )
            detector.learn(x: x, y: y, z: z, at: t)
            if detector.judgedAt != last.judged { judged.append((detector.judgedAt, detector.logOdds)) }
            guard detector.alarm.isRaised, detector.alarm.raisedAt != last.raised else { return }
            let alarm = Alarm(at: detector.alarm.since, logOdds: detector.logOdds)
            if last.raised != 0, alarm.at - last.since < Self.silence { alarms.removeLast() }
            alarms.append(alarm)
        }
        self.init(trial: trial, judged: judged, alarms: alarms, limit: position.table.limit)
    }

    private init(trial: FallTrial, judged: [(at: Double, logOdds: Float)], alarms: [Alarm], limit: Float) {
        self.trial = trial
        self.alarms = alarms
        self.limit = limit
        greatest = judged.map(\.logOdds).max() ?? -.infinity
        decisive = judged.filter { !trial.isFall || trial.isNear($0.at) }.map(\.logOdds).max() ?? -.infinity
    }

    /// Whether a fall was found, or something else taken for one.
    var isTold: Bool { trial.isFall ? alarms.contains { trial.isNear($0.at) } : !alarms.isEmpty }

    /// One line of JSON: the trial, what was decided, when the most certain impact was and how certain it is.
    func line(table: String) -> String {
        let at = alarms.max { $0.logOdds < $1.logOdds }.map { String(format: "%.2f", $0.at) } ?? "null"
        let score = 1 / (1 + exp(-Double(greatest)))
        return "{\"trial\":\"\(trial.name)\",\"decision\":\(!alarms.isEmpty),\"at_s\":\(at),"
            + "\"score\":\(String(format: "%.4f", score)),\"table\":\"\(table)\"}"
    }
}

/// How many trials were told right and wrong.
struct FallCounts {
    private(set) var falls = 0
    private(set) var found = 0
    private(set) var activities = 0
    private(set) var mistaken = 0
    /// Alarms in what elderly people did, and how long that was.
    private(set) var elderlyAlarms = 0
    private(set) var elderlyHours = 0.0
    /// Trials told wrong, by activity.
    private(set) var wrong: [String: Int] = [:]
    private var activityScores: [Float] = []
    private var fallScores: [Float] = []

    init(_ outcomes: [FallOutcome]) {
        for outcome in outcomes {
            let trial = outcome.trial
            if outcome.isTold != trial.isFall { wrong[trial.activity, default: 0] += 1 }
            if trial.isFall {
                falls += 1
                found += outcome.isTold ? 1 : 0
                fallScores.append(outcome.decisive - outcome.limit)
            } else {
                activities += 1
                mistaken += outcome.isTold ? 1 : 0
                activityScores.append(outcome.decisive - outcome.limit)
                guard trial.isElderly else { continue }
                elderlyAlarms += outcome.alarms.count
                elderlyHours += trial.seconds / 3600
            }
        }
        activityScores.sort()
    }

    var sensitivity: Double { falls == 0 ? .nan : 100 * Double(found) / Double(falls) }
    var specificity: Double { activities == 0 ? .nan : 100 - 100 * Double(mistaken) / Double(activities) }

    /// The sensitivity where the limit lets a share of the activities pass, chosen on these very trials.
    func sensitivity(at specificity: Double) -> Double {
        guard falls > 0, activities > 0 else { return .nan }
        let limit = activityScores[min(activities - 1, Int(Double(activities) * specificity))]
        return 100 * Double(fallScores.count { $0 > limit }) / Double(falls)
    }
}
