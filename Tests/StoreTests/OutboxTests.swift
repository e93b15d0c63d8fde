import Interactions
import Telemetry
import Testing
import Units

@testable import Store

@Suite("Outbox order")
struct OutboxOrderTests {
    @Test("Life-safety notices go first, then what has waited longest")
    func lifeSafetyFirst() throws {
        let test = try TestStore()
        try test.commit(notice("MSG_old", key: "C1"), at: 1)
        try test.commit(notice("MSG_new", key: "C2"), at: 2)
        try test.commit(notice("MSG_fall", key: "C3", urgency: .lifeSafety), at: 3)
        try test.commit(notice("MSG_fall 2", key: "C4", urgency: .lifeSafety), at: 4)
        #expect(try test.ids("sms", at: 5, limit: 3) == ["MSG_fall", "MSG_fall 2", "MSG_old"])
        #expect(try test.ids("sms", at: 5) == ["MSG_new"])
    }

    @Test("Interactions of a key go out one after the other, other keys do not wait")
    func perKey() throws {
        let test = try TestStore()
        try test.commit(interaction("A1", key: "A"), interaction("A2", key: "A"), interaction("B1", key: "B"))
        #expect(try test.ids("crm") == ["A1", "B1"])
        #expect(try test.ids("crm").isEmpty)
        try test.finish("A1", as: .retry(at: Moment(seconds: 60), reason: "503", unknown: false))
        #expect(try test.ids("crm", at: 59).isEmpty)
        #expect(try test.ids("crm", at: 60) == ["A1"])
        try test.finish("A1", as: .done(reference: "4711"))
        #expect(try test.ids("crm", at: 60) == ["A2"])
    }

    @Test("Sinks do not wait for each other")
    func perSink() throws {
        let test = try TestStore()
        test.routes.interactions = ["crm", "file"]
        try test.commit(interaction("A1"), interaction("A2"))
        #expect(try test.ids("crm") == ["A1"])
        let first = try test.claim("file")
        #expect(first.map(\.id) == ["A1"])
        try test.store.finish(first[0].row, as: .done(reference: nil), at: Moment())
        #expect(try test.ids("file") == ["A2"])
        #expect(try test.ids("crm").isEmpty)
    }

    @Test("A parked interaction holds back its key until a person deals with it")
    func parkedInteraction() throws {
        let test = try TestStore()
        try test.commit(interaction("A1", key: "A"), interaction("A2", key: "A"), interaction("B1", key: "B"))
        _ = try test.ids("crm")
        try test.finish("A1", as: .parked(reason: "400"))
        #expect(try test.ids("crm").isEmpty)
        try test.store.cancel(try test.row(of: "A1"), by: "anna", at: Moment())
        #expect(try test.ids("crm") == ["A2"])
    }

    @Test("A parked notice holds back nobody, not even the same reader")
    func parkedNotice() throws {
        let test = try TestStore()
        try test.commit(notice("MSG_1"), notice("MSG_2", phase: "cleared"))
        #expect(try test.ids("sms") == ["MSG_1"])
        try test.finish("MSG_1", as: .parked(reason: "no such number"))
        #expect(try test.ids("sms") == ["MSG_2"])
    }

    @Test("One reader's notices of a case keep their order, the other readers' do not wait for them")
    func perReader() throws {
        let test = try TestStore()
        try test.commit(
            notice("P1 out", phase: "begins", to: "P_1"),
            notice("P2 out", phase: "begins", to: "P_2"),
            notice("P1 back", phase: "cleared", to: "P_1"),
            notice("P2 back", phase: "cleared", to: "P_2")
        )
        #expect(try test.ids("sms") == ["P1 out", "P2 out"])
        try test.finish("P1 out", as: .retry(at: Moment(seconds: 300), reason: "429", unknown: false))
        try test.finish("P2 out", as: .done(reference: nil))
        #expect(try test.ids("sms", at: 1) == ["P2 back"])
    }

    @Test("A life-safety notice does not wait for a service notice, a service notice waits for it")
    func urgencyOvertakes() throws {
        let test = try TestStore()
        try test.commit(notice("service"), notice("alarm", urgency: .lifeSafety), notice("service 2"))
        #expect(try test.ids("sms") == ["alarm", "service"])
        try test.finish("service", as: .done(reference: nil))
        #expect(try test.ids("sms").isEmpty)
        try test.finish("alarm", as: .done(reference: nil))
        #expect(try test.ids("sms") == ["service 2"])
    }
}

@Suite("Outbox ends")
struct OutboxEndTests {
    @Test("A job counts its attempts, and remembers that an outcome was unknown")
    func attempts() throws {
        let test = try TestStore()
        try test.commit(interaction("A1"))
        let outcomes: [DeliveryOutcome] = [
            .retry(at: Moment(), reason: "timeout", unknown: true),
            .retry(at: Moment(), reason: "503", unknown: false),
        ]
        for (tries, outcome) in outcomes.enumerated() {
            let job = try test.claim("crm")[0]
            #expect(job.attempts == tries)
            #expect(job.outcomeUnknown == (tries > 0))
            try test.finish("A1", as: outcome)
        }
        #expect(try test.claim("crm").map(\.outcomeUnknown) == [true])
    }

    @Test("A notice is never handed out after its time, is given back once and makes way for the next")
    func expiry() throws {
        let test = try TestStore()
        try test.commit(notice("MSG_1", notAfter: 100), notice("MSG_2", phase: "cleared", notAfter: 200))
        #expect(try test.store.expireJobs(of: "sms", now: Moment(seconds: 100), limit: 10).isEmpty)
        #expect(try test.ids("sms", at: 101).isEmpty)
        let expired = try test.store.expireJobs(of: "sms", now: Moment(seconds: 101), limit: 10)
        #expect(expired.map(\.id) == ["MSG_1"])
        #expect(try test.store.expireJobs(of: "sms", now: Moment(seconds: 101), limit: 10).isEmpty)
        #expect(try test.state(of: "MSG_1") == .expired)
        #expect(try test.ids("sms", at: 101) == ["MSG_2"])
    }

    @Test("A service notice that may have arrived is not sent again, a life-safety notice is")
    func unknownOutcome() throws {
        let test = try TestStore()
        try test.commit(notice("service", key: "C1"), notice("alarm", key: "C2", urgency: .lifeSafety))
        _ = try test.ids("sms")
        for id in ["service", "alarm"] {
            try test.finish(id, as: .retry(at: Moment(), reason: "timeout", unknown: true))
        }
        #expect(try test.state(of: "service") == .unknown)
        #expect(try test.claim("sms").map(\.id) == ["alarm"])
    }

    @Test("After a crash in flight: interactions, commands and alarms again, service notices not")
    func recovery() throws {
        let test = try TestStore()
        try test.commit(
            interaction("EVT"),
            command("CMD"),
            notice("service", key: "C1"),
            notice("alarm", key: "C2", urgency: .lifeSafety),
            notice("waiting", key: "C3")
        )
        #expect(try test.ids("crm") + test.ids("mqtt") == ["EVT", "CMD"])
        #expect(try test.ids("sms", limit: 2) == ["alarm", "service"])
        try test.reopen()
        let recovery = try test.store.recoverInFlight(at: Moment(seconds: 5))
        #expect(recovery == Recovery(requeued: 3, unknown: 1))
        #expect(try test.store.recoverInFlight(at: Moment(seconds: 5)) == Recovery(requeued: 0, unknown: 0))
        let again = try test.claim("crm", at: 5) + test.claim("mqtt", at: 5) + test.claim("sms", at: 5)
        #expect(again.map(\.id) == ["EVT", "CMD", "alarm", "waiting"])
        #expect(again.map(\.outcomeUnknown) == [true, true, true, false])
        #expect(try test.state(of: "service") == .unknown)
        let counts = try test.store.outboxCounts().filter { $0.state == .unknown }
        #expect(counts == [OutboxCount(sink: "sms", state: .unknown, count: 1)])
    }

    @Test("Only a job in flight can be finished")
    func finishTwice() throws {
        let test = try TestStore()
        try test.commit(interaction("A1"))
        let row = try test.claim("crm")[0].row
        try test.finish("A1", as: .done(reference: "x"))
        #expect(
            storeError { try test.finish("A1", as: .parked(reason: "late")) }
                == .refused(action: "finish", row: row, found: .done, allowed: [.inFlight])
        )
        #expect(try test.state(of: "A1") == .done)
        #expect(
            storeError { try test.store.finish(99, as: .expired, at: Moment()) }
                == .refused(action: "finish", row: 99, found: nil, allowed: [.inFlight])
        )
    }

    @Test("A job that cannot be read is parked and does not hold up the others")
    func poison() throws {
        let test = try TestStore()
        try test.commit(notice("bad", key: "C1"), notice("good", key: "C2"))
        try test.store.database.execute("UPDATE notice SET language = 'xx' WHERE id = 'bad'")
        #expect(try test.ids("sms") == ["good"])
        #expect(try test.state(of: "bad") == .parked)
    }

    @Test("The engine is told of each end exactly once")
    func news() throws {
        let test = try TestStore()
        try test.commit(
            interaction("EVT"),
            notice("sent", key: "C1"),
            notice("refused", key: "C2"),
            notice("late", key: "C3", notAfter: 10),
            notice("taken back", key: "C4"),
            notice("lost", key: "C5")
        )
        #expect(try test.store.news(limit: 10).isEmpty)
        _ = try test.store.expireJobs(of: "sms", now: Moment(seconds: 11), limit: 10)
        try test.store.cancel(try test.row(of: "taken back"), by: "anna", at: Moment(seconds: 12))
        #expect(try test.ids("sms", at: 13) == ["sent", "refused", "lost"])
        try test.finish("sent", as: .done(reference: "4711"), at: 14)
        try test.finish("refused", as: .parked(reason: "no such number"), at: 15)
        _ = try test.store.recoverInFlight(at: Moment(seconds: 16))
        let news = try test.store.news(limit: 10)
        #expect(
            news.map { "\($0.receipt.id) \($0.receipt.outcome) \($0.receipt.detail)" } == [
                "sent accepted 4711", "refused failed no such number", "late expired its time had passed",
                "taken back expired cancelled by an operator",
                "lost unknown the run ended while it was sent",
            ]
        )
        #expect(news[0].receipt.at == Moment(seconds: 14))
        #expect(news[0].receipt.sink == "sms")
        try test.commit(at: 20, told: news.prefix(2).map(\.row))
        try test.reopen()
        #expect(try test.store.news(limit: 10).map(\.receipt.id) == ["late", "taken back", "lost"])
    }
}
