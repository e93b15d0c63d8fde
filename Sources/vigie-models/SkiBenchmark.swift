import Foundation
import Measuring
import Models

extension Benchmark {
    /// Turns against labels, with and without trouble; runs, lifts and slopes of a recorded day.
    static let skis = Benchmark(
        name: "skis",
        summary:
            "turns of labelled skis, also with sensors that fail; runs, lifts and slopes of a recorded day"
    ) { options in
        let data = RecordedData(options)
        for path in try data.paths(in: "local-only/ski", endings: [".csv"]) {
            try labelledTurns(try LabelledTurns(data, path))
        }
        for path in try data.paths(
            in: "redistributable/ski_track",
            endings: [".tcx", ".tcx.gz", ".gpx", ".gpx.gz"]
        ) {
            recordedDay(try SkiTrack(data, path))
        }
        sampleCost()
    }

    /// A way in which skis send, or fail to send, the recorded samples.
    private struct Trouble {
        let name: String
        var skis: [Ski] = Ski.allCases
        /// Every how many samples one is taken.
        var stride = 1
        /// Degrees a second of white noise on every axis.
        var noise = 0.0
        /// The sample is lost; by ski and second.
        var isLost: (Ski, Double) -> Bool = { _, _ in false }
        /// From this second on the right ski repeats itself.
        var stuckFrom = Double.infinity
    }

    private static func labelledTurns(_ recording: LabelledTurns) throws {
        let half = Double(recording.samples.count) / LabelledTurns.rate / 2
        var plain = found(in: recording, Trouble(name: "both skis"))
        report("both skis", plain, recording.turns, goal: 0.9)
        for turn in plain { print(line(turn)) }

        let (clear, doubtful) = split(recording)
        for turn in doubtful { say("the label \(turn) contradicts the gyroscopes of both skis") }
        plain.removeAll { found in doubtful.contains { $0.overlap(found) > 0 } }
        report("both skis, without labels that both gyroscopes contradict", plain, clear)

        let troubles = [
            Trouble(name: "left ski only", skis: [.left]),
            Trouble(name: "right ski only", skis: [.right]),
            Trouble(name: "right ski silent from the middle on") { $0 == .right && $1 >= half },
            Trouble(name: "left ski silent from the middle on") { $0 == .left && $1 >= half },
            Trouble(name: "right ski stuck from the middle on", stuckFrom: half),
            Trouble(name: "25 samples a second", stride: 2),
            Trouble(name: "noise of 30 degrees a second", noise: 30),
            Trouble(name: "noise of 100 degrees a second", noise: 100),
            Trouble(name: "each ski loses a tenth of a second in every second") {
                ($1 + ($0 == .left ? 0.3 : 0.6)).truncatingRemainder(dividingBy: 1) < 0.1
            },
            Trouble(name: "each ski loses two seconds in ten, not at once") {
                ($1 + ($0 == .left ? 0 : 5)).truncatingRemainder(dividingBy: 10) < 2
            },
            Trouble(name: "both lose three seconds in thirty") { $1.truncatingRemainder(dividingBy: 30) < 3 },
        ]
        for trouble in troubles { report(trouble.name, found(in: recording, trouble), recording.turns) }
        for (name, limits) in [
            ("least rate of 8 degrees a second", SkiTurns.Limits(rate: 8)),
            ("least rate of 16 degrees a second", SkiTurns.Limits(rate: 16)),
            ("least heading of 8 degrees", SkiTurns.Limits(heading: 8)),
            ("least heading of 20 degrees", SkiTurns.Limits(heading: 20)),
            ("least duration of 0.3 s", SkiTurns.Limits(duration: 0.3)),
            ("least duration of 1 s", SkiTurns.Limits(duration: 1)),
        ] {
            report(name, found(in: recording, Trouble(name: name), limits), recording.turns)
        }
    }

    private static func found(
        in recording: LabelledTurns,
        _ trouble: Trouble,
        _ limits: SkiTurns.Limits = SkiTurns.Limits()
    ) -> [LabelledTurns.Turn] {
        var random = SplitMix(state: 11)
        var model = SkiTurns(limits)
        var found: [LabelledTurns.Turn] = []
        var last: [Double] = []
        for index in stride(from: 0, to: recording.samples.count, by: trouble.stride) {
            let t = Double(index) / LabelledTurns.rate
            let sample = recording.samples[index].map { $0 + trouble.noise * bell(&random) }
            if t < trouble.stuckFrom { last = sample }
            for ski in trouble.skis where !trouble.isLost(ski, t) {
                let axes = ski == .left ? sample[0..<3] : (t < trouble.stuckFrom ? sample : last)[3..<6]
                let first = axes.startIndex
                model.learn(ski, x: axes[first], y: axes[first + 1], z: axes[first + 2], at: t)
            }
            found += told(by: &model)
        }
        model.finish()
        return found + told(by: &model)
    }

    private static func told(by model: inout SkiTurns) -> [LabelledTurns.Turn] {
        var turns: [LabelledTurns.Turn] = []
        while let turn = model.next() {
            let isLeft = turn.direction == .left
            turns.append(LabelledTurns.Turn(since: turn.since, until: turn.until, isLeft: isLeft))
        }
        return turns
    }

    /// About normal: twelve uniform numbers.
    static func bell(_ random: inout SplitMix) -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
    }

    /// The labels that say the same as the gyroscopes, and those that both of them contradict.
    private static func split(
        _ recording: LabelledTurns
    ) -> (clear: [LabelledTurns.Turn], doubtful: [LabelledTurns.Turn]) {
        let isDoubtful = { (turn: LabelledTurns.Turn) in
            let heading = recording.heading(of: turn)
            return turn.isLeft ? max(heading.left, heading.right) < 0 : min(heading.left, heading.right) > 0
        }
        return (recording.turns.filter { !isDoubtful($0) }, recording.turns.filter(isDoubtful))
    }

    /// A turn is right when it goes to the labelled side and overlaps the label by at least half of the shorter of the
    /// two; one turn for one label, the largest overlaps first.
    private static func report(
        _ name: String,
        _ found: [LabelledTurns.Turn],
        _ labels: [LabelledTurns.Turn],
        goal: Double? = nil
    ) {
        var pairs: [(found: Int, label: Int, overlap: Double)] = []
        for (one, turn) in found.enumerated() {
            for (other, label) in labels.enumerated() where turn.isLeft == label.isLeft {
                let overlap = turn.overlap(label)
                let enough = min(turn.duration, label.duration) / 2
                if overlap > 0, overlap >= enough { pairs.append((one, other, overlap)) }
            }
        }
        pairs.sort { $0.overlap > $1.overlap }
        var taken: (found: Set<Int>, labels: Set<Int>) = ([], [])
        for pair in pairs where !taken.found.contains(pair.found) && !taken.labels.contains(pair.label) {
            taken.found.insert(pair.found)
            taken.labels.insert(pair.label)
        }
        let right = Double(taken.labels.count)
        let precision = found.isEmpty ? 0 : right / Double(found.count)
        let recall = labels.isEmpty ? 0 : right / Double(labels.count)
        let both = precision + recall
        say(
            "\(name): \(taken.labels.count) of \(labels.count) turns, \(found.count - taken.found.count) more"
        )
        Figure(name: "turns, \(name), precision", value: precision, unit: "1").report()
        Figure(name: "turns, \(name), recall", value: recall, unit: "1").report()
        Figure(
            name: "turns, \(name), F1",
            value: both > 0 ? 2 * precision * recall / both : 0,
            unit: "1",
            goal: goal.map { .atLeast($0) }
        ).report()
    }

    private static func line(_ turn: LabelledTurns.Turn) -> String {
        String(
            format: "{\"event\":\"turn\",\"from_s\":%.2f,\"to_s\":%.2f,\"direction\":\"%@\"}",
            turn.since,
            turn.until,
            turn.isLeft ? "left" : "right"
        )
    }

    private static func sampleCost() {
        let count = 200_000
        var heard = 0
        let least = least(of: 5) {
            var day = SkiDay()
            return Cost.of {
                for index in 0..<count {
                    let t = Double(index) / 50
                    let rate = 40 * sin(2 * .pi * t / 5)
                    for ski in Ski.allCases { day.learn(ski, x: 1, y: 2, z: rate, at: t) }
                    while day.next() != nil { heard += 1 }
                }
            }.processor
        }
        precondition(heard > 0)
        Figure(name: "skis, a sample of one ski", value: least / Double(2 * count) * 1e9, unit: "ns").report()
        Figure(name: "skis, state", value: Double(MemoryLayout<SkiDay>.size), unit: "bytes").report()
        Figure(name: "skis, state of turns", value: Double(MemoryLayout<SkiTurns>.size), unit: "bytes")
            .report()
    }
}
