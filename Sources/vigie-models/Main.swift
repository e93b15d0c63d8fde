import Measuring

/// `vigie-models [NAME …] [--data FOLDER] [--output FOLDER]`: what the models find in recorded data, and what they
/// cost; prints one JSON object a line.
@main
enum Main {
    static let benchmarks: [Benchmark] = [.costs, .water, .irrigation, .inactivity, .findings, .scenarios]

    static func main() { Benchmark.main(benchmarks) }
}
