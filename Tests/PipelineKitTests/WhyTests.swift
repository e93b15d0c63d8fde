import Interactions
import Models
import Testing
import Units

@testable import PipelineKit

@Suite("Why a model spoke")
struct WhyTests {
    private func why(
        _ weights: [(cause: Alarm.Cause, weight: Double)] = [(.shiftUp, 3), (.aboveUsualHour, 1)],
        percentile: Double? = 99.8,
        past: Double = 43 * 86_400,
        in measure: Explanation.Measure = .input,
        symbol: String = "A"
    ) -> Why {
        let explanation = Explanation(
            weights: weights,
            seen: 12.4,
            usual: 9.8,
            low: 9.1,
            high: 10.6,
            percentile: percentile,
            past: past,
            in: measure
        )
        return Why(explanation, symbol: symbol)
    }

    private func lines(_ why: Why) -> Bilingual { why.lines.rendered(in: .paris, at: Moment()) }

    private func text(_ phrase: Phrase, _ language: Language) -> String {
        phrase.rendered(in: language, zone: .paris, at: Moment())
    }

    @Test("A case reads what was measured, what the past says, and the reasons")
    func threeLines() {
        #expect(
            lines(why()).french == """
                Mesuré : 12,4 A. D'habitude : 9,8 A (de 9,1 A à 10,6 A).
                Plus que 99,8 % de ses propres valeurs en 43 jours.
                Pourquoi : niveau moyen en hausse 75 %, trop pour cette heure 25 %.
                """
        )
        #expect(
            lines(why()).english == """
                Measured: 12.4 A. Usually: 9.8 A (9.1 A to 10.6 A).
                More than 99.8% of its own values in 43 days.
                Why: mean level has risen 75%, too much for this hour 25%.
                """
        )
    }

    @Test("What lies low in its own past is said so")
    func low() {
        #expect(lines(why(percentile: 0.5)).french.contains("Moins que 99,5 % de ses propres valeurs"))
        #expect(lines(why(percentile: nil)).french.contains("Habitudes connues depuis 43 jours."))
    }

    @Test("A surprise that people cannot measure is told by its reason")
    func surprise() {
        let silent = why([(.pastUsualHour, 1)], percentile: nil, in: .surprise)
        #expect(
            lines(silent).french
                == "Habitudes connues depuis 43 jours.\nPourquoi : heure habituelle passée 100 %."
        )
        #expect(text(silent.french, .french) == "heure habituelle passée")
        #expect(silent.evidence.map(\.name) == ["past", "pastUsualHour"])
    }

    @Test("A text message has it in one line")
    func oneLine() {
        #expect(text(why().french, .french) == "12,4 A au lieu de 9,8 A")
        #expect(text(why(in: .inputPerHour, symbol: "L").english, .english) == "12.4 L/h instead of 9.8 L/h")
    }

    @Test("The numbers that draw the band go along, with their unit")
    func evidence() {
        let facts = why().evidence.map { "\($0.name)=\($0.value)\($0.unit)" }
        #expect(
            facts == [
                "seen=12.4A", "usual=9.8A", "low=9.1A", "high=10.6A", "percentile=99.8%", "past=43d",
                "shiftUp=75%",
                "aboveUsualHour=25%",
            ]
        )
    }

    @Test("How long something lasts is said as people say it")
    func spans() {
        let explanation = Explanation(
            weights: [(.runsTooLong, 1)],
            seen: 5400,
            usual: 600,
            low: 400,
            high: 900,
            past: 0,
            in: .seconds
        )
        let why = Why(explanation, symbol: "W")
        #expect(text(why.french, .french) == "1 h 30 au lieu de 10 min")
        #expect(why.evidence.first.map { "\($0.value)\($0.unit)" } == "5400s")
    }

    @Test(
        "A side that is open is not told as a number",
        arguments: [
            (0.0, Double.infinity, "12 A (à partir de 0 A)."), (-.infinity, 15, "12 A (jusqu'à 15 A)."),
            (-.infinity, .infinity, "12 A."),
        ]
    )
    func openBand(_ low: Double, _ high: Double, _ words: String) {
        let explanation = Explanation(
            weights: [(.belowUsual, 1)],
            seen: 1,
            usual: 12,
            low: low,
            high: high,
            past: 0
        )
        let why = Why(explanation, symbol: "A")
        #expect(lines(why).french.contains("D'habitude : \(words)"), "\(lines(why).french)")
        #expect(!why.evidence.contains { $0.value.contains("e") })
    }

    @Test("Thousands of a small unit are said in the larger one")
    func larger() {
        let explanation = Explanation(
            weights: [(.aboveUsual, 1)],
            seen: 59_090,
            usual: 800,
            low: 0,
            high: 2000,
            past: 86_400
        )
        #expect(text(Why(explanation, symbol: "Wh").french, .french) == "59,1 kWh au lieu de 800 Wh")
    }

    @Test("An hour of the day is said as a clock shows it")
    func hourOfDay() {
        let explanation = Explanation(
            weights: [(.pastUsualHour, 1)],
            seen: 10.5,
            usual: 7.25,
            low: 4,
            high: 24.5,
            past: 3600,
            in: .hourOfDay
        )
        let why = Why(explanation, symbol: "L")
        #expect(text(why.french, .french) == "10h30 au lieu de 07h15")
        #expect(
            lines(why).english == """
                Measured: 10:30. Usually: 07:15 (04:00 to 23:59).
                Why: past the usual hour 100%.
                """
        )
        #expect(why.evidence.first == Evidence(name: "seen", value: "10.5", unit: "h"))
    }
}
