import Models

/// How the table of one position is learned.
struct FallRecipe {
    let position: FallDetector.Position
    /// The recording whose people it is learned from.
    let origin: String
    var boosting = Boosting()
    /// The share of daily activities that the limit lets pass, on people left out.
    let specificity: Double
    /// Elderly people are those who will wear it.
    var elderlyWeight: Float = 3

    static let all = [
        FallRecipe(position: .waist, origin: "sisfall_waist", specificity: 0.999),
        FallRecipe(position: .pocket, origin: "sisfall_waist", boosting: withoutPosture, specificity: 0.995),
        FallRecipe(position: .wrist, origin: "wedafall_wrist", specificity: 0.986),
    ]

    /// No recording of pockets is at hand. A thigh turns by a right angle whenever its owner sits down, so the
    /// pocket's table is that of the waist without all that is said by posture.
    private static var withoutPosture: Boosting {
        var boosting = Boosting()
        boosting.features.removeAll { FallFeatures.ofPosture.contains($0) }
        return boosting
    }
}

/// A table learned from a recording, and how well that works for people it was not learned from.
struct FallTraining {
    let recipe: FallRecipe
    /// What is judged, by rate.
    let evidence: [FallEvidence]
    /// What is learned from besides: sensors that pick single samples, with another range, scale and noise.
    private let augmentation: [FallEvidence]

    private var trials: [FallTrial] { evidence.first?.recording.trials ?? [] }

    init(_ recipe: FallRecipe, on recording: FallRecording) {
        self.recipe = recipe
        evidence = Sensor.rates(for: recording).map { FallEvidence(recording, seenBy: Sensor(rate: $0)) }
        augmentation = [
            Sensor(rate: 25, isAveraging: false, scale: 1.03, noise: 10),
            Sensor(rate: 20, isAveraging: false, range: 8, scale: 0.97, noise: 20),
        ].map { FallEvidence(recording, seenBy: $0) }
    }

    /// The table learned from everybody.
    func table() -> FallTable { table(from: Array(trials.indices)) }

    /// Ten folds by person: what the tables of the other people make of each trial; one list for each rate.
    func crossValidated() -> [[FallOutcome]] {
        var outcomes = [[FallOutcome]](repeating: [], count: evidence.count)
        for fold in folds(of: Array(trials.indices), count: 10) {
            let table = table(from: trials.indices.filter { !fold.contains($0) })
            for (place, seen) in evidence.enumerated() {
                outcomes[place] += fold.sorted().map { seen.outcome(of: table, on: $0) }
            }
        }
        return outcomes
    }

    /// The table learned from some trials; its limit is chosen on inner folds of the same people.
    private func table(from places: [Int]) -> FallTable {
        var decisive: [Float] = []
        for fold in folds(of: places, count: 4) {
            let table = learned(from: places.filter { !fold.contains($0) }, limit: 0)
            for place in fold.sorted() where !trials[place].isFall {
                decisive += evidence.map { $0.outcome(of: table, on: place).decisive }
            }
        }
        decisive.sort()
        let rank = min(decisive.count - 1, Int(Double(decisive.count) * recipe.specificity))
        return learned(from: places, limit: rank < 0 ? 0 : decisive[rank])
    }

    private func learned(from places: [Int], limit: Float) -> FallTable {
        let rows = (evidence + augmentation).flatMap { seen in
            places.flatMap { seen.rows(of: $0, elderlyWeight: recipe.elderlyWeight) }
        }
        return recipe.boosting.table(from: rows, origin: recipe.origin, limit: limit)
    }

    /// Sets of trials, each with all trials of its people. Old and young people are spread evenly.
    private func folds(of places: [Int], count: Int) -> [Set<Int>] {
        let byPerson = Dictionary(grouping: places) { trials[$0].subject }
        let order = byPerson.values.sorted { rank($0) < rank($1) }
        var folds = [Set<Int>](repeating: [], count: count)
        for (place, person) in order.enumerated() { folds[place % count].formUnion(person) }
        return folds.filter { !$0.isEmpty }
    }

    private func rank(_ person: [Int]) -> (Int, String) {
        guard let first = person.first else { return (2, "") }
        return (trials[first].isElderly ? 0 : 1, trials[first].subject)
    }
}
