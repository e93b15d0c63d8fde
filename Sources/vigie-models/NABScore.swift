import Foundation

/// The scoring of the Numenta Anomaly Benchmark, version 1.1 (A. Lavin, S. Ahmad, "Evaluating real-time anomaly
/// detection algorithms", 2015; `nab/sweeper.py`): a window that is found counts by how early, an alarm outside of all
/// by how far behind the last window. The first 15 % of a series, at most 750 values, are not scored. The threshold is
/// the best over all series, as there.
struct NABScore {
    struct Alarm {
        let index: Int
        /// 0 to 1; the threshold is on this.
        let score: Double
    }

    struct Profile {
        let name: String
        let miss: Double
        let falseAlarm: Double

        static let standard = Profile(name: "standard", miss: 1, falseAlarm: 0.11)
        static let lowFalsePositives = Profile(name: "low FP", miss: 1, falseAlarm: 0.22)
        static let lowFalseNegatives = Profile(name: "low FN", miss: 2, falseAlarm: 0.11)
        static let all = [standard, lowFalsePositives, lowFalseNegatives]
    }

    /// What a threshold makes of the alarms of some series.
    struct Result {
        /// Found windows and false alarms weighed, missed windows not yet taken off.
        var gain = 0.0
        var windows = 0
        var found = 0
        var falseAlarms = 0
        var threshold = 1.1

        /// 0 for a detector that says nothing, 100 for a perfect one.
        func normalised(_ profile: Profile) -> Double { 100 * gain / (Double(windows) * (1 + profile.miss)) }
    }

    private struct Weighed {
        let weight: [Double]
        /// The number of the window among all, or -1.
        let window: [Int]
        let probation: Int
    }

    private let series: [Weighed]
    private let windowsOf: [Int]
    private let windows: Int

    init(_ corpus: [NABCorpus.Series]) {
        var count = 0
        series = corpus.map { one in
            defer { count += one.windows.count }
            return Self.weigh(one, firstWindow: count)
        }
        windowsOf = corpus.map(\.windows.count)
        windows = count
    }

    /// The best threshold's result over the series that `counts` names, all without it.
    func best(_ alarms: [[Alarm]], _ profile: Profile, counts: [Bool]? = nil) -> Result {
        sweep(alarms, profile, counts, downTo: nil)
    }

    func result(_ alarms: [[Alarm]], _ profile: Profile, threshold: Double, counts: [Bool]? = nil) -> Result {
        sweep(alarms, profile, counts, downTo: threshold)
    }

    private func sweep(_ alarms: [[Alarm]], _ profile: Profile, _ counts: [Bool]?, downTo: Double?) -> Result
    {
        var all: [(score: Double, series: Int, index: Int)] = []
        var now = Result()
        for (number, of) in alarms.enumerated() where counts?[number] ?? true {
            now.windows += windowsOf[number]
            for alarm in of where alarm.index >= series[number].probation && alarm.score > 0 {
                all.append((alarm.score, number, alarm.index))
            }
        }
        all.sort { ($1.score, $0.series, $0.index) < ($0.score, $1.series, $1.index) }
        var best = now
        var gained = [Double](repeating: -1, count: windows)
        for (place, alarm) in all.enumerated() {
            if let downTo, alarm.score < downTo { break }
            let weight = series[alarm.series].weight[alarm.index]
            let window = series[alarm.series].window[alarm.index]
            if window < 0 {
                now.gain += profile.falseAlarm * weight
                now.falseAlarms += 1
            } else if gained[window] < 0 {
                now.gain += profile.miss + weight
                now.found += 1
                gained[window] = weight
            } else if weight > gained[window] {
                now.gain += weight - gained[window]
                gained[window] = weight
            }
            // Equal scores stand on the same side of any threshold.
            let isLastOfEqual = place + 1 == all.count || all[place + 1].score < alarm.score
            if isLastOfEqual {
                now.threshold = alarm.score
                if downTo != nil || now.gain > best.gain { best = now }
            }
        }
        return best
    }

    /// How a false alarm or a find counts, by its distance from the end of a window in lengths of the window.
    private static func sigmoid(_ distance: Double) -> Double {
        distance > 3 ? -1 : 2 / (1 + exp(5 * distance)) - 1
    }

    private static func weigh(_ one: NABCorpus.Series, firstWindow: Int) -> Weighed {
        let count = one.values.count
        var weight = [Double](repeating: -1, count: count)
        var window = [Int](repeating: -1, count: count)
        for (number, span) in one.windows.enumerated() {
            let length = Double(span.upperBound - span.lowerBound)
            for index in span {
                let toEnd = Double(span.upperBound - index + 1)
                weight[index] = sigmoid(-toEnd / (length + 1)) / sigmoid(-1)
                window[index] = firstWindow + number
            }
            let next = number + 1 < one.windows.count ? one.windows[number + 1].lowerBound : count
            for index in min(span.upperBound + 1, next)..<next {
                weight[index] = sigmoid(Double(index - span.upperBound) / length)
            }
        }
        return Weighed(weight: weight, window: window, probation: min(count * 15 / 100, 750))
    }
}
