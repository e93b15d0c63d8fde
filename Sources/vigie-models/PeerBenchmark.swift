import Foundation
import Measuring
import Models

extension Benchmark {
    /// How many times faster a sample is than in River, on the same values in the same run.
    static let peers = Benchmark(
        name: "peers",
        summary: "the comparable models of River (Python) on the same values; needs --python with river"
    ) { options in
        guard let python = options.python else {
            say("no --python with the package river was given: the comparison is left out")
            return
        }
        let theirs: [String: Double]
        do {
            theirs = try riverSeconds(python, options)
        } catch let failure as BenchmarkFailure {
            say("\(failure); the comparison with River is left out")
            return
        }
        func compare(_ name: String, _ model: some Model) {
            guard let river = theirs[name] else {
                say("River reported nothing for \(name)")
                return
            }
            let ours = OrdinaryHours.cost(of: model)
            Figure(
                name: "\(name), samples a second against River",
                value: (1 / ours).rounded(),
                unit: "1/s",
                baseline: (1 / river).rounded()
            ).report()
        }
        compare("moments", Moments())
        compare("fading moments", FadingMoments(memory: 100))
        compare("robust scale", RobustScale(memory: 200))
        // Theirs follows one quantile, ours all of them.
        compare("quantile sketch", QuantileSketch(resolution: 1))
        compare("hour of day", HourOfDay())
        compare("Holt-Winters", HoltWinters())
        compare("Page-Hinkley", PageHinkley())
        compare("adaptive window", AdaptiveWindow(range: 60))
        compare("half-space trees", HalfSpaceTrees())
    }

    /// Seconds a sample by the names of our models.
    private static func riverSeconds(_ python: String, _ options: Options) throws -> [String: Double] {
        struct Row: Decodable {
            let model: String
            let seconds: Double
        }
        let folder = URL(fileURLWithPath: options.output)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent("ordinary-hours.txt")
        let lines = OrdinaryHours.values.map { "\($0)" }.joined(separator: "\n")
        try Data(lines.utf8).write(to: file)
        let script = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .appendingPathComponent("../../../deploy/peers/river_models.py").standardized.path
        let output = try Child.output(of: python, [script, file.path])
        let rows = try output.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Row.self, from: Data($0))
        }
        return Dictionary(rows.map { ($0.model, $0.seconds) }) { _, last in last }
    }
}
