/// How much the least flow of a day lies above what it used to be, summed up over days: finds a leak on top of
/// a home whose meter never stands still anyway.
///
/// M is the least mean flow over a few hours within the last 24; CUSUM (E. S. Page, Biometrika 41, 1954):
/// C = max(0, C + (M − usual − 0.7 − deviation) / 24) an hour, in L/h·days. 128 bytes.
struct MinimumFlow: BitwiseCopyable, Sendable {
    private var flows = InlineArray<24, Float>(repeating: -1)
    private(set) var usual: Float = 0
    private var deviation: Float = 0
    /// The accumulated excess in L/h·days.
    private(set) var excess: Float = 0
    /// How far above the usual the least flow may lie without adding to the excess, in L/h.
    var tolerated: Float { 0.7 + deviation }
    /// The least flow of the last 24 hours in L/h.
    private(set) var least: Float = 0
    private(set) var since = 0.0
    let limit: Float
    private var next: UInt8 = 0
    private let parts: UInt8
    private let window: UInt8
    private var isAlarmed: UInt8 = 0

    /// - Parameters:
    ///   - limit: the excess at which to be alarmed, in L/h·days.
    ///   - parts: blocks in 24 hours, at most 24.
    ///   - window: blocks over which flows are averaged, so that single pulses do not look like flow.
    init(limit: Double, parts: Int, window: Int) {
        self.limit = Float(limit)
        self.parts = UInt8(parts)
        self.window = UInt8(window)
    }

    /// Whether the excess reached the limit and has not gone below half of it since.
    var isAlarming: Bool { isAlarmed == 1 }

    /// A block of which nothing is known. A window with one in it says nothing.
    mutating func skip() { push(-1) }

    mutating func take(flow: Double, start: Double, hours: Float, isWarm: Bool) {
        push(Float(min(flow, 1e6)))
        guard let minimum = leastMean() else { return }
        least = minimum
        if isWarm {
            if excess == 0 { since = start }
            // No more than half above the limit, so that a repair clears soon.
            excess = min(1.5 * limit, max(0, excess + (minimum - usual - tolerated) * hours / 24))
            if excess >= limit { isAlarmed = 1 } else if excess < limit / 2 { isAlarmed = 0 }
        }
        let memory: Float = !isWarm ? 7 : isAlarming ? 365 : 30
        let rate = hours / 24 / memory
        let clip = isWarm ? 2 * deviation + 1 : 1e6
        let distance = max(-clip, min(minimum - usual, clip))
        usual += rate * distance
        deviation += rate * (abs(distance) - deviation)
    }

    private mutating func push(_ flow: Float) {
        flows[Int(next)] = flow
        next = (next + 1) % parts
    }

    /// The least mean over `window` consecutive blocks; nil unless at least half of the windows are known.
    private func leastMean() -> Float? {
        let count = Int(parts)
        let width = Int(window)
        var minimum = Float.infinity
        var known = 0
        for first in 0...(count - width) {
            var sum: Float = 0
            var isKnown = true
            for offset in 0..<width {
                let flow = flows[(Int(next) + first + offset) % count]
                isKnown = isKnown && flow >= 0
                sum += flow
            }
            guard isKnown else { continue }
            known += 1
            minimum = min(minimum, sum / Float(width))
        }
        return known * 2 > count - width ? minimum : nil
    }
}
