import Foundation

/// `vigie-bench [NAME …] [--data FOLDER]`: measures, and prints one JSON object a line.
@main
enum Main {
    static func main() throws {
        var words = Array(CommandLine.arguments.dropFirst())
        var data: String?
        if let index = words.firstIndex(of: "--data"), index + 1 < words.count {
            data = words[index + 1]
            words.removeSubrange(index...index + 1)
        }
        let known = Benchmark.all
        for word in words where !known.contains(where: { $0.name == word }) {
            let names = known.map(\.name).joined(separator: ", ")
            FileHandle.standardError.write(
                Data("vigie-bench: there is no \"\(word)\"; known: \(names)\n".utf8)
            )
            exit(64)
        }
        for benchmark in known where words.isEmpty || words.contains(benchmark.name) {
            try benchmark.run(Options(data: data))
        }
    }
}
