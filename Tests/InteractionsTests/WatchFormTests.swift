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

    @Test("A form is written as its reader's clock and language have it")
    func json() throws {
        let form = try form("Ascenseur A HS", "12 rue des Lilas", state: "ETA 11h30", [.ack, .call])
        #expect(
            form.json(in: .french, zone: .paris, at: Self.now).description
                == #"{"t":"Ascenseur A HS","l":"12 rue des Lilas","since":"09h14","st":"ETA 11h30","#
                + #""sev":"warning","act":["ack","call"]}"#
        )
        #expect(form.json(in: .english, zone: .utc, at: Self.now)["since"] == "08:14")
        #expect(form.json(in: .english, zone: .utc, at: Self.now + .days(2))["since"] == "5 Jan 08:14")
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
