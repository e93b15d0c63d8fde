import Foundation
import Interactions
import Synchronization
import TestSupport
import Testing
import Units

@testable import Delivery

@Suite("Text messages through a real Kannel", .serialized, .timeLimit(.minutes(3)))
struct KannelTests {
    static func now() -> Moment { Moment(microseconds: Int64(Date().timeIntervalSince1970 * 1e6)) }

    func send(
        _ rig: KannelRig,
        _ id: String,
        _ text: String,
        to number: String = "+33612345678",
        urgency: Notice.Urgency = .service
    ) -> SinkResult {
        let now = Self.now()
        return rig.sink().deliver(
            job(notice(id, text, urgency: urgency, at: now)),
            to: tenant(number),
            at: now
        )
    }

    @Test(
        "French text arrives septet for septet, folded where it must be, and its receipts come back with our id"
    )
    func gsm7() throws {
        let rig = try KannelRig()
        defer { rig.stop() }
        try rig.start()
        let text = "Réparation à 9 h : l’ascenseur, été, ça, ÉÇ, 10 € [ok] ~ù ; besoin d'aide ?"
        #expect(send(rig, "MSG_1", text) == .done(reference: nil))
        #expect(eventually { rig.outcome.receipts(for: "MSG_1").contains(.delivered) })
        #expect(rig.outcome.receipts(for: "MSG_1") == [.delivered, .accepted])
        let parts = rig.submitted
        #expect(parts.map(\.to) == ["+33612345678"])
        #expect(parts.map(\.coding) == ["0"])
        #expect(
            parts.map { String(decoding: $0.bytes, as: UTF8.self) }
                == ["Réparation à 9 h : l'ascenseur, été, ca, ÉÇ, 10 € [ok] ~ù ; besoin d'aide ?"]
        )
    }

    @Test("Before a slow operator a text about a life waits for the texts that Kannel has, not for all")
    func window() throws {
        let rig = try KannelRig(perSecond: 10)
        defer { rig.stop() }
        try rig.start()
        let now = Self.now()
        let tenants = (0..<60 as Range<Int64>).map { number in
            job(notice("MSG_\(number)", key: "CASE_\(number)", at: now), row: number + 1)
        }
        let outbox = MemoryOutbox(tenants)
        let window = SendWindow()
        rig.outcome.window.withLock { $0 = window }
        let dispatcher = Dispatcher(
            rig.sink(window: window),
            outbox: outbox,
            settings: .init(pollInterval: .milliseconds(20)),
            clock: Self.now,
            observe: { _ in }
        )
        #expect(dispatcher.start() > 0)
        defer { _ = dispatcher.stop(within: .seconds(10)) }
        #expect(eventually { rig.submitted.count >= 3 })
        outbox.add(
            job(notice("MSG_fall", "ALERTE", key: "CASE_fall", urgency: .lifeSafety, at: now), row: 99)
        )
        dispatcher.wake()
        #expect(eventually { outbox.states().last == "done" })
        let gone = rig.submitted.count
        #expect(eventually(within: 60) { rig.submitted.count == 61 })
        let place = try #require(
            rig.submitted.firstIndex { String(decoding: $0.bytes, as: UTF8.self) == "ALERTE" }
        )
        #expect(
            place < gone + SendWindow.limit + Dispatcher.Settings().threads,
            "\(gone) had gone when Kannel took it, \(place) when the operator did"
        )
        #expect(place < 60)
    }

    @Test("Other scripts and emoji arrive as UCS-2")
    func ucs2() throws {
        let rig = try KannelRig()
        defer { rig.stop() }
        try rig.start()
        let text = "Лифт не работает 😀 prêt"
        #expect(send(rig, "MSG_1", text) == .done(reference: nil))
        #expect(eventually { rig.outcome.receipts(for: "MSG_1").contains(.delivered) })
        let parts = rig.submitted
        #expect(parts.map(\.coding) == ["2"])
        #expect(parts.map(\.ucs2) == [text])
    }

    @Test("A long text arrives in the parts that we counted, none cut inside a character")
    func multipart() throws {
        let rig = try KannelRig()
        defer { rig.stop() }
        try rig.start()
        let latin = String(repeating: "à", count: 152) + "€" + String(repeating: "é", count: 40)
        let emoji = "Слово " + String(repeating: "я", count: 60) + "😀" + String(repeating: "ж", count: 70)
        let cases = [("MSG_1", latin, "+33612345671"), ("MSG_2", emoji, "+33612345672")]
        for (id, text, number) in cases {
            #expect(send(rig, id, text, to: number) == .done(reference: nil))
            #expect(eventually { rig.outcome.receipts(for: id).contains(.delivered) })
            let encoding = try SMSEncoding(text)
            #expect(
                eventually {
                    rig.submitted.count { $0.to == number } == encoding.parts.count
                }
            )
            let parts = rig.submitted.filter { $0.to == number }
                .sorted { ($0.header.last ?? 0) < ($1.header.last ?? 0) }
            #expect(parts.map { $0.header.prefix(3) } == parts.map { _ in [5, 0, 3] })
            #expect(parts.map { $0.header.last ?? 0 } == (1...UInt8(parts.count)).map { $0 })
            let isUCS2 = encoding.alphabet == .ucs2
            let texts = parts.map { isUCS2 ? $0.ucs2 : String(decoding: $0.bytes, as: UTF8.self) }
            #expect(texts.joined() == (isUCS2 ? encoding.evenlySplit : text))
            #expect(texts.allSatisfy { !$0.contains("\u{FFFD}") && !$0.contains("?") })
            #expect(texts[1].hasPrefix(isUCS2 ? "😀" : "€"))
        }
    }

    @Test("A refused number, a lost message and a throttled one are told apart by their receipts")
    func fates() throws {
        let rig = try KannelRig()
        defer { rig.stop() }
        try rig.start()
        for (id, number) in [("MSG_1", "+33612345601"), ("MSG_2", "+33612345602"), ("MSG_3", "+33612345603")]
        {
            #expect(send(rig, id, "Bonjour", to: number) == .done(reference: nil))
        }
        #expect(eventually { rig.outcome.receipts(for: "MSG_1").contains(.refused) })
        #expect(eventually { rig.outcome.receipts(for: "MSG_2").contains(.delivered) })
        #expect(eventually { rig.outcome.receipts(for: "MSG_3").contains(.failed) })
        #expect(!rig.outcome.receipts(for: "MSG_1").contains(.delivered))
        #expect(!rig.outcome.receipts(for: "MSG_3").contains(.delivered))
    }

    @Test("A wrong password is tried again, because a person can mend it")
    func wrongPassword() throws {
        let rig = try KannelRig()
        defer { rig.stop() }
        try rig.start()
        let now = Self.now()
        let result = rig.sink(password: "wrong").deliver(job(notice(at: now)), to: tenant(), at: now)
        guard case .retry(.refused(403, _), nil, unknown: false) = result else {
            return #expect(Bool(false), "found \(result)")
        }
    }

    @Test("A person's reply comes in, again after it could not be kept, with one id")
    func reply() throws {
        let rig = try KannelRig()
        defer { rig.stop() }
        try rig.start()
        rig.outcome.repliesToRefuse.withLock { $0 = 1 }
        rig.receiveReply(from: "33612345678", text: "1 J'y vais, été")
        #expect(eventually { rig.outcome.replies.withLock { $0.count } == 2 })
        let replies = rig.outcome.replies.withLock { $0 }
        #expect(Set(replies.map(\.id)).count == 1)
        #expect(replies.allSatisfy { $0.from == "+33612345678" && $0.to == "38000" })
        #expect(replies.allSatisfy { $0.text == "1 J'y vais, été" })
    }

    @Test("Kannel down and back: what waits goes out once, without anybody's help")
    func downAndBack() throws {
        let rig = try KannelRig()
        defer { rig.stop() }
        let now = Self.now()
        let jobs = (1...6).map { number in
            let urgency: Notice.Urgency = number == 6 ? .lifeSafety : .service
            var job = job(notice("MSG_\(number)", urgency: urgency, at: now), row: Int64(number))
            job.key = "CASE_\(number)"
            return job
        }
        let outbox = MemoryOutbox(jobs)
        let reports = Mutex<[DeliveryReport]>([])
        let pauses = Mutex(0)
        let dispatcher = Dispatcher(rig.sink(), outbox: outbox, clock: { Self.now() }) { event in
            if case .report(let report) = event { reports.withLock { $0.append(report) } }
            if case .paused = event { pauses.withLock { $0 += 1 } }
        }
        #expect(dispatcher.start() == 4)
        #expect(eventually { pauses.withLock { $0 } > 0 })
        #expect(reports.withLock { $0.isEmpty })
        try rig.start()
        #expect(eventually(within: 60) { reports.withLock { $0.count } == 6 })
        #expect(dispatcher.stop(within: .seconds(20)))
        #expect(reports.withLock { $0.allSatisfy { $0.outcome == .accepted } })
        #expect(
            eventually { (1...6).allSatisfy { rig.outcome.receipts(for: "MSG_\($0)").contains(.delivered) } }
        )
        #expect(rig.submitted.count == 6)
    }

    @Test("What Kannel has accepted survives its crash")
    func crash() throws {
        let rig = try KannelRig()
        defer { rig.stop() }
        try rig.start()
        // Throttled at first, so Kannel still has it when it is killed.
        #expect(send(rig, "MSG_1", "Bonjour", to: "+33612345602") == .done(reference: nil))
        #expect(eventually { rig.submitted.count == 1 })
        rig.kill()
        guard case .retry(.unreachable, nil, unknown: false) = send(rig, "MSG_2", "Bonjour") else {
            return #expect(Bool(false), "nobody listens")
        }
        try rig.start()
        #expect(eventually { rig.submitted.count >= 2 })
        #expect(eventually { rig.outcome.receipts(for: "MSG_1").contains(.delivered) })
    }
}
