/// How long something holds, in values, in seconds or in both. It is over when both are.
///
/// Values that come evenly are counted; where they come unevenly, or quickly, time is what people feel.
public struct Lapse: Hashable, BitwiseCopyable, Sendable {
    var samples: Float
    var seconds: Float

    public static let none = Lapse(samples: 0)

    /// - Parameters:
    ///   - samples: how many values, up to a million; 0 does not count.
    ///   - seconds: how many seconds, up to ten years; 0 does not count.
    public init(samples: Int, seconds: Double = 0) {
        self.samples = Float(min(max(0, samples), 1_000_000))
        // The greater of NaN and 0 would be NaN the other way round.
        self.seconds = Float(min(max(0, seconds), 3.2e8))
    }

    var isNone: Bool { samples == 0 && seconds == 0 }

    /// How much of it is over after so many values and seconds: 1 when just all of it.
    func share(after samples: Float, _ seconds: Float) -> Float {
        let bySamples = self.samples == 0 ? .infinity : samples / self.samples
        let bySeconds = self.seconds == 0 ? .infinity : seconds / self.seconds
        return min(bySamples, bySeconds)
    }
}
