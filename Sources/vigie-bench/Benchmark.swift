import Foundation

/// What a benchmark is called with.
struct Options {
    /// A folder with the data that no licence lets us ship.
    let data: String?
}

/// One measurement or a family of them.
struct Benchmark: Sendable {
    let name: String
    let run: @Sendable (Options) throws -> Void

    static let all: [Benchmark] = [.replay, .devices]
}

/// One result: a figure, and where there is one the figure it is compared with, measured in the same run.
struct Result {
    let name: String
    let value: Double
    let unit: String
    var baseline: Double?

    func print() {
        var line = "{\"name\":\"\(name)\",\"value\":\(Self.text(value)),\"unit\":\"\(unit)\""
        if let baseline {
            line += ",\"baseline\":\(Self.text(baseline)),\"ratio\":\(Self.text(value / baseline))"
        }
        Swift.print(line + "}")
        fflush(nil)
    }

    private static func text(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        return abs(value) >= 100 ? String(format: "%.0f", value) : String(format: "%.3g", value)
    }
}

/// Seconds of processor time of this thread: what a noisy machine disturbs least.
func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The best of several runs: noise only ever adds.
func best(of rounds: Int, _ body: () throws -> Double) rethrows -> Double {
    var best = Double.infinity
    for _ in 0..<rounds { best = min(best, try body()) }
    return best
}

/// Memory of this process that is really there, in bytes.
func residentBytes() -> Double {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return .nan }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? .nan
    return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
}
