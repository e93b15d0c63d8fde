import Measuring

/// A sensor that would have recorded the same movement: slower, coarser or with a smaller range.
struct Sensor {
    /// Samples a second; that of the recording where it is slower.
    var rate: Double
    /// Whether a sample is the mean since the one before, or what happened to be there.
    var isAveraging = true
    /// The largest value of an axis, in g.
    var range = 16.0
    var scale = 1.0
    /// In milli-g.
    var noise = 0.0

    /// The rates at which a recording is judged: its own and the slower ones among those that sensors have.
    static func rates(for recording: FallRecording) -> [Double] {
        let own = recording.trials.map(\.rate).max() ?? 0
        return [own] + [50, 25, 20].filter { $0 < own }
    }

    /// Calls `take` with x, y, z in milli-g and the time for each sample. Half a second after the end it falls
    /// silent and then sends one more, so that what is pending is decided.
    func each(of trial: FallTrial, seed: UInt64 = 1, _ take: (Double, Double, Double, Double) -> Void) {
        let rate = min(self.rate, trial.rate)
        let step = trial.rate / rate
        let length = trial.samples.count / 3
        var random = SplitMix(state: seed)
        let phase = isAveraging || step == 1 ? 0 : Double(random.below(1000)) / 1000 * step
        let count = Int((Double(length) - phase) / step)
        for index in 0..<count {
            let from = phase + Double(index) * step
            var sample = isAveraging ? mean(trial, from, from + step) : pick(trial, Int(from))
            if noise > 0 || scale != 1 {
                for axis in 0..<3 { sample[axis] = sample[axis] * scale + noise * bell(&random) }
            }
            sample.clamp(
                lowerBound: .init(repeating: -1000 * range),
                upperBound: .init(repeating: 1000 * range)
            )
            take(sample[0], sample[1], sample[2], Double(index) / rate)
        }
        take(0, 0, 0, Double(count) / rate + 0.5)
    }

    private func pick(_ trial: FallTrial, _ index: Int) -> SIMD3<Double> {
        let at = trial.samples.startIndex + 3 * index
        return SIMD3(
            Double(trial.samples[at]),
            Double(trial.samples[at + 1]),
            Double(trial.samples[at + 2])
        )
    }

    /// The mean over a piece of time that may begin and end within a sample.
    private func mean(_ trial: FallTrial, _ from: Double, _ to: Double) -> SIMD3<Double> {
        var sum = SIMD3<Double>.zero
        let last = trial.samples.count / 3
        for index in Int(from)..<min(last, Int(to.rounded(.up))) {
            sum += pick(trial, index) * (min(to, Double(index + 1)) - max(from, Double(index)))
        }
        return sum / (to - from)
    }

    /// About normal, with a deviation of 1.
    private func bell(_ random: inout SplitMix) -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += Double(random.below(1000)) / 1000 }
        return sum
    }
}
