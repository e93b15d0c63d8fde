import Measuring
import Models

/// What one model of a person's activity says of a recording in which nothing is known to have happened.
struct ActivityReplay {
    struct Reading {
        let at: Double
        let amount: Double
    }

    /// An alarm, and when it ended; nil where the recording ends first.
    struct Told {
        let alarm: Alarm
        var end: Double?

        /// Hours without a sign of life until it ended; the end of the recording ends none.
        var hours: Double { ((end ?? .infinity) - alarm.since) / 3600 }
    }

    private(set) var told: [Told] = []
    /// Seconds for which the model was warm.
    private(set) var judged = 0.0

    /// A silence that lasts longer is an absence that nobody declared.
    static let absence = 30.0

    init<Kind: Model & Detector>(_ fresh: Kind, _ readings: [Reading]) {
        var model = fresh
        var before: Reading?
        for reading in readings {
            let wasRaised = model.alarm.isRaised
            model.learn(reading.amount, at: reading.at)
            if model.isWarm, let before { judged += reading.at - before.at }
            if model.alarm.isRaised, !wasRaised { told.append(Told(alarm: model.alarm)) }
            if !model.alarm.isRaised, wasRaised, let last = told.indices.last { told[last].end = reading.at }
            before = reading
        }
    }

    /// Figures of the alarms of a model that speaks of a silence.
    func reportSilences(_ name: String) {
        report(name)
        guard !told.isEmpty else { return }
        let absent = told.filter { $0.hours > Self.absence }.count
        Figure(name: "\(name), of those in absences of more than 30 h", value: Double(absent), unit: "")
            .report()
        let delays = told.map { $0.alarm.duration / 3600 }
        Figure(name: "\(name), told after", value: delays.median, unit: "h (median)").report()
    }

    func report(_ name: String) {
        Figure(name: "\(name), days judged", value: judged / 86_400, unit: "days").report()
        Figure(name: "\(name), alarms", value: Double(told.count), unit: "").report()
    }

    /// Figures of all models of activity, each of which has learned nothing yet.
    static func report(
        _ name: String,
        _ readings: [Reading],
        inactivity: some Model & Detector,
        firstUse: some Model & Detector,
        day: some Model & Detector,
        night: some Model & Detector
    ) {
        ActivityReplay(inactivity, readings).reportSilences("\(name), inactivity")
        ActivityReplay(firstUse, readings).reportSilences("\(name), first use")
        ActivityReplay(day, readings).report("\(name), few active hours")
        ActivityReplay(night, readings).report("\(name), up at night")
    }
}
