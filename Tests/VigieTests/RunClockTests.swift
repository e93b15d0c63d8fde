import Testing
import Units

@testable import vigie

@Suite("The clock of a run")
struct RunClockTests {
    private let noon = Moment(seconds: 1_767_614_400)

    @Test("It follows the machine's clock")
    func follows() {
        let next = RunClock.next(after: (noon, 10), read: noon + .seconds(3), at: 13)
        #expect(next == noon + .seconds(3))
    }

    @Test("Set back, it goes on at half its speed until both agree")
    func setBack() {
        var last = (moment: noon, second: 10.0)
        // Ten minutes back: each second of life takes half a second off the difference.
        for second in 1...1200 {
            let read = noon - .minutes(10) + .seconds(second)
            let next = RunClock.next(after: last, read: read, at: 10 + Double(second))
            #expect(next > last.moment, "no timer stands still")
            last = (next, 10 + Double(second))
        }
        #expect(last.moment == noon + .minutes(10))
        let after = RunClock.next(after: last, read: noon + .minutes(10) + .seconds(1), at: 1211)
        #expect(after == noon + .minutes(10) + .seconds(1))
    }

    @Test("A simulated clock stands until it begins")
    func simulated() {
        let clock = RunClock(from: noon, factor: 1000, notBefore: .distantPast)
        #expect(clock.now() == noon)
        #expect(clock.now() == noon)
        clock.begin()
        #expect(clock.now() >= noon)
    }
}
