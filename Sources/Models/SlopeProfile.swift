/// How steep the ground was along the path of a skier: the grade of the last 40 m, and the grades of all stretches of
/// 100 m of a run, of which the 90 % quantile says how steep the run is (short steep stretches do not count).
///
/// Fed with the altitude at each step of 10 m of path. 320 bytes.
struct SlopeProfile: BitwiseCopyable, Sendable {
    static let step = 10.0
    private static let steps = 10
    private static let recent = 4
    private static let bins = 128

    private var altitudes = InlineArray<11, Float>(repeating: 0)
    private var known: Int32 = 0
    /// How many stretches had a grade of 0 to 1 %, 1 to 2 %, ….
    private var grades = InlineArray<128, UInt16>(repeating: 0)
    private var stretches: Int32 = 0
    /// The lowest altitude up to which stretches are counted, and the steps since.
    private var counted: Float = 0
    private var open = 0

    /// Forgets everything; the path begins here.
    mutating func restart(at altitude: Double) {
        if stretches > 0 || known != 1 { self = SlopeProfile() }
        known = 1
        altitudes[0] = Float(altitude)
        counted = Float(altitude)
    }

    /// Takes the altitude 10 m of path after the last one.
    mutating func add(_ altitude: Double) {
        for index in stride(from: Self.steps, to: 0, by: -1) { altitudes[index] = altitudes[index - 1] }
        altitudes[0] = Float(altitude)
        known = min(known + 1, Int32(Self.steps) + 1)
        // Only what goes down belongs to a run: not the shuffling about at its foot.
        open = min(open + 1, Self.steps)
        guard altitudes[0] <= counted - 1 else { return }
        counted = altitudes[0]
        count()
    }

    /// The grade downhill of the last 40 m, in percent; nil before there are any.
    var grade: Float? { known > Int32(Self.recent) ? grade(over: Self.recent) : nil }

    /// The grade that nine tenths of the stretches of 100 m do not exceed; nil when there was none.
    var ruling: Float? {
        guard stretches > 0 else { return nil }
        var above = Float(stretches) * 0.1
        for bin in stride(from: Self.bins - 1, through: 0, by: -1) {
            let here = Float(grades[bin])
            if here > above { return Float(bin) + 1 - above / here }
            above -= here
        }
        return 0
    }

    private mutating func count() {
        defer { open = 0 }
        guard known > Int32(Self.steps), Int(stretches) + open <= Int(UInt16.max) else { return }
        let bin = Int(min(max(grade(over: Self.steps), 0), Float(Self.bins - 1)))
        grades[bin] += UInt16(open)
        stretches += Int32(open)
    }

    private func grade(over steps: Int) -> Float {
        let length = Float(steps) * Float(Self.step)
        return min(max(100 * (altitudes[steps] - altitudes[0]) / length, -200), 200)
    }
}
