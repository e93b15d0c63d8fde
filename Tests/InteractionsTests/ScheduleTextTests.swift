import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("Schedules as people write them")
struct ScheduleTextTests {
    @Test("The example of the documentation reads and writes itself")
    func example() throws {
        let anywhere = Schedule.on(.weekdays, 8.oclock, to: 18.oclock)
            .union(.on(.saturday, 9.oclock, to: 12.oclock))
            .except(.publicHolidays(.metropolitan))
        #expect(try Schedule("mon-fri 08:00-18:00, sat 09:00-12:00, not holidays") == anywhere)
        #expect("\(anywhere)" == "mon-fri 08:00-18:00, sat 09:00-12:00, not holidays")
        let office = anywhere.kept(in: .paris)
        #expect("\(office)" == "mon-fri 08:00-18:00, sat 09:00-12:00, not holidays in Europe/Paris")
        let french = "lun-ven 08:00-18:00, sam 09:00-12:00, sauf fériés à Europe/Paris"
        #expect(office.text(in: .french) == french)
        #expect(try Schedule(french) == office)
    }

    @Test("The texts of the documentation mean what it says")
    func documented() throws {
        let office = Schedule.on(.weekdays, 8.oclock, to: 18.oclock).except(.publicHolidays(.metropolitan))
        #expect(try Schedule("22:00-08:00") == .daily(22.oclock, to: 8.oclock))
        #expect(try Schedule("sun holidays") == .on([.sunday, .publicHolidays(.metropolitan)]))
        #expect(
            try Schedule("lun-ven 8h-12h 13h30-18h, sauf fériés alsace-moselle 08-01..08-15")
                == .on(.weekdays, 8.oclock, to: 12.oclock)
                .union(.on(.weekdays, TimeOfDay(hour: 13, minute: 30), to: 18.oclock))
                .except([.publicHolidays(.alsaceMoselle), .yearly(from: (8, 1), through: (8, 15))])
        )
        let zone = try CivilZone(named: "Indian/Reunion")
        let there = Schedule.on(.weekdays, 8.oclock, to: 18.oclock, in: zone).except(
            .publicHolidays(.reunion)
        )
        #expect(
            try Schedule("outside (mon-fri 08:00-18:00, not holidays) in Indian/Reunion") == there.inverted
        )
        #expect(try Schedule("outside (mon-fri 08:00-18:00, not holidays)") == office.inverted)
    }

    @Test(
        "Each has one written form",
        arguments: [
            ("22:00-08:00", "22:00-08:00"), ("22h – 8h", "22:00-08:00"), ("0h-24h", "always"),
            ("lun - ven 8h-12h 13h30-18h", "mon-fri 08:00-12:00 13:30-18:00"),
            ("MON Tue monday 08:00-18:00", "mon tue 08:00-18:00"), ("fri-mon", "mon fri-sun"),
            ("dim fériés", "sun holidays"), ("dimanche feries 10:00-12:00", "sun holidays 10:00-12:00"),
            ("not holidays", "always, not holidays"), ("toujours sauf sam dim", "always, not sat sun"),
            ("10:00-12:00 holidays alsace-moselle", "holidays alsace-moselle 10:00-12:00"),
            ("mon not holidays, tue not 12-24", "mon not holidays, tue not 12-24"),
            ("mon not holidays, tue not holidays", "mon, tue, not holidays"),
            ("sat, not holidays, sun", "sat, sun, not holidays"),
            ("mon 08:00-12:00, mon 13:00-18:00", "mon 08:00-12:00 13:00-18:00"),
            ("mon-sun 08:00:30-18:00", "08:00:30-18:00"), ("jamais", "never"), ("never, always", "always"),
            ("always during 10-15..04-15", "always during 10-15..04-15"),
            ("2026-12-24..2026-12-31 2026-07-01", "2026-07-01 2026-12-24..2026-12-31"),
            ("hors lun-ven 8h-18h, sauf fériés", "outside (mon-fri 08:00-18:00, not holidays)"),
            ("outside (outside (mon))", "mon"), ("outside always", "never"),
            ("(mon) | (outside (tue)) | (wed)", "(mon, wed) | (outside (tue))"),
            ("(sat sun) & ((08:00-12:00))", "(sat sun) & (08:00-12:00)"),
            ("(mon) & ((08:00-12:00) | (outside (01-01)))", "(mon) & ((08:00-12:00) | (outside (01-01)))"),
        ]
    )
    func forms(_ text: String, _ expected: String) throws {
        let schedule = try Schedule(text, zone: .paris)
        #expect(schedule.description == expected + " in Europe/Paris")
        #expect(try Schedule(schedule.description) == schedule)
        let anywhere = try Schedule(text)
        #expect(anywhere.description == expected)
        #expect(try Schedule(anywhere.description) == anywhere)
        #expect(anywhere.kept(in: .paris) == schedule)
    }

    @Test("The zone of the text goes before the zone of the installation, and says whose holidays are meant")
    func zones() throws {
        let reunion = try CivilZone(named: "Indian/Reunion")
        let here = try Schedule("mon-fri 08:00-18:00, not holidays", zone: reunion)
        #expect(here.zone == reunion)
        #expect(
            here == .on(.weekdays, 8.oclock, to: 18.oclock, in: reunion).except(.publicHolidays(.reunion))
        )
        #expect(try Schedule("mon-fri 08:00-18:00, not holidays in Indian/Reunion") == here)
        #expect(try Schedule(here.description) == here)
        let paris = try Schedule("lun-ven, sauf fériés à Europe/Paris", zone: reunion)
        #expect(paris == .on(.weekdays, in: .paris).except(.publicHolidays(.metropolitan)))
        #expect(
            try Schedule("always, not holidays guyane in UTC").description
                == "always, not holidays guyane in UTC"
        )
    }

    @Test(
        "What cannot be read is said with its place and what would be right",
        arguments: [
            ("", "has no word", "days, times or both"),
            ("tus-fri 08:00-18:00", "has \"tus-fri\" as word 1", "days such as mon-fri or lun-ven"),
            ("mon-fri 08:00-25:00", "has the times \"08:00-25:00\" as word 2", "two times of the clock"),
            ("mon 24:00-08:00", "has the times \"24:00-08:00\" as word 2", "two times"),
            ("mon 08:00", "has the times \"08:00\" as word 2", "two times"),
            ("mon 8:60-9:00", "has the times \"8:60-9:00\"", "two times"),
            ("mon 8-18", "has the dates \"8-18\" as word 2", "days of the calendar"),
            ("2026-02-29", "has the dates \"2026-02-29\"", "days of the calendar"),
            ("2026-08-31..2026-07-01", "has the dates", "days of the calendar"),
            ("0000-01-01", "has the dates", "days of the calendar"),
            ("2026-07-01..08-31", "has the dates", "days of the calendar"),
            ("mon,", "ends after \",\" as word 2", "days, times or both"),
            ("mon not", "has no days after \"not\" as word 2", "days such as"),
            ("mon not 08:00-12:00", "has no days after \"not\" as word 2", "days such as"),
            ("mon not tue 08:00-12:00", "has the times \"08:00-12:00\" as word 4 after \"not\"", "only days"),
            ("always 08:00-12:00", "has \"08:00-12:00\" as word 2", "always"),
            ("mon holidays narnia", "has \"narnia\" as word 3", "days such as"),
            (
                "not holidays in Europe/Berlin", "has \"holidays\" as word 2 in Europe/Berlin",
                "alsace-moselle"
            ),
            ("mon in Europe/Pariss", "has the time zone \"Europe/Pariss\" as word 3", "Africa/Ceuta"),
            ("mon & tue", "has no parentheses around a side of \"&\" as word 2", "( … ) & ( … )"),
            ("(mon) & (tue) | (wed)", "has \"|\" as word 8 after \"&\" as word 4", "parentheses"),
            ("(mon", "has no end for \"(\" as word 1", "one ) for each ("),
            ("mon)", "has \")\" as word 2", "days such as"),
            (String(repeating: "(", count: 40), "has more than 8 levels", "fewer"),
            ("during 2026-07-01", "has \"during\" as word 1", "always"),
            ("mon (tue)", "has \"(\" as word 2", "days such as"),
        ]
    )
    func problems(_ text: String, _ found: String, _ expected: String) {
        let problem = #expect(throws: ScheduleProblem.self) { try Schedule(text) }
        #expect(problem?.found.hasPrefix(found) == true, "\(problem?.found ?? "")")
        #expect(problem?.expected.contains(expected) == true, "\(problem?.expected ?? "")")
    }

    @Test("A text has a limit, as it is given and as it is kept")
    func limits() throws {
        let full = "mon" + String(repeating: " ", count: Schedule.longestText - 6) + "tue"
        #expect(try Schedule(full) == .on([.monday, .tuesday]))
        let longer = #expect(throws: ScheduleProblem.self) { try Schedule(full + " ") }
        #expect(longer?.description == "the schedule takes 501 bytes; expected at most 500")
        // Written out, what is left out of all parts stands in each.
        let parts = (0..<40).map { "mon 0\($0 % 10):0\($0 / 10)-12:00 not 0\(1 + $0 % 9)-01" }
        let brief = parts.prefix(12).joined(separator: ",") + ",not 2026-12-24..2026-12-31 sat"
        #expect(brief.utf8.count <= Schedule.longestText)
        let spread = #expect(throws: ScheduleProblem.self) { try Schedule(brief) }
        #expect(spread?.expected == "at most 500")
    }

    @Test("Nesting has a limit, and what is within it is read again")
    func nesting() throws {
        var schedule = Schedule.on(.monday)
        for depth in 1...Schedule.deepestNesting {
            schedule =
                depth % 2 == 0 ? schedule.inverted : schedule.intersection(.on(.publicHolidays(.guyane)))
        }
        #expect(schedule.condition.depth == Schedule.deepestNesting)
        #expect(try Schedule(schedule.description) == schedule)
        let deeper = schedule.intersection(.on(.tuesday)).inverted
        #expect(throws: ScheduleProblem.tooDeep) { try Schedule(deeper.description) }
    }

    @Test("Every schedule is read back from what it writes, in both languages")
    func roundTrip() throws {
        var random = RandomSchedules(dice: Dice(seed: 31))
        var read = 0
        for _ in 0..<4000 {
            let schedule = random.next()
            for language in Language.allCases {
                let text = schedule.text(in: language)
                guard text.utf8.count <= Schedule.longestText else { continue }
                #expect(try Schedule(text) == schedule, "\(text)")
                read += 1
            }
        }
        #expect(read > 7000)
    }

    @Test("No change of a character makes reading it trap")
    func damaged() {
        var random = RandomSchedules(dice: Dice(seed: 32))
        let alphabet = Array("0123456789:-.,()&| hmonotfrié/A")
        var readable = 0
        for _ in 0..<3000 {
            var text = Array(random.next().description)
            for _ in 0...random.dice.below(3) {
                let index = random.dice.below(text.count)
                switch random.dice.below(3) {
                case 0: text[index] = random.dice.pick(alphabet)
                case 1: text.remove(at: index)
                default: text.insert(random.dice.pick(alphabet), at: index)
                }
                if text.isEmpty { break }
            }
            do {
                _ = try Schedule(String(text))
                readable += 1
            } catch {
                #expect(!error.found.isEmpty && !error.expected.isEmpty)
            }
        }
        #expect(readable > 100 && readable < 2900)
    }
}
