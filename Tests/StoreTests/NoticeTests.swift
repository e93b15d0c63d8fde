import Interactions
import Telemetry
import Testing
import Units

@testable import Store

@Suite("Notices, their ways and reasons")
struct NoticeTests {
    @Test("A notice comes back whole, whatever its reason")
    func whole() throws {
        let reasons: [Notice.Reason] = [
            .found, .goesOn, .cleared, .over(by: "crm"), .wellbeing, .asked(step: 3), .lastResort(round: 2),
            .secondWay(.voice), .arrivalDue, .standDown(taker: "P_9"), .answer, .promised,
            .news(by: "crm"), .catchUp, .digest(count: 12),
        ]
        for reason in reasons {
            let test = try TestStore()
            let effect = notice("MSG", notBefore: 5, because: reason)
            try test.commit(effect)
            #expect(try test.claim("sms", at: 4).isEmpty)
            #expect(try test.claim("sms", at: 5).map(\.content).map(Self.effect) == [effect], "\(reason)")
        }
    }

    @Test("What a watch shows comes back as well")
    func watch() throws {
        let test = try TestStore()
        guard case .notice(var told) = notice("MSG") else { return }
        told.watch = try WatchForm(
            title: "Ascenseur A",
            line: "En panne",
            since: told.at,
            severity: .warning,
            state: "Qui y va ?",
            actions: [.ack, .decline]
        )
        try test.commit(.notice(told))
        #expect(try test.claim("sms", at: 1).map(\.content) == [.notice(told)])
    }

    private static func effect(_ content: DeliveryJob.Content) -> Effect? {
        if case .notice(let notice) = content { .notice(notice) } else { nil }
    }

    @Test("About a life first, then what expects an answer, then by age")
    func order() throws {
        let test = try TestStore()
        try test.commit(notice("old", key: "1"), at: 1)
        try test.commit(notice("question", key: "2", expectsReply: true), at: 2)
        try test.commit(notice("older question", key: "3", expectsReply: true), at: 1)
        try test.commit(notice("fall", key: "4", urgency: .lifeSafety), at: 3)
        try test.commit(notice("new", key: "5"), at: 3)
        #expect(try test.ids("sms", at: 4) == ["fall", "older question", "question", "old", "new"])
    }

    @Test("Each channel has its sinks; one that nobody offers becomes a text and says so")
    func channels() throws {
        let test = try TestStore()
        test.routes = Routes(
            interactions: ["crm"],
            notices: ["sms"],
            channels: [.voice: ["caller"], .secondText: ["second"], .watch: []]
        )
        try test.commit(
            notice("text", key: "1"),
            notice("call", key: "2", channel: .voice),
            notice("again", key: "3", channel: .secondText),
            notice("watch", key: "4", channel: .watch, because: .asked(step: 1)),
            notice("card", key: "5", channel: .chat)
        )
        #expect(try test.ids("caller") == ["call"])
        #expect(try test.ids("second") == ["again"])
        #expect(try test.ids("sms") == ["text", "watch", "card"])
        let said = try test.store.database.all("SELECT why_french, why_english FROM notice ORDER BY row") {
            row in
            [row.text(0), row.text(1)]
        }
        #expect(said[1] == ["le constat a commencé", "the finding began"])
        #expect(
            said[3] == [
                "étape 1 de la chaîne d'alerte ; envoyé par SMS, faute de voie « watch »",
                "step 1 of the escalation; sent as a text, for no sink takes \"watch\"",
            ]
        )
    }

    @Test("A task without a sink of its own is an entry of the CRM, sent again when it is not answered")
    func task() throws {
        let test = try TestStore()
        try test.commit(notice("MSG_1", channel: .task, because: .news(by: "crm")))
        let job = try #require(try test.claim("crm").first)
        #expect(try test.claim("sms").isEmpty)
        guard case .interaction("MSG_1", let event) = job.content else {
            Issue.record("expected an entry of the timeline, found \(job.content)")
            return
        }
        let json = try JSON(parsing: event)
        #expect(json["type"]?.string == "io.vigie.interaction.task.opened.v1")
        #expect(json["data"]?["title"]?["fr"]?.string == "Ascenseur A en panne")
        #expect(json["data"]?["subject"]?["id"]?.string == "P_1")
        try test.store.finish(job.row, as: .retry(at: Moment(), reason: "504", unknown: true), at: Moment())
        #expect(try test.ids("crm") == ["MSG_1"])
        #expect(try test.store.recoverInFlight(at: Moment()) == Recovery(requeued: 1, unknown: 0))
        try test.commit(withdrawn("CASE_1"))
        #expect(try test.state(of: "MSG_1") == .withdrawn)
        test.routes.channels[.task] = ["desk"]
        try test.commit(notice("MSG_2", channel: .task))
        #expect(try test.claim("desk").map(\.id) == ["MSG_2"])
    }

    @Test("Health data goes to no sink that may not have it, by no detour")
    func health() throws {
        let test = try TestStore()
        test.routes = Routes(notices: ["sms"], channels: [.chat: ["chat"]], health: ["sms"])
        try test.commit(notice("MSG", channel: .chat, privacy: .health))
        #expect(try test.ids("chat").isEmpty)
        #expect(try test.ids("sms") == ["MSG"])
    }

    @Test("What is held back is found by case, by subject and by time")
    func heldBack() throws {
        let test = try TestStore()
        let later = Moment(seconds: 50_000)
        try test.commit(held(.quietHours(until: later), at: 3), held(.noAudience, key: nil, to: nil), at: 10)
        try test.commit(held(.noNumber, key: "CASE_2", subject: "B"), at: 20)
        #expect(try test.store.held(of: "CASE_1", limit: 9).map(\.reason) == ["quiet hours"])
        #expect(try test.store.held(about: "A7", limit: 9).map(\.reason) == ["no audience", "quiet hours"])
        #expect(try test.store.held(about: "A7", limit: 1).map(\.reason) == ["no audience"])
        let span = Moment(seconds: 11)...Moment(seconds: 20)
        #expect(try test.store.held(in: span, limit: 9).map(\.key) == ["CASE_2"])
        let first = try #require(try test.store.held(of: "CASE_1", limit: 1).first)
        #expect(first.at == Moment(seconds: 3))
        #expect(first.storedAt == Moment(seconds: 10))
        #expect(first.recipient == "P_1")
        #expect(first.why.french.hasPrefix("heures de repos jusqu'"))
    }

    @Test("Sentences speak of the clocks of the installation")
    func zone() throws {
        let test = try TestStore()
        let until = Moment(seconds: 6 * 3600)
        let commit = Commit(after: .start, entries: EntryBatch(), effects: [held(.quietHours(until: until))])
        try test.store.commit(commit, to: "0", routes: test.routes, zone: .paris) { _ in [] }
        #expect(try test.store.held(of: "CASE_1", limit: 1).map(\.why.english) == ["quiet hours until 07:00"])
    }

    @Test("A receipt that comes again is kept once, and those of the outbox itself are not kept twice")
    func receipts() throws {
        let test = try TestStore()
        func take(_ outcome: Receipt.Outcome, _ detail: String = "", at seconds: Int64) throws {
            var entries = EntryBatch()
            let at = Moment(seconds: seconds)
            entries.append(
                .receipt(Receipt(id: "MSG_1", sink: "sms", outcome: outcome, detail: detail, at: at))
            )
            let commit = Commit(after: try test.store.head(of: "0"), entries: entries)
            try test.store.commit(commit, to: "0", routes: test.routes) { _ in [] }
        }
        try take(.accepted, at: 1)
        try take(.failed, "stat:UNDELIV", at: 2)
        try take(.failed, "again", at: 3)
        try take(.delivered, at: 4)
        let found = try test.store.receipts(of: "MSG_1")
        #expect(found.map(\.outcome) == [.failed, .delivered])
        #expect(found.map(\.detail) == ["stat:UNDELIV", ""])
        #expect(found.map(\.at) == [Moment(seconds: 2), Moment(seconds: 4)])
    }

    @Test("A silence is in force until its time or its end, and comes once")
    func silences() throws {
        let test = try TestStore()
        func order(_ id: String, _ order: Instruction.Order, at seconds: Int64) throws {
            var entries = EntryBatch()
            entries.append(
                .instruction(Instruction(id: id, order: order, by: "anna", at: Moment(seconds: seconds)))
            )
            let commit = Commit(after: try test.store.head(of: "0"), entries: entries)
            try test.store.commit(commit, to: "0", routes: test.routes) { _ in [] }
        }
        let scope = Instruction.Scope(subject: "A7")
        try order("S1", .silence(scope, until: Moment(seconds: 100)), at: 1)
        try order("S1", .silence(scope, until: Moment(seconds: 900)), at: 2)
        try order("S2", .silence(Instruction.Scope(site: "12"), until: Moment(seconds: 50)), at: 2)
        func inForce(_ seconds: Int64) throws -> [String] {
            try test.store.silences(in: Moment(seconds: seconds)...Moment(seconds: seconds)).map(\.id)
        }
        #expect(try inForce(0) == [])
        #expect(try inForce(10) == ["S2", "S1"])
        #expect(try inForce(50) == ["S1"])
        try order("E1", .endSilence(id: "S1"), at: 60)
        #expect(try inForce(60) == [])
        #expect(try inForce(59) == ["S1"])
        try order("E2", .endSilence(id: "S2"), at: 60)
        #expect(try test.store.silence("S2")?.endedAt == nil, "it had ended by itself")
        #expect(try test.store.silence("S1")?.endedAt == Moment(seconds: 60))
        #expect(try test.store.silence("S9") == nil)
        // Planned: one begins at 200, the other is ended before.
        let begin = Moment(seconds: 200)
        for id in ["P1", "P2"] {
            try order(id, .silence(scope, from: begin, until: Moment(seconds: 300)), at: 70)
        }
        try order("E3", .endSilence(id: "P2"), at: 80)
        #expect(try inForce(199) == [])
        #expect(try inForce(200) == ["P1"])
        #expect(try test.store.silence("P1")?.from == begin)
        #expect(try test.store.silences(in: Moment(seconds: 75)...Moment(seconds: 250)).map(\.id) == ["P1"])
    }
}
