import Foundation

/// What the benchmarks are called with.
public struct Options: Sendable {
    /// A folder with the data that no licence lets us ship.
    public var data: String?
    /// A Python that has the packages of our peers.
    public var python: String?
    /// Where files with details are written.
    public var output: String
}

/// One measurement or a family of them.
public struct Benchmark: Sendable {
    public let name: String
    /// What it measures, in one line.
    public let summary: String
    /// Only run when it is named: it takes long or makes something.
    public let isOnRequest: Bool
    public let run: @Sendable (Options) throws -> Void

    public init(
        name: String,
        summary: String,
        isOnRequest: Bool = false,
        run: @escaping @Sendable (Options) throws -> Void
    ) {
        self.name = name
        self.summary = summary
        self.isOnRequest = isOnRequest
        self.run = run
    }

    /// Runs the benchmarks that the command line names, all but those on request when it names none:
    /// `PROGRAM [NAME …] [--data FOLDER] [--python PATH] [--output FOLDER]`. Does not come back after a mistake.
    public static func main(_ all: [Benchmark], _ arguments: [String] = CommandLine.arguments) {
        do {
            var words = Array(arguments.dropFirst())
            let options = Options(
                data: try take("--data", from: &words),
                python: try take("--python", from: &words),
                output: try take("--output", from: &words) ?? ".build/bench"
            )
            if words == ["help"] { return list(all) }
            for word in words where !all.contains(where: { $0.name == word }) {
                say("there is no benchmark \"\(word)\"; known are:")
                list(all)
                exit(64)
            }
            for benchmark in all where words.isEmpty ? !benchmark.isOnRequest : words.contains(benchmark.name)
            {
                say("— \(benchmark.name): \(benchmark.summary)")
                try benchmark.run(options)
            }
        } catch {
            say("\(error); the measurements end here")
            exit(70)
        }
    }

    private static func list(_ all: [Benchmark]) {
        for benchmark in all {
            say("  \(benchmark.name): \(benchmark.summary)\(benchmark.isOnRequest ? " (on request)" : "")")
        }
    }

    private static func take(_ option: String, from words: inout [String]) throws -> String? {
        guard let index = words.firstIndex(of: option) else { return nil }
        guard index + 1 < words.count else { throw BenchmarkFailure("\(option) needs a value") }
        defer { words.removeSubrange(index...index + 1) }
        return words[index + 1]
    }
}

/// Why a benchmark has no result.
public struct BenchmarkFailure: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
