import Measuring
import Models

extension Benchmark {
    /// What the detector of falls costs: a sample of somebody who sits, and an impact every four seconds on top.
    static func fallCost() {
        let quiet = nanoseconds { _ in 1000 }
        let hard = nanoseconds { $0 % 200 < 2 ? 3000 : 1000 }
        Figure(name: "fall detector, a sample", value: quiet, unit: "ns", goal: .atMost(30)).report()
        Figure(name: "fall detector, an impact", value: (hard - quiet) * 200 / 1000, unit: "µs").report()
        let bytes = Double(MemoryLayout<FallDetector>.size)
        Figure(name: "fall detector, state", value: bytes, unit: "bytes", goal: .atMost(2560)).report()
    }

    /// A sample of 50 a second; the least of five rounds.
    private static func nanoseconds(_ y: (Int) -> Double) -> Double {
        let count = 200_000
        var judged = 0.0
        let least = least(of: 5) {
            var detector = FallDetector(.waist)
            return Cost.of {
                for index in 0..<count {
                    let noise = Double(index % 7)
                    detector.learn(x: noise, y: y(index), z: 30, at: 1_700_000_000 + Double(index) / 50)
                }
                judged += detector.judgedAt
            }.processor
        }
        // The sum is looked at, so that the work is not left out.
        precondition(judged.isFinite)
        return least / Double(count) * 1e9
    }
}
