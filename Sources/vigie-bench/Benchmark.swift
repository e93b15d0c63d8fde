/// What the benchmarks are called with.
struct Options {
    /// A folder with the data that no licence lets us ship.
    var data: String?
    /// A Python that has the packages of our peers.
    var python: String?
}

/// One measurement or a family of them.
struct Benchmark: Sendable {
    let name: String
    /// What it measures, in one line.
    let summary: String
    let run: @Sendable (Options) throws -> Void

    static let all: [Benchmark] = [
        .decode, .replay, .devices, .store, .recovery, .intake, .latency, .elevators, .households,
    ]
}

/// A measurement that needs a process of its own: its memory, or a start from nothing.
struct Worker: Sendable {
    let name: String
    /// Hands out the numbers that the benchmark which starts it expects.
    let run: @Sendable ([String]) throws -> [Double]

    static let all: [Worker] = [.devices, .start]
}

/// Why a benchmark has no result.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
