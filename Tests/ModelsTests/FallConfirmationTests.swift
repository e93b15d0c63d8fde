import Testing

@testable import Models

@Suite("Getting up after a fall")
struct FallConfirmationTests {
    private typealias Second = FallConfirmation.Second

    private static let up = SIMD3<Float>(0, 1, 0)
    private static let flat = SIMD3<Float>(1, 0, 0)
    private static let lying = Second(direction: flat, deviation: 0.01, rises: 0)
    private static let standing = Second(direction: up, deviation: 0.02, rises: 0)
    private static let step = Second(direction: up, deviation: 0.2, rises: 2)
    private static let struggle = Second(direction: flat, deviation: 0.3, rises: 6)

    /// The state after these seconds, the first of which ends one second after the impact.
    private func state(
        after seconds: [Second?],
        before: SIMD3<Float> = up,
        turned: Float = .pi / 2
    ) -> FallConfirmation.State {
        var confirmation = FallConfirmation()
        confirmation.begin(at: 100, toldAt: 100, before: before, turned: turned)
        for (index, second) in seconds.enumerated() {
            confirmation.take(second, at: 101 + Double(index))
        }
        return confirmation.state
    }

    private func lying(_ count: Int) -> [Second] { Array(repeating: Self.lying, count: count) }
    private func many(_ second: Second, _ count: Int) -> [Second] { Array(repeating: second, count: count) }

    @Test("Lying still is confirmed after half a minute, not before")
    func lyingStill() {
        #expect(state(after: lying(29)) == .possible)
        #expect(state(after: lying(30)) == .confirmed)
    }

    @Test("Standing again and a few steps is recovered; standing alone is not enough")
    func gettingUp() {
        #expect(state(after: lying(9) + many(Self.standing, 3) + many(Self.step, 3)) == .recovered)
        #expect(state(after: lying(9) + many(Self.standing, 12)) == .possible)
        #expect(state(after: lying(4) + many(Self.standing, 26)) == .possible)
    }

    @Test("Where the posture says nothing eight seconds of walking are asked for")
    func walking() {
        #expect(state(after: lying(9) + many(Self.step, 7), turned: 0) == .possible)
        #expect(state(after: lying(9) + many(Self.step, 8), turned: 0) == .recovered)
    }

    @Test("Who lay before the fall has not got up when lying again")
    func outOfBed() {
        #expect(state(after: lying(30), before: Self.flat, turned: 0.3) == .confirmed)
        #expect(state(after: many(Self.struggle, 4) + lying(8), before: Self.flat, turned: 0.3) == .possible)
    }

    @Test("Who struggles on the floor, and a sensor that fell silent, stay in doubt")
    func doubt() {
        #expect(state(after: many(Self.struggle, 60)) == .possible)
        #expect(state(after: lying(8) + Array(repeating: nil, count: 60)) == .possible)
    }

    @Test("Struggling at first and lying still later is confirmed by the second half minute")
    func later() {
        #expect(state(after: many(Self.struggle, 30) + lying(29)) == .possible)
        #expect(state(after: many(Self.struggle, 30) + lying(31)) == .confirmed)
    }

    @Test("Who is helped up after a confirmed fall has recovered")
    func helped() {
        #expect(state(after: lying(100) + many(Self.standing, 3) + many(Self.step, 3)) == .recovered)
    }

    @Test("Movement within four seconds of the impact is no walking")
    func settling() {
        #expect(state(after: many(Self.step, 3) + many(Self.standing, 4)) == .possible)
    }

    @Test("After an hour nobody waits any more")
    func over() {
        #expect(state(after: lying(3598)) == .confirmed)
        #expect(state(after: lying(3601)) == .none)
    }

    @Test("A clock that is set back does not end an alarm, and the half minute begins anew")
    func setBack() {
        var confirmation = FallConfirmation()
        confirmation.begin(at: 100, toldAt: 103, before: Self.up, turned: 1)
        for second in 0..<30 { confirmation.take(Self.lying, at: 20 + Double(second)) }
        #expect(confirmation.state == .possible)
        confirmation.take(Self.lying, at: 50)
        #expect(confirmation.state == .confirmed)
    }
}
