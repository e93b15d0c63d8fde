import Measuring

/// `vigie-models [NAME …] [--data FOLDER] [--output FOLDER]`: what the models find in recorded data, and what
/// they cost; prints one JSON object a line.
@main
enum Main {
    static let benchmarks: [Benchmark] = [
        .costs,
        .nab,
        .lifts,
        .skis,
        .liftSimulations,
        .trainFalls,
        .falls,
        .water,
        .irrigation,
        .inactivity,
        .peers,
        .baselines,
        .appliances,
        .wearables,
        .nabPolicy,
        .nabLeaveOneOut,
        .findings,
        .scenarios,
        .endUses,
        .hydration,
        .electricity,
    ]

    static func main() { Benchmark.main(benchmarks) }
}
