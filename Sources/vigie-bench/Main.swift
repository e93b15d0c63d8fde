import Foundation

/// `vigie-bench [NAME …] [--data FOLDER] [--python PATH]`: measures, and prints one JSON object a line.
@main
enum Main {
    static func main() {
        do {
            var words = Array(CommandLine.arguments.dropFirst())
            if words.first == "--worker" { return try work(Array(words.dropFirst())) }
            let options = Options(
                data: try take("--data", from: &words),
                python: try take("--python", from: &words)
            )
            for word in words where !Benchmark.all.contains(where: { $0.name == word }) {
                say("vigie-bench: there is no \"\(word)\"; known are:")
                for benchmark in Benchmark.all { say("  \(benchmark.name): \(benchmark.summary)") }
                exit(64)
            }
            for benchmark in Benchmark.all where words.isEmpty || words.contains(benchmark.name) {
                say("— \(benchmark.name): \(benchmark.summary)")
                try benchmark.run(options)
            }
        } catch {
            say("vigie-bench: \(error); the measurements end here")
            exit(70)
        }
    }

    private static func take(_ option: String, from words: inout [String]) throws -> String? {
        guard let index = words.firstIndex(of: option) else { return nil }
        guard index + 1 < words.count else { throw BenchmarkFailure("\(option) needs a value") }
        defer { words.removeSubrange(index...index + 1) }
        return words[index + 1]
    }

    private static func work(_ words: [String]) throws {
        guard let worker = Worker.all.first(where: { $0.name == words.first }) else {
            throw BenchmarkFailure("there is no worker \"\(words.first ?? "")\"")
        }
        print(try worker.run(Array(words.dropFirst())).map(\.description).joined(separator: " "))
    }
}
