/// Sums of what lies above and below a reference, each of which starts anew at zero: E. S. Page, "Continuous
/// inspection schemes", Biometrika 41, 1954. 32 bytes.
struct TwoSidedSum: BitwiseCopyable, Sendable {
    private(set) var upward = 0.0
    private(set) var downward = 0.0
    private var upwardSince = 0.0
    private var downwardSince = 0.0

    var largest: Double { max(upward, downward) }
    var direction: Score.Direction { upward > downward ? .above : downward > 0 ? .below : .usual }
    var cause: Alarm.Cause { upward >= downward ? .shiftUp : .shiftDown }

    /// When the larger sum began to grow: the most likely time of the change.
    var since: Double { upward >= downward ? upwardSince : downwardSince }

    /// - Parameters:
    ///   - distance: how far the value lies from the reference.
    ///   - slack: how much of that is forgiven on both sides.
    ///   - most: what no sum grows beyond, so that it comes back in time when the change ends.
    mutating func add(_ distance: Double, slack: Double, most: Double, at t: Double) {
        if upward == 0 { upwardSince = t }
        if downward == 0 { downwardSince = t }
        upward = min(most, max(0, upward + distance - slack))
        downward = min(most, max(0, downward - distance - slack))
    }

    mutating func fade(by factor: Double) {
        upward *= factor
        downward *= factor
    }
}
