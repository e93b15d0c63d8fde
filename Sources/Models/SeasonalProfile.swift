/// What is usual in each part of a day of each kind: the shared work of `HourOfDay` and `HourOfWeek`.
///
/// Internal and generic, so that each of them is compiled for its own number of cells.
struct SeasonalProfile<let cells: Int>: BitwiseCopyable, Sendable {
    private var table: PooledCells<cells>
    private var seen = SeenTime()
    private let warmUp: Double

    /// Hours of one day, or of each day of a week.
    private static var calendar: CellsOfTime { CellsOfTime(kinds: max(1, cells / 24), parts: min(cells, 24)) }

    init(memory: Double, warmUp: Double) {
        table = PooledCells(memory: memory, parts: Self.calendar.parts)
        self.warmUp = max(1, min(warmUp.bounded, 1e9))
    }

    var isWarm: Bool { seen.seconds >= warmUp }

    @inline(__always)
    func score(_ x: Double, at t: Double, on day: Weekday?) -> Score {
        guard x.isFinite, t.isMoment else { return Score(sigmas: 0, usual: 0, isWarm: isWarm) }
        let cell = Self.calendar.cell(at: t, on: day)
        let usual = table.usual(cell)
        let sigmas = x.bounded.sigmas(from: usual, spread: table.spread(cell))
        return Score(sigmas: sigmas, usual: usual, isWarm: isWarm)
    }

    @inline(__always)
    func band(at t: Double, on day: Weekday?, within limit: Double) -> Band? {
        guard t.isMoment else { return nil }
        let cell = Self.calendar.cell(at: t, on: day)
        return Band(around: table.usual(cell), spread: table.spread(cell), within: limit)
    }

    @inline(__always)
    mutating func learn(_ x: Double, at t: Double, on day: Weekday?) -> Bool {
        guard x.isFinite, t.isMoment, let interval = seen.interval(to: t) else { return false }
        // A value stands for the time since the one before, as far as that lies in its own part of the day.
        let weight = seen.hasBegun ? interval * Double(Self.calendar.parts) / 86_400 : 1
        table.learn(
            x,
            in: Self.calendar.cell(at: t, on: day),
            weight: min(1, max(weight, 1e-3)),
            clip: 4
        )
        seen.advance(to: t)
        return true
    }
}
