import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("Phrases")
struct PhraseTests {
    /// 10:00 in Paris on a Monday.
    static let now = utc(2026, 1, 5, 9)

    func french(_ phrase: Phrase, at now: Moment = now, in zone: CivilZone = .paris) -> String {
        phrase.rendered(in: .french, zone: zone, at: now)
    }

    func english(_ phrase: Phrase, at now: Moment = now, in zone: CivilZone = .paris) -> String {
        phrase.rendered(in: .english, zone: zone, at: now)
    }

    @Test("A moment of today is told by the clock of its reader")
    func today() throws {
        let since = utc(2026, 1, 5, 8, 14)
        #expect(french("en panne depuis \(since).") == "en panne depuis 09h14.")
        #expect(english("out of service since \(since).") == "out of service since 09:14.")
        let reunion = try CivilZone(named: "Indian/Reunion")
        #expect(french("depuis \(since)", in: reunion) == "depuis 12h14")
    }

    @Test("A moment of another day is told with its day")
    func anotherDay() {
        let since = utc(2026, 1, 4, 20, 5)
        #expect(french("depuis \(since)") == "depuis le 4 janv. à 21h05")
        #expect(english("since \(since)") == "since 21:05 on 4 Jan")
        #expect(french("avant \(utc(2026, 2, 1, 9))") == "avant le 1er févr. à 10h00")
    }

    @Test("Within twelve hours the clock is clear without the day")
    func overMidnight() {
        let fall = utc(2026, 1, 4, 22, 59)
        #expect(french("chute à \(fall)", at: fall + .minutes(2)) == "chute à 23h59")
        #expect(french("depuis \(fall)", at: fall + .hours(12) - .microseconds(1)) == "depuis 23h59")
        #expect(french("depuis \(fall)", at: fall + .hours(12)) == "depuis le 4 janv. à 23h59")
    }

    @Test("A moment of another season is told with its year")
    func anotherYear() {
        #expect(french("depuis \(utc(2025, 12, 31, 9))") == "depuis le 31 déc. à 10h00")
        #expect(french("depuis \(utc(2025, 5, 2, 8))") == "depuis le 2 mai 2025 à 10h00")
        #expect(english("since \(utc(2025, 5, 2, 8))") == "since 10:00 on 2 May 2025")
    }

    @Test("French contracts its article with the day")
    func contractions() {
        let (from, until) = (utc(2026, 1, 2, 8), utc(2026, 1, 3, 8))
        #expect(french("de \(from) à \(until)") == "du 2 janv. à 09h00 au 3 janv. à 09h00")
        #expect(french("jusqu'à \(until)") == "jusqu'au 3 janv. à 09h00")
        #expect(french("À \(until)") == "Le 3 janv. à 09h00")
        #expect(french("grande \(until)") == "grande le 3 janv. à 09h00")
    }

    @Test(
        "Durations are told in two steps",
        arguments: [
            (.zero, "0 s", "0 s"), (.milliseconds(340), "340 ms", "340 ms"), (.seconds(45), "45 s", "45 s"),
            (.seconds(150), "2 min 30 s", "2 min 30 s"), (.minutes(3), "3 min", "3 min"),
            (.seconds(59 * 60 + 59), "59 min", "59 min"), (.minutes(80), "1 h 20", "1 h 20 min"),
            (.minutes(65), "1 h 05", "1 h 05 min"), (.hours(3), "3 h", "3 h"), (.hours(47), "47 h", "47 h"),
            (.hours(76), "3 j 4 h", "3 d 4 h"), (.days(2), "2 j", "2 d"), (.days(23), "23 jours", "23 days"),
            (.seconds(-90), "-1 min 30 s", "-1 min 30 s"), (.microseconds(-1), "0 s", "0 s"),
        ] as [(Duration, String, String)]
    )
    func durations(_ duration: Duration, _ french: String, _ english: String) {
        #expect(self.french("\(duration)") == french)
        #expect(self.english("\(duration)") == english)
    }

    @Test(
        "Numbers have three digits that count",
        arguments: [
            (3.5, "3,5", "3.5"), (12.345, "12,3", "12.3"), (1234.5, "1235", "1235"), (0, "0", "0"),
            (12_345, "12 345", "12,345"), (1_234_567.8, "1 234 568", "1,234,568"), (2.0, "2", "2"),
            (0.0234, "0,0234", "0.0234"), (0.000_01, "0,00001", "0.00001"), (-0.0, "0", "0"),
            (99.96, "100", "100"), (9.996, "10", "10"), (-1.25, "-1,25", "-1.25"), (100.4, "100", "100"),
            (1e-9, "0", "0"), (-1e-9, "0", "0"), (.nan, "inconnu", "unknown"),
            (.infinity, "inconnu", "unknown"), (1e20, "1e+20", "1e+20"),
        ] as [(Double, String, String)]
    )
    func numbers(_ number: Double, _ french: String, _ english: String) {
        #expect(self.french("\(number)") == french)
        #expect(self.english("\(number)") == english)
    }

    @Test("Numbers are never further from the truth than their third digit")
    func precision() throws {
        var dice = Dice(seed: 3)
        for _ in 0..<5000 {
            let value = Double.random(in: 1...10, using: &dice) * tenTo(Int.random(in: -4...13, using: &dice))
            let text = english("\(value)").filter { $0 != "," }
            let written = try #require(Double(text))
            #expect(abs(written - value) <= max(value * 0.005_001, 0.000_000_5), "\(value) as \(text)")
            #expect(value < 1000 || abs(written - value) <= 0.5)
        }
    }

    @Test("A quantity is told in the unit that is asked for")
    func quantities() {
        let flow = FlowRate.litresPerHour(3.5)
        #expect(french("débit \(flow, in: .litresPerHour)") == "débit 3,5 L/h")
        #expect(english("flow \(flow, in: .litresPerHour)") == "flow 3.5 L/h")
        #expect(french("\(Volume.cubicMetres(1.25), in: .cubicMetres)") == "1,25 m³")
        #expect(french("\(Temperature.celsius(-4.25), in: .celsius)") == "-4,25 °C")
        #expect(french("\(Ratio.percent(40))") == "40 %")
        #expect(english("\(Ratio.percent(40))") == "40%")
        #expect(french("\(Speed.metresPerSecond(0.5))") == "0,5 m/s")
    }

    @Test("Names, ids and counts stay as they are")
    func otherValues() {
        let elevator: Substring = "A7"
        #expect(
            french("Ascenseur \(elevator), \(12_345) trajets, \(true)") == "Ascenseur A7, 12345 trajets, true"
        )
        #expect(french("") == "")
    }

    private func tenTo(_ exponent: Int) -> Double {
        (0..<abs(exponent)).reduce(1.0) { value, _ in exponent < 0 ? value / 10 : value * 10 }
    }
}
