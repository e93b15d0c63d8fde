import Foundation
import Measuring
import Models

extension Benchmark {
    /// Falls in every pair of files of the folder, by the shipped tables; where a table was learned from the same
    /// people, also by tables that were not.
    static let falls = Benchmark(
        name: "falls",
        summary: "falls found in recorded acceleration, and what was taken for one"
    ) { options in
        let recordings = try FallRecording.all(in: RecordedData(options).folder)
        if recordings.isEmpty { say("no pair of .i16 and .csv is there: falls are left out") }
        for recording in recordings {
            let position = recording.position
            let isLearned = position.table.origin == recording.name
            let title = "\(recording.name), table of the \(position)"
            for (place, rate) in Sensor.rates(for: recording).enumerated() {
                let outcomes = recording.trials.enumerated().map {
                    FallOutcome(of: position, on: $1, sensor: Sensor(rate: rate), seed: UInt64($0 + 1))
                }
                if place == 0 { outcomes.forEach { print($0.line(table: "shipped")) } }
                FallCounts(outcomes).report("\(title) as shipped\(isLearned ? " (in sample)" : "")", at: rate)
            }
            if isLearned { try crossValidate(recording, position, title, options) }
        }
    }

    private static func crossValidate(
        _ recording: FallRecording,
        _ position: FallDetector.Position,
        _ title: String,
        _ options: Options
    ) throws {
        for recipe in FallRecipe.all where recipe.position == position {
            let training = FallTraining(recipe, on: recording)
            let outcomes = training.crossValidated()
            for (seen, outcomes) in zip(training.evidence, outcomes) {
                let goals = FallGoals(position)
                FallCounts(outcomes).report("\(title), people left out", at: seen.sensor.rate, goals: goals)
            }
            let lines = (outcomes.first ?? []).map { $0.line(table: "people left out") }
            try lines.joined(separator: "\n").write(
                toFile: "\(options.output)/falls-\(recording.name)-left-out.jsonl"
            )
        }
    }

    /// Learns the tables anew and writes them as Swift.
    static let trainFalls = Benchmark(
        name: "train-falls",
        summary: "learns the tables of falls; with --output Sources/Models in place of those there",
        isOnRequest: true
    ) { options in
        let recordings = try FallRecording.all(in: RecordedData(options).folder)
        for recipe in FallRecipe.all {
            guard let recording = recordings.first(where: { $0.name == recipe.origin }) else {
                say("\(recipe.origin) is not there: the table of the \(recipe.position) is left as it is")
                continue
            }
            let training = FallTraining(recipe, on: recording)
            for (seen, outcomes) in zip(training.evidence, training.crossValidated()) {
                let counts = FallCounts(outcomes)
                counts.report("table of the \(recipe.position), people left out", at: seen.sensor.rate)
                say("told wrong: \(counts.wrong.sorted { ($1.value, $0.key) < ($0.value, $1.key) })")
            }
            let source = FallTableSource(position: recipe.position, table: training.table())
            try source.text.write(toFile: "\(options.output)/\(source.name)")
            say("\(options.output)/\(source.name) is written")
        }
    }
}

extension String {
    fileprivate func write(toFile path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write(toFile: path, atomically: true, encoding: .utf8)
    }
}

/// What is asked for with people left out.
private struct FallGoals {
    var sensitivity: Double
    var specificity: Double
    var elderlyAlarms: Double

    init(_ position: FallDetector.Position) {
        switch position {
        case .wrist: (sensitivity, specificity, elderlyAlarms) = (85, 98, 2)
        case .waist, .chest, .pocket: (sensitivity, specificity, elderlyAlarms) = (98.5, 99.5, 2)
        }
    }
}

extension FallCounts {
    fileprivate func report(_ title: String, at rate: Double, goals: FallGoals? = nil) {
        func tell(_ what: String, _ value: Double, _ unit: String, _ goal: Figure.Goal? = nil) {
            let name = "\(title), \(Int(rate)) Hz, \(what)"
            Figure(name: name, value: value, unit: unit, goal: goal).report()
        }
        tell("sensitivity", sensitivity, "% of \(falls)", goals.map { .atLeast($0.sensitivity) })
        tell("specificity", specificity, "% of \(activities)", goals.map { .atLeast($0.specificity) })
        tell("activities taken for falls", Double(mistaken), "activities")
        tell("sensitivity at a specificity of 98 %", sensitivity(at: 0.98), "%")
        tell("sensitivity at a specificity of 99.5 %", sensitivity(at: 0.995), "%")
        guard elderlyHours > 0 else { return }
        tell(
            "alarms of elderly people",
            Double(elderlyAlarms),
            "alarms",
            goals.map { .atMost($0.elderlyAlarms) }
        )
        tell("alarms of elderly people an hour", Double(elderlyAlarms) / elderlyHours, "per hour")
    }
}
