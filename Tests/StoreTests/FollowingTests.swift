import Interactions
import TestSupport
import Testing
import Units

@testable import Store

@Suite("Notices that follow another")
struct FollowingTests {
    private static let first = notice("out", phase: "begins")
    private static let end = notice("back", phase: "cleared", follows: ["out"], because: .cleared)

    private func reasons(_ test: TestStore) throws -> [String] {
        try test.store.held(of: "CASE_1", limit: 10).map { "\($0.recipient ?? "all"): \($0.reason)" }
    }

    @Test("The end is told to whoever got the beginning")
    func sent() throws {
        let test = try TestStore()
        try test.commit(Self.first)
        #expect(try test.ids("sms") == ["out"])
        try test.finish("out", as: .done(reference: nil))
        try test.commit(Self.end)
        #expect(try test.ids("sms") == ["back"])
        #expect(try reasons(test) == [])
    }

    @Test("What was taken back, given up or too late before it was sent has no end to be told")
    func neverSent() throws {
        let ways: [(String, (TestStore) throws -> Void)] = [
            ("withdrawn", { try $0.commit(withdrawn("CASE_1", phases: ["begins"])) }),
            ("cancelled", { try $0.store.cancel(try $0.row(of: "out"), by: "anna", at: Moment()) }),
            (
                "expired",
                { _ = try $0.store.expireJobs(of: "sms", now: Moment(seconds: 1_000_001), limit: 10) }
            ),
        ]
        for (way, end) in ways {
            let test = try TestStore()
            try test.commit(Self.first)
            try end(test)
            try test.commit(Self.end)
            #expect(try test.state(of: "back") == .withdrawn, "\(way)")
            #expect(try test.ids("sms", at: 9).isEmpty, "\(way)")
            #expect(try reasons(test) == ["P_1: first not sent"], "\(way)")
        }
    }

    @Test("Taken back in the very commit that tells the end: neither goes out")
    func sameCommit() throws {
        let test = try TestStore()
        try test.commit(Self.first)
        try test.commit(withdrawn("CASE_1", phases: ["begins"]), Self.end)
        #expect(try test.state(of: "out") == .withdrawn)
        #expect(try test.state(of: "back") == .withdrawn)
        #expect(try reasons(test) == ["P_1: first not sent"])
        let held = try #require(try test.store.held(of: "CASE_1", limit: 1).first)
        #expect(held.why.french == "le premier message n'est jamais parti")
        #expect(held.why.english == "the first message was never sent")
    }

    @Test("The end waits for the beginning, and goes with it when that never goes out")
    func waits() throws {
        let ends: [(String, (TestStore) throws -> Void)] = [
            ("withdrawn", { try $0.commit(withdrawn("CASE_1", phases: ["begins"])) }),
            ("cancelled", { try $0.store.cancel(try $0.row(of: "out"), by: "anna", at: Moment()) }),
            ("expired", { _ = try $0.store.expireJobs(of: "sms", now: Moment(seconds: 101), limit: 10) }),
        ]
        for (way, end) in ends {
            let test = try TestStore()
            try test.commit(notice("out", phase: "begins", notAfter: 100, notBefore: 50), Self.end)
            #expect(try test.ids("sms", at: 49).isEmpty, "\(way)")
            try end(test)
            #expect(try test.state(of: "back") == .withdrawn, "\(way)")
            #expect(try test.ids("sms", at: 200).isEmpty, "\(way)")
            #expect(try reasons(test) == ["P_1: first not sent"], "\(way)")
        }
    }

    @Test("Found too late at the very moment of sending: the end is not told either")
    func expiredInFlight() throws {
        let test = try TestStore()
        try test.commit(Self.first, Self.end)
        #expect(try test.ids("sms") == ["out"])
        try test.finish("out", as: .expired)
        #expect(try test.state(of: "back") == .withdrawn)
        #expect(try reasons(test) == ["P_1: first not sent"])
    }

    @Test("A refused beginning holds the end back until an operator has decided")
    func parked() throws {
        let test = try TestStore()
        try test.commit(Self.first, Self.end)
        _ = try test.ids("sms")
        try test.finish("out", as: .parked(reason: "no such number"))
        #expect(try test.ids("sms").isEmpty)
        try test.store.retry(try test.row(of: "out"), by: "anna", at: Moment())
        #expect(try test.ids("sms") == ["out"])
        try test.finish("out", as: .parked(reason: "no such number"))
        try test.store.cancel(try test.row(of: "out"), by: "anna", at: Moment())
        #expect(try test.state(of: "back") == .withdrawn)
    }

    @Test("Whoever perhaps read the beginning reads the end")
    func perhapsSent() throws {
        let ways: [(String, DeliveryOutcome)] = [
            ("unknown", .retry(at: Moment(), reason: "timeout", unknown: true)),
            ("parked", .parked(reason: "sent once", mayHaveArrived: true)),
        ]
        for (way, outcome) in ways {
            let test = try TestStore()
            try test.commit(Self.first, Self.end)
            _ = try test.ids("sms")
            try test.finish("out", as: outcome)
            #expect(try test.ids("sms") == ["back"], "\(way)")
        }
        let test = try TestStore()
        try test.commit(Self.first)
        _ = try test.ids("sms")
        _ = try test.store.recoverInFlight(at: Moment())
        try test.commit(Self.end)
        #expect(try test.ids("sms") == ["back"])
    }

    @Test("A life-safety notice that may have arrived and is tried again has its end after it")
    func retriedLifeSafety() throws {
        let test = try TestStore()
        try test.commit(notice("ask", urgency: .lifeSafety), notice("stand down", follows: ["ask"]))
        _ = try test.ids("sms")
        try test.finish("ask", as: .retry(at: Moment(seconds: 9), reason: "timeout", unknown: true))
        #expect(try test.ids("sms", at: 8).isEmpty)
        #expect(try test.ids("sms", at: 9) == ["ask"])
        try test.finish("ask", as: .expired)
        #expect(try test.ids("sms", at: 9) == ["stand down"])
    }

    @Test("A chain goes as a whole, and another reader of the same case is not touched")
    func chain() throws {
        let test = try TestStore()
        try test.commit(
            Self.first,
            notice("delay", phase: "news-1", follows: ["out"]),
            notice("back", phase: "cleared", follows: ["delay"]),
            notice("out 2", phase: "begins-2", to: "P_2"),
            notice("back 2", phase: "cleared-2", to: "P_2", follows: ["out 2"])
        )
        try test.commit(withdrawn("CASE_1", phases: ["begins"]))
        for id in ["out", "delay", "back"] { #expect(try test.state(of: id) == .withdrawn, "\(id)") }
        #expect(try reasons(test) == ["P_1: first not sent", "P_1: first not sent"])
        #expect(try test.ids("sms") == ["out 2"])
        try test.finish("out 2", as: .done(reference: nil))
        #expect(try test.ids("sms") == ["back 2"])
    }

    @Test("Each sink goes by its own copy; where there was none, by any")
    func sinks() throws {
        let test = try TestStore()
        test.routes = Routes(notices: ["sms", "file"], channels: [.voice: ["caller"]])
        try test.commit(Self.first)
        #expect(try test.ids("file") == ["out"])
        let copy = try #require(try test.store.outbox(in: .inFlight, limit: 1).first)
        try test.store.finish(copy.row, as: .done(reference: nil), at: Moment())
        try test.commit(withdrawn("CASE_1", phases: ["begins"]), Self.end)
        #expect(try test.ids("sms").isEmpty)
        #expect(try test.ids("file") == ["back"])
        #expect(try reasons(test) == [])
        try test.commit(notice("call", phase: "call", channel: .voice, follows: ["out"]))
        #expect(try test.ids("caller") == ["call"])
    }

    @Test("What nobody was to be sent has no end, and what is no longer kept holds back nothing")
    func withoutDeliveries() throws {
        let test = try TestStore()
        test.routes.health = []
        try test.commit(notice("out", privacy: .health))
        try test.commit(Self.end, notice("other", key: "CASE_2", follows: ["MSG_forgotten"]))
        #expect(try test.ids("sms") == ["other"])
        #expect(try test.state(of: "back") == .withdrawn)
    }

    @Test("What follows any of several goes out with whichever may have arrived")
    func severalFirsts() throws {
        let asks = [notice("ask 1", phase: "ask-1"), notice("ask 2", phase: "ask-2")]
        let end = notice("stand down", phase: "taken", follows: ["ask 1", "ask 2"])
        for lost in ["ask-1", "ask-2"] {
            let test = try TestStore()
            try test.commit(asks[0], asks[1], end)
            try test.commit(withdrawn("CASE_1", phases: [lost]))
            let other = lost == "ask-1" ? "ask 2" : "ask 1"
            #expect(try test.ids("sms") == [other])
            #expect(try test.ids("sms").isEmpty, "it waits for the one under way")
            try test.finish(other, as: .done(reference: nil))
            #expect(try test.ids("sms") == ["stand down"])
            #expect(try reasons(test) == [])
        }
        let test = try TestStore()
        try test.commit(asks[0], asks[1], end)
        try test.commit(withdrawn("CASE_1", phases: ["ask-1"]))
        #expect(try test.state(of: "stand down") == .pending)
        try test.commit(withdrawn("CASE_1", phases: ["ask-2"]))
        #expect(try test.state(of: "stand down") == .withdrawn)
        #expect(try reasons(test) == ["P_1: first not sent"])
    }

    @Test(
        "Whatever happens in whatever order, the end is told to exactly those who may have got a beginning"
    )
    func random() throws {
        var random = Dice(seed: 11)
        for round in 0..<60 {
            let test = try TestStore()
            let people = (0..<6).map { "P_\($0)" }
            /// What tells each that it began, by id.
            var begins: [String: [String]] = [:]
            var clock: Int64 = 0
            var mayHave: Set<String> = []
            var ended: Set<String> = []
            var sentEnds: Set<String> = []
            for person in people {
                for count in 1...Int.random(in: 1...3, using: &random) {
                    let wait: Int64? =
                        Bool.random(using: &random) ? Int64.random(in: 1...60, using: &random) : nil
                    let until = Int64.random(in: 40...200, using: &random)
                    let id = "out \(person) \(count)"
                    try test.commit(notice(id, phase: id, to: person, notAfter: until, notBefore: wait))
                    begins[person, default: []].append(id)
                }
            }
            func end(_ person: String) -> Effect {
                notice("back \(person)", phase: "cleared", to: person, follows: begins[person] ?? [])
            }
            for _ in 0..<90 {
                clock += Int64.random(in: 0...8, using: &random)
                let person = people[Int.random(in: 0..<people.count, using: &random)]
                let begin = try #require(begins[person]?.randomElement(using: &random))
                switch Int.random(in: 0..<9, using: &random) {
                case 0: try test.commit(withdrawn("CASE_1", phases: [begin]), at: clock)
                case 1 where ended.insert(person).inserted: try test.commit(end(person), at: clock)
                case 2:
                    if try [.pending, .parked].contains(test.state(of: begin)) {
                        try test.store.cancel(try test.row(of: begin), by: "anna", at: Moment(seconds: clock))
                    }
                case 3:
                    if try test.state(of: begin) == .parked {
                        try test.store.retry(try test.row(of: begin), by: "anna", at: Moment(seconds: clock))
                    }
                default:
                    _ = try test.store.expireJobs(of: "sms", now: Moment(seconds: clock), limit: 100)
                    for job in try test.claim("sms", at: clock, limit: Int.random(in: 1...4, using: &random))
                    {
                        let reader = String(job.id.split(separator: " ")[1])
                        let isEnd = job.id.hasPrefix("back")
                        if isEnd {
                            #expect(mayHave.contains(reader), "round \(round): \(job.id) without a beginning")
                            sentEnds.insert(reader)
                        }
                        let outcomes: [DeliveryOutcome] = [
                            .done(reference: nil), .parked(reason: "no such number"),
                            .parked(reason: "sent once", mayHaveArrived: true), .expired,
                            .retry(at: Moment(seconds: clock + 5), reason: "503", unknown: false),
                            .retry(at: Moment(seconds: clock + 5), reason: "timeout", unknown: true),
                        ]
                        let outcome = outcomes[Int.random(in: 0..<outcomes.count, using: &random)]
                        try test.store.finish(job.row, as: outcome, at: Moment(seconds: clock))
                        switch outcome {
                        case .done, .parked(_, mayHaveArrived: true), .retry(_, _, unknown: true):
                            if !isEnd { mayHave.insert(reader) }
                        case .parked, .expired, .retry: break
                        }
                    }
                }
            }
            // Operators give up what is parked, and all that is left comes to its end.
            for person in people where ended.insert(person).inserted {
                try test.commit(end(person), at: clock)
            }
            for begin in begins.values.joined() where try test.state(of: begin) == .parked {
                try test.store.cancel(try test.row(of: begin), by: "anna", at: Moment(seconds: clock))
            }
            clock += 500
            _ = try test.store.expireJobs(of: "sms", now: Moment(seconds: clock), limit: 100)
            for job in try test.claim("sms", at: clock) {
                sentEnds.insert(String(job.id.split(separator: " ")[1]))
                try test.store.finish(job.row, as: .done(reference: nil), at: Moment(seconds: clock))
            }
            #expect(sentEnds == mayHave, "round \(round)")
            let untold = try test.store.held(of: "CASE_1", limit: 100)
            #expect(Set(untold.compactMap(\.recipient)) == Set(people).subtracting(mayHave), "round \(round)")
            #expect(untold.count == people.count - mayHave.count, "round \(round): each is said once")
        }
    }
}
