import Measuring

/// A measurement that needs a process of its own: its memory, or a start from nothing.
struct Worker: Sendable {
    let name: String
    /// Hands out the numbers that the benchmark which starts it expects.
    let run: @Sendable ([String]) throws -> [Double]

    static let all: [Worker] = [.devices, .start, .cases]

    /// In the new process.
    static func work(_ words: [String]) throws {
        guard let worker = all.first(where: { $0.name == words.first }) else {
            throw BenchmarkFailure("there is no worker \"\(words.first ?? "")\"")
        }
        print(try worker.run(Array(words.dropFirst())).map(\.description).joined(separator: " "))
    }

    /// Its numbers, from a new process.
    func numbers(_ arguments: String...) throws -> [Double] {
        let output = try Child.output(of: "/proc/self/exe", ["--worker", name] + arguments)
        return String(decoding: output, as: UTF8.self).split(whereSeparator: \.isWhitespace).compactMap {
            Double($0)
        }
    }
}
