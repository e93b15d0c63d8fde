/// For how long and how many readings in a row something has held: what tells a wild value from a state. 24
/// bytes.
struct LastingState: BitwiseCopyable, Sendable {
    private(set) var since = 0.0
    private var last = 0.0
    private(set) var readings = 0.0

    /// - Parameter gap: seconds without a reading after which nobody knows whether it held in between.
    mutating func take(_ holds: Bool, at t: Double, gap: Double) {
        if !holds || t < last || t - last > gap { readings = 0 }
        if holds {
            if readings == 0 { since = t }
            readings = min(readings + 1, 1e9)
        }
        last = t
    }

    func hasLasted(_ seconds: Double, readings count: Double) -> Bool {
        readings >= count && last - since >= seconds
    }
}
