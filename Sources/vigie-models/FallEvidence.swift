import Models

/// The impacts of every trial of a recording, as one sensor would have seen them.
struct FallEvidence {
    let sensor: Sensor
    let recording: FallRecording
    /// One list for each trial, in the order of time.
    let impacts: [[ImpactFinder.Impact]]

    init(_ recording: FallRecording, seenBy sensor: Sensor) {
        self.sensor = sensor
        self.recording = recording
        impacts = recording.trials.enumerated().map { place, trial in
            var finder = ImpactFinder()
            var impacts: [ImpactFinder.Impact] = []
            sensor.each(of: trial, seed: UInt64(place + 1)) { x, y, z, t in
                _ = finder.learn(x: x, y: y, z: z, at: t) { impacts.append($0) }
            }
            return impacts
        }
    }

    /// What there is to learn from a trial: of a fall the impact nearest to the strongest; of its other impacts
    /// nobody knows what they were.
    func rows(of place: Int, elderlyWeight: Float) -> [Boosting.Row] {
        let trial = recording.trials[place]
        guard trial.isFall else {
            let weight = trial.isElderly ? elderlyWeight : 1
            return impacts[place].map { Boosting.Row(features: $0.features, isFall: false, weight: weight) }
        }
        let nearest = impacts[place].min { trial.distance(to: $0.at) < trial.distance(to: $1.at) }
        guard let nearest, trial.isNear(nearest.at) else { return [] }
        return [Boosting.Row(features: nearest.features, isFall: true)]
    }

    /// What a table makes of a trial.
    func outcome(of table: FallTable, on place: Int) -> FallOutcome {
        FallOutcome(
            trial: recording.trials[place],
            judged: impacts[place].map { ($0.at, table.judge($0.features).logOdds) },
            limit: table.limit
        )
    }
}
