import Testing

@testable import Models

@Suite("Small draws of water")
struct SmallDrawsTests {
    @Test("The example of the documentation holds")
    func example() {
        var glass = SmallDraws()
        for quarter in 0..<(4 * 24 * 45) {
            let hour = quarter / 4 % 24
            let isDry = quarter >= 4 * 24 * 40
            let flush = hour % 4 == 0 ? 6.0 : 0
            let drawn = (8..<20).contains(hour) && !isDry ? 0.3 : 0
            glass.learn(
                quarter % 4 == 0 ? flush : quarter % 4 == 2 ? drawn : 0,
                at: Double(quarter + 1) * 900
            )
            if !isDry { #expect(!glass.alarm.isRaised) }
        }
        #expect(glass.alarm.cause == .fewSmallDraws)
        #expect(abs(glass.alarm.usual - 12) < 0.5)
        #expect(glass.alarm.seen == 0)
        #expect(glass.alarm.since == 40 * 86_400)
        #expect(glass.daysWithout == 4)
        let why = glass.explanation
        #expect(why.reasons.map(\.share) == [100])
        #expect(why.measure == .count)
        #expect(why.low > why.seen && why.low < 12 && why.high > 12)
        #expect((why.percentile ?? 100) < 10)
        #expect(why.past > 40 * 86_400)
    }

    /// The draws of one day that a meter shows which is read every `interval` seconds, in steps of `step` litres.
    private func counted(_ taps: [(at: Double, litres: Double)], every interval: Double, step: Double) -> Int
    {
        var glass = SmallDraws()
        var (shown, total) = (0.0, 0.0)
        var next = 0
        for reading in 0...Int(86_399 / interval) {
            let t = Double(reading) * interval
            while next < taps.count, taps[next].at <= t {
                total += taps[next].litres
                next += 1
            }
            let now = (total / step + 1e-9).rounded(.down) * step
            glass.learn(now - shown, at: t)
            shown = now
        }
        return glass.today
    }

    /// A tap opened for so long, a second at a time.
    private func tap(at hour: Double, seconds: Int, perSecond: Double = 0.1) -> [(at: Double, litres: Double)]
    {
        (0..<seconds).map { (hour * 3600 + 60 + Double($0), perSecond) }
    }

    @Test("A draw is one however the meter cuts it up, and large or tiny ones do not count")
    func cut() {
        let day =
            tap(at: 7, seconds: 5) + tap(at: 8, seconds: 300) + tap(at: 12, seconds: 12)
            + tap(at: 12.5, seconds: 1, perSecond: 0.01) + tap(at: 18, seconds: 20)
        #expect(counted(day, every: 1, step: 0.01) == 3)
        #expect(counted(day, every: 10, step: 0.1) == 3)
        #expect(counted(day, every: 1, step: 0.1) == 3)
        #expect(counted(day, every: 900, step: 0.1) == 3)
    }

    @Test("Water drawn at night is not counted")
    func night() {
        let day = tap(at: 2, seconds: 5) + tap(at: 7, seconds: 5) + tap(at: 23.5, seconds: 5)
        #expect(counted(day, every: 10, step: 0.1) == 1)
    }

    /// Days that each begin and end with a shower; between them a glass in a share of the five minutes.
    private func live(
        _ days: Range<Int>,
        share: Double,
        random: inout Seeded,
        into glass: inout SmallDraws
    ) {
        for day in days {
            for slot in 0..<288 {
                let isShower = slot == 84 || slot == 258
                let isGlass = (8..<21).contains(slot / 12) && random.number() < share
                let litres = isShower ? 40 : isGlass ? 0.4 : 0
                glass.learn(litres, at: Double(day) * 86_400 + Double(slot + 1) * 300)
            }
        }
    }

    @Test("Ordinary days are quiet, half as many glasses are told within two weeks, and become the new habit")
    func fewer() {
        var random = Seeded(21)
        var glass = SmallDraws()
        for day in 0..<100 {
            live(day..<(day + 1), share: 0.08, random: &random, into: &glass)
            #expect(!glass.alarm.isRaised, "day \(day)")
        }
        live(100..<114, share: 0.035, random: &random, into: &glass)
        #expect(glass.alarm.isRaised)
        #expect(glass.alarm.since >= 90 * 86_400)
        #expect(glass.alarm.seen < glass.alarm.usual)
        var lasting = 114
        while glass.alarm.isRaised, lasting < 200 {
            live(lasting..<(lasting + 1), share: 0.035, random: &random, into: &glass)
            lasting += 1
        }
        #expect(!glass.alarm.isRaised && lasting > 120, "until day \(lasting)")
    }

    @Test(
        "Days that nobody was at home, of which little is known, or on which water ran all the time, say nothing"
    )
    func unknown() {
        var random = Seeded(23)
        var glass = SmallDraws()
        live(0..<60, share: 0.08, random: &random, into: &glass)
        glass.learn(0, at: 60 * 86_400 + 300)
        let usual = glass.score(0, at: 60 * 86_400)
        for slot in 1..<(288 * 10) { glass.learn(0, at: 60 * 86_400 + Double(slot + 1) * 300) }
        for half in 0..<20 { glass.learn(100, at: Double(70 * 86_400 + (half + 1) * 43_200)) }
        for slot in 0..<(8640 * 4) { glass.learn(0.1, at: 80 * 86_400 + Double(slot + 1) * 10) }
        glass.learn(0, at: 84 * 86_400 + 3600)
        #expect(glass.score(0, at: 84 * 86_400 + 3600) == usual)
        #expect(glass.daysWithout == 0)
    }
}
