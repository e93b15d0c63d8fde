import Foundation
import Measuring

/// What each tap of one home in Naples let through, in litres, at the second of local time at which it was seen: files
/// `feed_TAP_….csv.gz` of `epoch_s,flow_ml_per_s`.
struct EndUses {
    struct Use {
        let at: Double
        let litres: Double
    }

    /// By the name of the tap, in the order of time.
    let taps: [String: [Use]]
    /// All of them together, as a meter would see them if there were no others.
    let all: [Use]
    /// The whole days that were recorded.
    let days: Range<Int>
    /// Stretches of which no tap says anything, not even zero.
    let gaps: [Range<Double>]

    /// Each tap says at least every five minutes that nothing runs.
    private static let longestSilence = 1800.0
    /// Seconds without flow that part two draws.
    private static let pause = 60.0

    /// Nil where the data has no such part.
    static func read(_ data: RecordedData) throws -> EndUses? {
        let folder = "redistributable/water_weusedto"
        guard data.exists(folder) else { return nil }
        guard let naples = TimeZone(identifier: "Europe/Rome") else {
            throw BenchmarkFailure("this machine does not know the time of Europe/Rome; install tzdata")
        }
        let names = try FileManager.default.contentsOfDirectory(
            atPath: data.folder.appendingPathComponent(folder).path
        ).filter { $0.hasPrefix("feed_") && $0.contains(".csv") }
        var taps: [String: [Use]] = [:]
        var times: [Double] = []
        for name in names.sorted() {
            let tap = name.split(separator: "_").dropFirst().first.map(String.init) ?? name
            let uses = try data.rows("\(folder)/\(name)").map { row in
                let (at, flow): (Double, Double) = try (
                    RecordedData.number(row[0]), RecordedData.number(row[1])
                )
                let offset = naples.secondsFromGMT(for: Date(timeIntervalSince1970: at))
                return Use(at: at + Double(offset), litres: flow / 1000)
            }
            times += uses.map(\.at)
            taps[tap] = uses.filter { $0.litres > 0 }.sorted { $0.at < $1.at }
        }
        return taps.isEmpty ? nil : EndUses(taps: taps, times: times.sorted())
    }

    private init(taps: [String: [Use]], times: [Double]) {
        self.taps = taps
        all = taps.values.flatMap { $0 }.sorted { $0.at < $1.at }
        days =
            Int((times.first ?? 0) / 86_400)..<(Int((times.last ?? 0) / 86_400) + 1)
        gaps = zip(times, times.dropFirst()).filter { $1 - $0 > Self.longestSilence }.map { $0..<$1 }
    }

    /// All water but a share of the draws of some taps, as drawn by lot.
    func all(leaving share: Double, of some: Set<String>, _ random: inout SplitMix) -> [Use] {
        var left: [Use] = []
        for (name, uses) in taps.sorted(by: { $0.key < $1.key }) {
            var last = -Double.infinity
            var isLeft = true
            for use in uses {
                if use.at - last > Self.pause { isLeft = Double.random(in: 0..<1, using: &random) < share }
                if isLeft || !some.contains(name) { left.append(use) }
                last = use.at
            }
        }
        return left.sorted { $0.at < $1.at }
    }

    func isWhole(_ day: Int) -> Bool {
        let (begin, end) = (Double(day) * 86_400, Double(day + 1) * 86_400)
        return !gaps.contains { $0.lowerBound < end && $0.upperBound > begin }
    }

    /// Reads a counter in steps of `step` litres every `interval` seconds, but for the gaps.
    func read(_ uses: [Use], every interval: Double, step: Double, _ take: (Use) -> Void) {
        var (total, shown) = (0.0, 0.0)
        var next = 0
        var gap = 0
        let first = Double(days.lowerBound) * 86_400
        for number in 0...Int(Double(days.count) * 86_400 / interval) {
            let t = first + Double(number) * interval
            while next < uses.count, uses[next].at <= t {
                total += uses[next].litres
                next += 1
            }
            while gap < gaps.count, gaps[gap].upperBound <= t { gap += 1 }
            guard gap == gaps.count || !gaps[gap].contains(t) else { continue }
            // Sums of thousandths are not exact.
            let now = (total / step + 1e-6).rounded(.down) * step
            take(Use(at: t, litres: max(0, now - shown)))
            shown = now
        }
    }
}
