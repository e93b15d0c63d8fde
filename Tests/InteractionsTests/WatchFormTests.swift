import Testing
import Units

@testable import Interactions

@Suite("Watch forms")
struct WatchFormTests {
    static let now = utc(2026, 1, 5, 9)

    func form(
        _ title: String,
        _ line: String = "",
        state: String = "",
        _ actions: [WatchForm.Action] = []
    ) throws(WatchProblems) -> WatchForm {
        try WatchForm(
            title: title,
            line: line,
            since: utc(2026, 1, 5, 8, 14),
            severity: .warning,
            state: state,
            actions: actions
        )
    }

    @Test("A form is written for a watch, which knows its clock, and read again")
    func json() throws {
        let form = try form("Ascenseur A HS", "12 rue des Lilas", state: "ETA 11h30", [.ack, .call])
        #expect(
            form.json.description
                == #"{"t":"Ascenseur A HS","l":"12 rue des Lilas","since":"\#(form.since)","st":"ETA 11h30","#
                + #""sev":"warning","act":["ack","call"]}"#
        )
        #expect(WatchForm(json: try JSON(parsing: form.json.description)) == form)
    }

    @Test(
        "What is no form is not read as one",
        arguments: [
            #""sev":"warning","act":["ack"]"#, #""since":"2026-01-05T08:14:00Z","sev":"loud","act":[]"#,
            #""since":"yesterday","sev":"warning","act":[]"#,
            #""since":"2026-01-05T08:14:00Z","sev":"warning","act":["jump"]"#,
            #""since":"2026-01-05T08:14:00Z","sev":"warning","act":["ack","ack"]"#,
        ]
    )
    func noForm(rest: String) throws {
        #expect(WatchForm(json: try JSON(parsing: #"{"t":"A","l":"","st":"",\#(rest)}"#)) == nil)
    }

    @Test(
        "Every reason has a state that fits, in both languages, and an estimate that does not fit is left out"
    )
    func states() {
        let reasons: [Notice.Reason] = [
            .found, .goesOn, .cleared, .over(by: "P1"), .wellbeing, .asked(step: 1), .lastResort(round: 2),
            .secondWay(.voice), .arrivalDue, .standDown(taker: "P1"), .answer, .promised, .news(by: "crm"),
            .catchUp, .digest(count: 3),
        ]
        for language in Language.allCases {
            let states = reasons.map {
                $0.watchState(estimate: Self.now + .hours(2), in: language, zone: .paris, at: Self.now)
            }
            #expect(states.allSatisfy { $0.count <= WatchForm.Limits.state })
            #expect(Set(states).count == 9, "\(states)")
            #expect(states.contains(language == .french ? "Vers 12h00" : "About 12:00"))
        }
        let far = Self.now + .days(300)
        #expect(
            Notice.Reason.news(by: "crm").watchState(estimate: far, in: .french, zone: .paris, at: Self.now)
                == "En cours"
        )
    }

    @Test("What just fits is taken as it is, counted as its reader counts")
    func justFits() throws {
        let title = String(repeating: "é", count: 19) + "e\u{301}"
        let line = String(repeating: "👨‍👩‍👧‍👦", count: 40)
        let form = try form(title, line, state: String(repeating: "x", count: 20), [.decline, .done])
        #expect(form.title == title && form.line == line)
    }

    @Test("What does not fit is refused, all of it at once, and nothing is cut")
    func refused() {
        let long = String(repeating: "x", count: 41)
        let expected: [WatchProblem] = [
            .tooLong(.title, found: 41, limit: 20), .tooLong(.line, found: 41, limit: 40),
            .severalLines(.state),
            .tooManyActions(3), .twice(.ack),
        ]
        #expect(throws: WatchProblems(expected)) { try form(long, long, state: "a\nb", [.ack, .ack, .call]) }
        #expect(throws: WatchProblems([.noTitle])) { try form(" ") }
        #expect(
            WatchProblems(Array(expected[3...])).description
                == "the watch form offers 3 actions, at most 2 fit; leave out the others\n"
                + "the watch form offers \"ack\" twice; expected it once"
        )
        #expect(!"\(WatchProblems(expected))".contains(long))
    }
}
