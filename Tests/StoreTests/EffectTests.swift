import Interactions
import Telemetry
import Testing
import Units

@testable import Store

@Suite("Effects")
struct EffectTests {
    @Test("Nothing goes out twice: the same ids again change nothing, deliveries included")
    func idempotent() throws {
        let test = try TestStore()
        try test.commit(interaction("EVT_1"), notice("MSG_1"), command("CMD_1"))
        #expect(try test.ids("crm") == ["EVT_1"])
        try test.finish("EVT_1", as: .done(reference: "r"))
        try test.commit(interaction("EVT_1"), notice("MSG_1"), command("CMD_1"), interaction("EVT_2"))
        #expect(try test.store.outbox(limit: 10).map(\.id) == ["EVT_2", "CMD_1", "MSG_1", "EVT_1"])
        #expect(try test.ids("crm") == ["EVT_2"])
        #expect(try test.state(of: "EVT_1") == .done)
    }

    @Test("Each sink of a route gets its own delivery, and no other sink")
    func routes() throws {
        let test = try TestStore()
        test.routes = Routes(interactions: ["crm", "file"], notices: ["sms", "file"], commands: ["mqtt"])
        try test.commit(interaction("EVT_1"), notice("MSG_1"), command("CMD_1", key: "CASE_2"))
        #expect(try test.ids("crm") == ["EVT_1"])
        #expect(try test.ids("sms") == ["MSG_1"])
        #expect(try test.ids("file") == ["EVT_1", "MSG_1"])
        #expect(try test.ids("mqtt") == ["CMD_1"])
    }

    @Test("A job holds what was decided, whole")
    func content() throws {
        let test = try TestStore()
        guard case .notice(let notice) = notice("MSG_1", urgency: .lifeSafety),
            case .command(let command) = command("CMD_1")
        else { return }
        try test.commit(interaction("EVT_1"), .notice(notice), .command(command))
        #expect(
            try test.claim("crm").map(\.content) == [
                .interaction(id: "EVT_1", cloudEvent: Array("<EVT_1>".utf8))
            ]
        )
        #expect(try test.claim("sms").map(\.content) == [.notice(notice)])
        #expect(try test.claim("mqtt").map(\.content) == [.command(command)])
    }

    @Test("A withdrawn notice that waits never goes out; one in flight or done is left alone")
    func withdrawal() throws {
        let test = try TestStore()
        try test.commit(notice("MSG_done", to: "P_1"))
        #expect(try test.ids("sms") == ["MSG_done"])
        try test.finish("MSG_done", as: .done(reference: nil))
        try test.commit(notice("MSG_flying", to: "P_2"))
        #expect(try test.ids("sms") == ["MSG_flying"])
        try test.commit(
            notice("MSG_waiting", to: "P_3"),
            notice("MSG_other case", key: "CASE_2", to: "P_4"),
            interaction("EVT_1")
        )
        try test.commit(withdrawn("CASE_1"))
        #expect(try test.state(of: "MSG_done") == .done)
        #expect(try test.state(of: "MSG_flying") == .inFlight)
        #expect(try test.state(of: "MSG_waiting") == .withdrawn)
        #expect(try test.state(of: "EVT_1") == .pending)
        #expect(try test.ids("sms") == ["MSG_other case"])
    }

    @Test("Only the named phases are withdrawn, and effects apply in their order")
    func withdrawalOfPhases() throws {
        let test = try TestStore()
        try test.commit(
            notice("MSG_1", phase: "begins"),
            notice("MSG_2", phase: "goesOn-2"),
            notice("MSG_3", phase: "escalation-1"),
            withdrawn("CASE_1", phases: ["begins", "escalation-1"]),
            notice("MSG_4", phase: "begins", to: "P_2")
        )
        #expect(try test.ids("sms") == ["MSG_2", "MSG_4"])
        #expect(try test.state(of: "MSG_1") == .withdrawn)
        #expect(try test.state(of: "MSG_3") == .withdrawn)
    }

    @Test("A withdrawn notice does not come back with the same id")
    func withdrawnStays() throws {
        let test = try TestStore()
        try test.commit(notice("MSG_1"), withdrawn("CASE_1"))
        try test.commit(notice("MSG_1"))
        #expect(try test.ids("sms").isEmpty)
    }

    @Test("Dropped readings are counted by reason and day of arrival")
    func drops() throws {
        let test = try TestStore()
        try test.commit(dropped("late"), dropped("late"), dropped("repeated"), at: 86_399)
        try test.commit(dropped("late"), at: 86_399)
        try test.commit(dropped("late"), at: 86_400)
        let counts = try test.store.dropCounts(since: CivilDate(daysSince1970: 0))
        #expect(
            counts.map { "\($0.day) \($0.reason) \($0.count)" } == [
                "1970-01-01 late 3", "1970-01-01 repeated 1", "1970-01-02 late 1",
            ]
        )
        #expect(try test.store.dropCounts(since: CivilDate(daysSince1970: 1)).count == 1)
    }

    @Test("Drops that are told in numbers count like those told one by one, also by the minutes")
    func dropsInNumbers() throws {
        let test = try TestStore()
        func take(_ counts: [String: Int], at seconds: Int64) throws {
            var entries = EntryBatch()
            entries.append(.tick(at: Moment(seconds: seconds)))
            var commit = Commit(
                after: try test.store.head(of: "0"),
                entries: entries,
                effects: [dropped("late")]
            )
            for (reason, count) in counts {
                commit.drops[DropCount.Cause(pipeline: "elevators", reason: reason)] = count
            }
            try test.store.commit(commit, to: "0", routes: test.routes) { _ in [] }
        }
        try take(["late": 4, "repeated": 2], at: 299)
        try take(["repeated": 9], at: 300)
        func drops(_ first: Int64, _ last: Int64) throws -> [String] {
            try test.store.drops(in: Moment(seconds: first)...Moment(seconds: last)).map {
                "\($0.cause.reason) \($0.count)"
            }
        }
        #expect(try drops(0, 1) == ["late 5", "repeated 2"])
        #expect(try drops(0, 301) == ["repeated 11", "late 6"])
        #expect(try drops(600, 900) == [])
        let days = try test.store.dropCounts(since: CivilDate(daysSince1970: 0))
        #expect(days.map { "\($0.reason) \($0.count)" } == ["late 6", "repeated 11"])
    }

    @Test("A dead letter keeps its bytes until it is replayed")
    func deadLetters() throws {
        let test = try TestStore()
        try test.commit(deadLetter("{"), deadLetter("", reason: "missing"), deadLetter("\0\u{fffd}"))
        #expect(try test.store.deadLetterCount() == 3)
        let list = try test.store.deadLetters(limit: 10)
        #expect(list.map(\.size) == [4, 0, 1])
        #expect(try test.store.deadLetters(because: "missing", limit: 10).map(\.row) == [2])
        #expect(try test.store.deadLetters(before: list[0].row, limit: 1).map(\.row) == [2])
        let letter = try test.store.deadLetter(3)
        #expect(letter.map(Effect.deadLetter) == deadLetter("\0\u{fffd}"))
        #expect(try test.store.deadLetter(2)?.payload.isEmpty == true)
        #expect(try test.store.deleteDeadLetter(3, by: "anna", at: Moment()))
        #expect(try !test.store.deleteDeadLetter(3, by: "anna", at: Moment()))
        #expect(try test.store.deadLetter(3) == nil)
        #expect(try test.store.auditRecords(limit: 10).map(\.target) == ["3"])
    }
}
