import Models
import Testing

@Suite("Explanations")
struct ExplanationTests {
    private func shares(_ weights: (Alarm.Cause, Double)...) -> [Explanation.Reason] {
        let named = weights.map { (cause: $0.0, weight: $0.1) }
        return Explanation(weights: named, seen: 3, usual: 1, low: 0, high: 2, past: 60).reasons
    }

    @Test("Shares add up to 100, the strongest first, by largest remainder")
    func largestRemainder() {
        let thirds = shares((.aboveUsual, 1), (.shiftUp, 1), (.driftUp, 1))
        #expect(thirds.map(\.share) == [34, 33, 33])
        #expect(thirds.map(\.cause) == [.aboveUsual, .shiftUp, .driftUp])
        let uneven = shares((.aboveUsual, 0.2), (.oftenHigh, 1.1), (.none, 0.7))
        #expect(uneven.map(\.share) == [55, 35, 10])
        #expect(uneven.first?.cause == .oftenHigh)
    }

    @Test("Only the four strongest are told, and what has no weight is not")
    func bounded() {
        let many = shares((.burst, 1), (.fall, 2), (.driftUp, 3), (.tooFew, 4), (.tooMany, 5), (.repeated, 0))
        #expect(many.map(\.cause) == [.tooMany, .tooFew, .driftUp, .fall])
        #expect(many.reduce(0) { $0 + Int($1.share) } == 100)
        #expect(shares((.burst, 0), (.fall, -1)).isEmpty)
    }

    @Test(
        "Odd numbers make no odd explanation",
        arguments: [Double.nan, .infinity, -.infinity, 1e300, .leastNonzeroMagnitude]
    )
    func hostile(_ odd: Double) {
        let reasons = shares((.burst, odd), (.fall, 1))
        #expect(reasons.reduce(0) { $0 + Int($1.share) } == 100)
        let explanation = Explanation(
            weights: [(.fall, odd)],
            seen: odd,
            usual: odd,
            low: odd,
            high: odd,
            percentile: odd,
            past: odd
        )
        for number in [
            explanation.seen, explanation.usual, explanation.low, explanation.high, explanation.past,
        ] {
            #expect(number.isFinite)
        }
        #expect(explanation.percentile.map { (0...100).contains($0) } == true)
    }
}
