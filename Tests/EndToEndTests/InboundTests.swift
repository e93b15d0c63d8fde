import Delivery
import Foundation
import Interactions
import Store
import Synchronization
import Telemetry
import TestSupport
import Testing
import Units

@Suite("What comes in besides telemetry", .serialized)
struct InboundTests {
    private func post(_ rig: Rig, _ path: String, _ body: String, secret: String = Rig.hookSecret) throws
        -> Int?
    {
        let signature = try #require(RequestSignature(secret: [UInt8](secret.utf8)))
        let now = Moment(seconds: Int64(Date().timeIntervalSince1970))
        let value = signature.value(for: [UInt8](body.utf8), at: now)
        let header = "\(RequestSignature.header): \(value)"
        return LoopbackHTTP.call("POST", rig.vigie.httpPort, path, headers: [header], body: body)?.status
    }

    private func postUpdate(_ rig: Rig, _ id: String, key: String, secret: String = Rig.hookSecret) throws
        -> Int?
    {
        let body = #"{"id":"\#(id)","key":"\#(key)","status":"inProgress","by":"crm"}"#
        return try post(rig, "/hooks/case", body, secret: secret)
    }

    private func answer(_ rig: Rig, _ id: String, from: String, _ text: String) -> Int? {
        let items = [("id", id), ("from", from), ("to", "38000"), ("text", text), ("token", Rig.hookToken)]
        let query = items.map { "\($0.0)=\(LoopbackHTTP.escaped($0.1))" }.joined(separator: "&")
        return LoopbackHTTP.call("GET", rig.vigie.httpPort, "/kannel/mo?\(query)")?.status
    }

    @Test("News about a case is durable before the caller hears so, and counts once")
    func caseHook() throws {
        let rig = try Rig()
        try rig.vigie.hand(Rig.home)
        try rig.vigie.start()
        try rig.callForHelp("1")
        #expect(try eventually { try rig.vigie.sent().contains { $0.detail == "1 opened" } })
        let key = try #require(try rig.vigie.sent().first { $0.detail == "1 opened" }?.key)
        #expect(try postUpdate(rig, "U-1", key: key, secret: "another secret, too") == 401)
        #expect(try postUpdate(rig, "U-1", key: key) == 200)
        rig.vigie.kill()
        let updates = try rig.vigie.journal().filter { if case .caseUpdate = $0 { true } else { false } }
        #expect(updates.count == 1)
        try rig.vigie.start()
        // The caller did not hear the answer, perhaps, and says it again.
        let start = Date()
        #expect(try postUpdate(rig, "U-1", key: key) == 200)
        #expect(Date().timeIntervalSince(start) < 5)
        #expect(try eventually { try rig.vigie.sent().contains { $0.detail == "2 updated" } })
        let again = try rig.vigie.journal().filter { if case .caseUpdate = $0 { true } else { false } }
        #expect(again.count == 1)
    }

    @Test("The answer 1 ends the asking")
    func reply() throws {
        let rig = try Rig()
        try rig.vigie.hand(Rig.home)
        try rig.vigie.start()
        try rig.callForHelp("1")
        #expect(try eventually { try rig.vigie.sent().contains { $0.detail == "ask-1 P-2" } })
        #expect(answer(rig, "MO-1", from: "+33612345678", "1 j'y vais") == 200)
        rig.vigie.kill()
        try rig.vigie.start()
        #expect(try eventually { try rig.vigie.sent().contains { $0.detail.hasSuffix(" acknowledged") } })
        #expect(answer(rig, "MO-1", from: "+33612345678", "1 j'y vais") == 200)
        #expect(try rig.vigie.sent().count { $0.detail.hasSuffix("acknowledged") } == 1)
    }

    @Test("A receipt and an answer to a notice are durable, count once, and take the case")
    func answerToNotice() throws {
        let rig = try Rig()
        try rig.vigie.hand(Rig.home)
        try rig.vigie.start()
        try rig.callForHelp("1")
        #expect(try eventually { try rig.vigie.sent().contains { $0.detail == "ask-1 P-2" } })
        let notice = try #require(try rig.vigie.sent().first { $0.detail == "ask-1 P-2" }?.id)
        #expect(try post(rig, "/hooks/receipt", #"{"notice":"\#(notice)","outcome":"delivered"}"#) == 200)
        #expect(try post(rig, "/hooks/receipt", #"{"notice":"MSG_X","outcome":"delivered"}"#) == 404)
        func answer(by recipient: String) -> String {
            #"{"id":"A-1","notice":"\#(notice)","recipient":"\#(recipient)","action":"ack"}"#
        }
        #expect(try post(rig, "/hooks/answer", answer(by: "P-1")) == 409)
        #expect(try post(rig, "/hooks/answer", answer(by: "P-2"), secret: "another secret, too") == 401)
        #expect(try post(rig, "/hooks/answer", answer(by: "P-2")) == 200)
        rig.vigie.kill()
        try rig.vigie.start()
        #expect(try eventually { try rig.vigie.sent().contains { $0.detail.hasSuffix(" acknowledged") } })
        #expect(try post(rig, "/hooks/answer", answer(by: "P-2")) == 200)
        #expect(try rig.vigie.journal().count { if case .reply = $0 { true } else { false } } == 1)
    }

    @Test("Callers that wait while Vigie stops hear at once that nothing was kept")
    func stopWhileCalling() throws {
        let rig = try Rig()
        try rig.vigie.start()
        try rig.limitFiles(to: 4096)
        let status = Called()
        let rigPort = rig.vigie.httpPort
        let query = "id=1&from=33612345678&to=38000&text=1&token=\(LoopbackHTTP.escaped(Rig.hookToken))"
        Thread.detachNewThread {
            status.set(LoopbackHTTP.call("GET", rigPort, "/kannel/mo?\(query)")?.status)
        }
        #expect(eventually { rig.vigie.get("/readyz")?.status == 503 })
        let end = rig.vigie.stop()
        #expect(end.code == 0)
        #expect(end.seconds < 5)
        #expect(eventually { status.value == 503 })
    }

    @Test("A directory that is handed in while it runs is in force for the next alert")
    func directory() throws {
        let rig = try Rig()
        try rig.vigie.start()
        try rig.vigie.hand(Rig.home)
        #expect(try eventually { try rig.vigie.store().directory() != nil })
        try rig.callForHelp("1")
        #expect(try eventually { try rig.vigie.sent().contains { $0.detail == "ask-1 P-2" } })
    }

    @Test("A directory that cannot be read is told and does not stop the work")
    func brokenDirectory() throws {
        let rig = try Rig()
        try rig.vigie.hand(Rig.home)
        try rig.vigie.start()
        #expect(try eventually { try rig.vigie.store().directory() != nil })
        try rig.vigie.store().post(.directory(at: .distantPast, json: [UInt8]("{broken".utf8)))
        #expect(try eventually { try rig.vigie.store().deadLetterCount() == 1 })
        try rig.callForHelp("1")
        #expect(try eventually { try rig.vigie.sent().contains { $0.detail == "ask-1 P-2" } })
        #expect(rig.vigie.stop().code == 0)
        try rig.vigie.start()
    }
}

private final class Called: Sendable {
    private let status = Mutex<Int?>(nil)

    var value: Int? { status.withLock { $0 } }

    func set(_ value: Int?) { status.withLock { $0 = value } }
}
