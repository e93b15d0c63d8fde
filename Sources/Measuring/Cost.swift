import Foundation

/// What some work took.
public struct Cost {
    /// Seconds of processor time of this thread: what a noisy machine disturbs least.
    public var processor: Double
    /// Seconds on the clock.
    public var elapsed: Double

    public static func of(_ body: () throws -> Void) rethrows -> Cost {
        let processor = seconds(CLOCK_THREAD_CPUTIME_ID)
        let elapsed = seconds(CLOCK_MONOTONIC)
        try body()
        return Cost(
            processor: seconds(CLOCK_THREAD_CPUTIME_ID) - processor,
            elapsed: seconds(CLOCK_MONOTONIC) - elapsed
        )
    }
}

public func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The least of several runs: noise only ever adds.
public func least(of rounds: Int, _ body: () throws -> Double) rethrows -> Double {
    var least = Double.infinity
    for _ in 0..<rounds { least = min(least, try body()) }
    return least
}

extension [Double] {
    /// The value below which a share of all lies; the list is sorted.
    public func quantile(_ share: Double) -> Double {
        isEmpty ? .nan : self[Swift.min(count - 1, Int(Double(count) * share))]
    }

    public var median: Double { sorted().quantile(0.5) }
}

/// Memory of this process that is really there, in bytes.
public func residentBytes() throws -> Double {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    guard let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) }) else {
        throw BenchmarkFailure("/proc/self/statm holds \"\(text)\", expected a line of numbers")
    }
    return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
}
