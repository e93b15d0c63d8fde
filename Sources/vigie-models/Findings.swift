import Foundation
import Measuring
import Models
import Units

extension Benchmark {
    /// Everything that the detectors find in a file or in all files of a folder.
    static let findings = Benchmark(
        name: "findings",
        summary: "one finding a line for any file of readings or hourly litres (--data FILE-or-FOLDER)"
    ) { options in
        guard let path = options.data else {
            say("findings need --data with a file of readings, or a folder of such files: left out")
            return
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for file in try files(at: URL(fileURLWithPath: path)) {
            guard let homes = try HourlyUse.read(file) else {
                say("\(file.path): not a format of water readings, left out")
                continue
            }
            for home in homes {
                for finding in HomeWatch.findings(in: home) {
                    print(String(decoding: try encoder.encode(finding), as: UTF8.self))
                }
            }
        }
    }

    private static func files(at url: URL) throws -> [URL] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw BenchmarkFailure("\(url.path): there is no such file or folder")
        }
        guard isFolder.boolValue else { return [url] }
        guard let all = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil) else {
            throw BenchmarkFailure("\(url.path): the folder cannot be read")
        }
        return all.compactMap { $0 as? URL }
            .filter { url in [".csv", ".csv.gz", ".json"].contains { url.path.hasSuffix($0) } }
            .sorted { $0.path < $1.path }
    }
}

extension HomeWatch {
    /// Litres that meters fall back now and then without anything being wrong; a file with labels has none of that.
    static func tolerance(for home: HourlyUse) -> Double { home.steps.contains { $0.label != nil } ? 0 : 5 }

    static func findings(in home: HourlyUse) -> [FindingLine] {
        var watch = HomeWatch(tolerance: tolerance(for: home))
        return home.steps.flatMap { step in
            watch.take(step).map { FindingLine(household: home.household, finding: $0) }
        }
    }
}

/// A finding as it is printed.
struct FindingLine: Encodable {
    struct Reasons: Encodable {
        let cause: String
        let share: Int
    }

    struct Why: Encodable {
        let reasons: [Reasons]
        let seen: Double
        let usual: Double
        let low: Double
        let high: Double
        let percentile: Double?
        let pastDays: Double

        private enum CodingKeys: String, CodingKey {
            case reasons, seen, usual, low, high, percentile
            case pastDays = "past_days"
        }
    }

    let household: String
    let kind: String
    let begin: String
    let at: String
    let flow: Double
    let explanation: Why

    init(household: String, finding: HomeWatch.Finding) {
        self.household = household
        kind = finding.kind
        begin = "\(Moment(seconds: Int64(finding.begin)))"
        at = "\(Moment(seconds: Int64(finding.at)))"
        flow = Self.rounded(finding.flow)
        let why = finding.explanation
        explanation = Why(
            reasons: why.reasons.map { Reasons(cause: "\($0.cause)", share: Int($0.share)) },
            seen: Self.rounded(why.seen),
            usual: Self.rounded(why.usual),
            low: Self.rounded(why.low),
            high: Self.rounded(why.high),
            percentile: why.percentile.map(Self.rounded),
            pastDays: Self.rounded(why.past / 86_400)
        )
    }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
