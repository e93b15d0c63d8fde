/// How often something happens in each hour of a day, on weekdays and at weekends apart. In events an hour;
/// 200 bytes.
struct WeekRates: BitwiseCopyable, Sendable {
    private var rates = InlineArray<48, Float>(repeating: 0)
    private var hours = InlineArray<2, Float>(repeating: 0)

    private static var calendar: CellsOfTime { CellsOfTime(kinds: 2, parts: 24) }
    /// Days of a kind over which an hour's rate fades.
    private static let memory: Float = 40
    /// A week: no integral is longer.
    private static let longest = 7 * 86_400.0

    /// Hours learned, of both kinds of day.
    var learned: Float { hours[0] + hours[1] }

    func rate(at t: Double) -> Double { Double(rates[Self.calendar.cell(at: t, on: nil)]) }

    /// Events to be expected between two times, at most a week apart.
    func expected(from start: Double, to end: Double) -> Double {
        var position = max(start, end - Self.longest)
        var sum = 0.0
        while position < end {
            let next = min(end, (position / 3600).rounded(.down) * 3600 + 3600)
            // Far from 1970 an hour more may be the same number.
            guard next > position else { return sum }
            sum += Double(rates[Self.calendar.cell(at: position, on: nil)]) * (next - position) / 3600
            position = next
        }
        return sum
    }

    /// Takes the events of the hours that began at `t`: of one, or of a day that is kept in its first hour. A
    /// `weight` below 1 is for those that may not be usual.
    mutating func learn(_ events: Double, hourAt t: Double, lasting length: Float = 1, weight: Float = 1) {
        let cell = Self.calendar.cell(at: t, on: nil)
        let kind = cell / 24
        let rate = max(1 / (hours[kind] / 24 + 1), 1 / Self.memory) * weight
        rates[cell] += min(1, rate) * (Float(min(events, 1e6)) - rates[cell])
        hours[kind] = min(hours[kind] + length, 1e5)
    }
}
