import PipelineKit
import Testing
import Units

@Suite("Counter")
struct CounterTests {
    private let start = Moment(seconds: 1_767_600_000)

    private func counter(at total: Double, rollsOverAt end: Volume = .zero) -> Counter<VolumeDimension> {
        var counter = Counter<VolumeDimension>(rollsOverAt: end, mostPerHour: .cubicMetres(5))
        #expect(counter.advance(to: .litres(total), at: start) == .first)
        return counter
    }

    @Test("Tells what was used and in how long")
    func forward() {
        var counter = counter(at: 100)
        #expect(
            counter.advance(to: .litres(112), at: start + .hours(2)) == .forward(.litres(12), .hours(2))
        )
        #expect(
            counter.advance(to: .litres(112), at: start + .hours(3)) == .forward(.litres(0), .hours(1))
        )
    }

    @Test("An older or repeated reading says nothing")
    func repeated() {
        var counter = counter(at: 100)
        #expect(counter.advance(to: .litres(120), at: start) == .repeated)
        #expect(counter.advance(to: .litres(90), at: start - .hours(1)) == .repeated)
        #expect(counter.total == .litres(100))
    }

    @Test("The digits begin anew at their end")
    func rollsOver() {
        var counter = counter(at: 99_990, rollsOverAt: .litres(100_000))
        #expect(
            counter.advance(to: .litres(15), at: start + .hours(1)) == .forward(.litres(25), .hours(1))
        )
    }

    @Test("Without a known end a fall to zero is another meter")
    func exchangedAtTheEnd() {
        var counter = counter(at: 99_990)
        #expect(counter.advance(to: .litres(15), at: start + .hours(1)) == .exchanged)
    }

    @Test("A meter may run backwards for a little")
    func backward() {
        var counter = counter(at: 100)
        #expect(counter.advance(to: .litres(94), at: start + .hours(1)) == .backward(.litres(6)))
        #expect(
            counter.advance(to: .litres(95), at: start + .hours(2)) == .forward(.litres(1), .hours(1))
        )
    }

    @Test("More than can flow is another meter, whichever way")
    func exchanged() {
        var counter = counter(at: 400_000)
        #expect(counter.advance(to: .litres(2), at: start + .hours(1)) == .exchanged)
        #expect(counter.advance(to: .litres(300_000), at: start + .hours(2)) == .exchanged)
        #expect(
            counter.advance(to: .litres(300_010), at: start + .hours(3)) == .forward(.litres(10), .hours(1))
        )
    }

    @Test("After a long gap as much may have flowed as in all of it")
    func gap() {
        var counter = counter(at: 0)
        #expect(
            counter.advance(to: .litres(60_000), at: start + .days(1)) == .forward(.litres(60_000), .days(1))
        )
    }
}
