import Interactions
import Store
import Telemetry
import Testing
import Units

@testable import vigie

@Suite("Why, from the command line")
struct WhyCommandTests {
    private let begin = ElevatorRecording.begin

    /// An outage: one tenant is told and gets it, one has no consent, and at night something else is held back.
    private func store() throws -> TestStore {
        let test = try TestStore()
        try test.commit(
            .interaction("EVT_1"),
            .notice("MSG_1"),
            .held(.noConsent(to: "elevator-news"), to: "P2"),
            at: begin
        )
        let sent = begin + .seconds(30)
        let job = try #require(try test.store.claimJobs(of: "file", now: sent, limit: 1).first)
        try test.store.finish(job.row, as: .done(reference: nil), at: sent)
        try test.take(
            .receipt(
                Receipt(
                    id: "MSG_1",
                    sink: "kannel",
                    outcome: .failed,
                    detail: "absent 33612345683",
                    at: begin + .minutes(1)
                )
            )
        )
        return test
    }

    @Test("A case is a story in the order of time: found, told why, not told why, sent, what came back")
    func caseKey() throws {
        let test = try store()
        let run = try test.run("why", "CASE_1")
        #expect(run.code == 0)
        #expect(
            run.lines == [
                "2026-01-05 09:00:00  elevators, out of service, A7: opened, status new, severity warning",
                "2026-01-05 09:00:00  EVT_1 by webhook: waits",
                "2026-01-05 09:00:00  MSG_1 to P1 (technician-on-call, text, begins): the finding began",
                "2026-01-05 09:00:00  elevators, out of service, A7: P2 is not told: no consent to elevator-news",
                "2026-01-05 09:00:30  MSG_1 by file: handed over",
                "2026-01-05 09:01:00  MSG_1, says kannel: failed (absent …83)",
            ]
        )
    }

    @Test("In French by option or by setting, and as JSON")
    func forms() throws {
        let test = try store()
        let french = try test.run("why", "CASE_1", "--language", "fr").output
        #expect(french.contains("P2 n'est pas prévenu : pas d'accord pour elevator-news"))
        #expect(french.contains("MSG_1 à P1 (technician-on-call, SMS, début) : le constat a commencé"))
        let settings = test.settings.merging([.language: "fr"]) { $1 }
        #expect(try CommandRun(["why", "CASE_1"], settings).output == french)
        #expect(try test.run("why", "CASE_1", "--language", "de").code == 64)
        let lines = try test.run("why", "CASE_1", "--json").json
        #expect(lines.map { $0["kind"] } == ["found", "delivery", "told", "held", "delivery", "receipt"])
        #expect(lines[3]["reason"] == "no consent")
        #expect(lines[3]["to"] == "P2")
        #expect(lines[0]["at"] == "2026-01-05T08:00:00.000Z")
    }

    @Test("Who took it is said, by their id, and when it is expected to be over in local time")
    func taken() throws {
        let test = try store()
        let taken = begin + .minutes(2)
        guard
            case .interaction(var interaction) = Effect.interaction(
                "EVT_2",
                seq: 2,
                status: .acknowledged,
                at: taken
            )
        else { return }
        (interaction.verb, interaction.by, interaction.estimate) = (.acknowledged, "P7", begin + .hours(2))
        try test.commit(.interaction(interaction), at: taken)
        let english = try test.run("why", "CASE_1").output
        #expect(
            english.contains(
                "2026-01-05 09:02:00  elevators, out of service, A7: taken by P7, status acknowledged, "
                    + "estimate 2026-01-05 11:00:00"
            )
        )
        let french = try test.run("why", "CASE_1", "--language", "fr").output
        #expect(
            french.contains(
                "A7 : pris en charge par P7, état pris en charge, fin prévue 2026-01-05 11:00:00"
            )
        )
        #expect(french.contains("A7 : ouvert, état nouveau, gravité avertissement"))
        let lines = try test.run("why", "CASE_1", "--json").json
        #expect(lines.compactMap { $0["by"]?.string } == ["P7"])
    }

    @Test("No text, no name and no number is shown")
    func privacy() throws {
        let test = try store()
        for form in [["why", "CASE_1"], ["why", "CASE_1", "--json"], ["why", "2026-01-05 09:00"]] {
            let output = try CommandRun(form, test.settings).output
            #expect(!output.contains("Ascenseur"))
            #expect(!output.contains("612345"))
        }
    }

    @Test("One message is told with the case it is about and what its reader was not told")
    func notice() throws {
        let test = try store()
        let lines = try test.run("why", "MSG_1").lines
        #expect(lines.count == 4)
        #expect(lines[0].hasSuffix("opened, status new, severity warning"))
        #expect(!lines.contains { $0.contains("P2") })
    }

    @Test("An asset that opened no case still has its reasons")
    func subject() throws {
        let test = try store()
        let run = try test.run("why", "A7")
        #expect(run.lines.count == 1)
        #expect(run.output.contains("no consent"))
        #expect(try test.run("why", "Z9").code == 65)
        #expect(try test.run("why", "it is broken").code == 64)
        #expect(try test.run("why").code == 64)
    }

    @Test("A time shows all that was decided within five minutes, dead letters and readings left out too")
    func time() throws {
        let test = try store()
        try test.commit(contentsOf: [.deadLetter([1])], at: begin + .minutes(3))
        try test.commit(
            contentsOf: [],
            at: begin + .minutes(4),
            drops: [DropCount.Cause(pipeline: "elevators", reason: "late"): 7]
        )
        try test.commit(contentsOf: [.held(.noAudience, to: nil)], at: begin + .minutes(9))
        let output = try test.run("why", "what happened on 2026-01-05 at 09:02").output
        #expect(output.contains("opened"))
        #expect(output.contains("unreadable message on landlord/12/elevator/A7/status, malformed"))
        #expect(output.contains("elevators, late: 7 readings left out in these minutes"))
        #expect(!output.contains("whom it serves"), "that was seven minutes later")
        let later = try test.run("why", "2026-01-05T08:08:00Z").output
        #expect(later.contains("nothing is said: the directory does not know whom it serves"))
    }

    @Test("At a time without any finding it says so, and shows the nearest ones")
    func nothing() throws {
        let test = try store()
        try test.commit(.interaction("EVT_2", key: "CASE_2"), at: begin + .hours(5))
        let run = try test.run("why", "nobody was told on 2026-01-05 at 12:00")
        #expect(run.code == 0)
        #expect(run.lines.count == 4)
        #expect(run.lines[0].hasPrefix("2026-01-05 09:00:00"))
        #expect(run.lines[1].hasPrefix("2026-01-05 14:00:00"))
        #expect(run.lines[2] == "nothing was found at 2026-01-05 12:00:00 nor within five minutes of it")
        #expect(run.lines[3] == "the nearest findings before and after are shown")
        let early = try test.run("why", "2026-01-04 12:00", "--language", "fr")
        #expect(early.lines.contains("aucun constat avant"))
    }

    @Test("A silence of that time is shown")
    func silence() throws {
        let test = try store()
        let scope = Instruction.Scope(subject: "A7")
        let order = Instruction.Order.silence(scope, until: begin + .hours(1))
        try test.take(.instruction(Instruction(id: "S1", order: order, by: "anna", at: begin + .minutes(2))))
        let output = try test.run("why", "2026-01-05 09:30").output
        #expect(
            output.contains(
                "silence S1 by anna of subject A7, from 2026-01-05 09:02:00 until 2026-01-05 10:00:00"
            )
        )
        let french = try test.run("why", "2026-01-05 09:30", "--language", "fr").output
        #expect(french.contains("sur équipement A7, du 2026-01-05 09:02:00 au 2026-01-05 10:00:00"))
        #expect(output.contains("nothing was found"))
    }
}
