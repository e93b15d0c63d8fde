import Foundation
import Measuring

/// `vigie-bench [NAME …] [--data FOLDER] [--python PATH]`: measures, and prints one JSON object a line.
@main
enum Main {
    static let benchmarks: [Benchmark] = [
        .decode, .replay, .devices, .store, .recovery, .intake, .latency, .cases, .elevators, .households,
    ]

    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.first == "--worker" else { return Benchmark.main(benchmarks) }
        try Worker.work(Array(words.dropFirst()))
    }
}
