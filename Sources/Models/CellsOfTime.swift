/// How a table of cells follows the calendar: `kinds` kinds of day, each of `parts` equal parts.
///
/// Of one kind all days are alike; of two, Monday to Friday and the weekend; of three, Monday to Friday,
/// Saturday and Sunday; of seven, each day of the week is its own.
struct CellsOfTime {
    let kinds: Int
    let parts: Int

    /// The cell in which a time that `isMoment` lies, `kinds` × `parts` in all.
    // Inlined, so that the questions for the kinds of day are answered when it is compiled.
    @inline(__always)
    func cell(at t: Double, on day: Weekday?) -> Int {
        let part = t.secondOfDay * parts / 86_400
        return kinds == 1 ? part : kind(day ?? Weekday(of: t)) * parts + part
    }

    func kind(_ day: Weekday) -> Int {
        let weekday = Int(day.rawValue)
        return switch kinds {
        case 1: 0
        case 2: day.isWeekend ? 1 : 0
        case 3: max(0, weekday - 4)
        default: min(weekday, kinds - 1)
        }
    }
}
