import Delivery
import Interactions
import Synchronization
import Testing
import Units

@testable import Console

@Suite("What gateways of calls, watches and chats post", .timeLimit(.minutes(2)))
final class SignedHookTests: Sendable {
    let hooks = HookTests()
    let answers = Mutex<[InboundAnswer]>([])
    let receipts = Mutex<[InboundReceipt]>([])
    let commands = Mutex<[InboundCommand]>([])
    let refusal = Mutex<HookRefusal?>(nil)

    /// Sends bodies that are wrong, and expects to be told why.
    private func expectRefused(_ server: HTTPServer, _ path: String, _ problems: [(String, String)]) throws {
        for (body, problem) in problems {
            let response = try hooks.post(server, path, body)
            #expect(response.status == 400, "\(body)")
            let words = String(decoding: response.body, as: UTF8.self)
            #expect(words.hasPrefix(problem), "\(words)")
        }
    }

    @Test("An answer says to which notice it is, who answers and what")
    func answer() throws {
        let server = try hooks.signed {
            AnswerHook.route($0) { [self] answer throws(HookRefusal) in
                answers.withLock { $0.append(answer) }
            }
        }
        defer { server.stop() }
        let bare = #"{"id":"A1","notice":"MSG_1","recipient":"P-2","action":"ack"}"#
        let whole = """
            {"id":"A2","notice":"MSG_1","recipient":"P-2","action":"text","text":"j'arrive",\
            "at":"2026-01-05T07:31:02.120Z"}
            """
        #expect(try hooks.post(server, AnswerHook.path, bare).status == 200)
        #expect(try hooks.post(server, AnswerHook.path, whole).status == 200)
        #expect(
            answers.withLock { $0 } == [
                InboundAnswer(
                    id: "A1",
                    notice: "MSG_1",
                    recipient: "P-2",
                    action: .ack,
                    text: "",
                    at: hooks.now
                ),
                InboundAnswer(
                    id: "A2",
                    notice: "MSG_1",
                    recipient: "P-2",
                    action: .text,
                    text: "j'arrive",
                    at: Moment(microseconds: 1_767_598_262_120_000)
                ),
            ]
        )
        #expect(try hooks.post(server, AnswerHook.path, bare, signed: false).status == 401)
        #expect(try hooks.post(server, AnswerHook.path, bare, at: hooks.now - .minutes(6)).status == 401)
        let long = String(repeating: "x", count: HookFields.longestText + 1)
        try expectRefused(
            server,
            AnswerHook.path,
            [
                (#"{"id":"A","notice":"N","recipient":"P","action":"call"}"#, "action: expected one of ack,"),
                (#"{"id":"A","notice":"N","recipient":"P"}"#, "action: expected a text, found none"),
                (
                    #"{"id":"A","notice":"N","recipient":"P","action":"text"}"#,
                    "text: expected a text, found none"
                ),
                (#"{"id":"A","notice":"N","action":"ack"}"#, "recipient: expected a text, found none"),
                (#"{"id":"A","recipient":"P","action":"ack"}"#, "notice: expected a text, found none"),
                (#"{"notice":"N","recipient":"P","action":"ack"}"#, "id: expected a text, found none"),
                (
                    #"{"id":"A","notice":"N","recipient":"P","action":"text","text":"\#(long)"}"#,
                    "text: expected 4096 bytes at most, found 4097"
                ),
                ("[]", "expected a JSON object"),
            ]
        )
        #expect(answers.withLock { $0.count } == 2)
        #expect("\(answers.withLock { $0[1] })" == "answer A2: text to MSG_1")
    }

    @Test("A receipt names its notice by either word, and an outcome that is known")
    func receipt() throws {
        let server = try hooks.signed {
            ReceiptHook.route($0) { [self] receipt throws(HookRefusal) in
                receipts.withLock { $0.append(receipt) }
            }
        }
        defer { server.stop() }
        for body in [
            #"{"notice":"MSG_1","outcome":"delivered"}"#,
            #"{"id":"MSG_2","outcome":"failed","reason":"no answer","at":"2026-01-05T07:31:02.120Z"}"#,
        ] {
            #expect(try hooks.post(server, ReceiptHook.path, body).status == 200)
        }
        let at = Moment(microseconds: 1_767_598_262_120_000)
        #expect(
            receipts.withLock { $0 } == [
                InboundReceipt(id: "MSG_1", outcome: .delivered, detail: "", at: hooks.now),
                InboundReceipt(id: "MSG_2", outcome: .failed, detail: "no answer", at: at),
            ]
        )
        let body = #"{"notice":"MSG_1","outcome":"delivered"}"#
        #expect(try hooks.post(server, ReceiptHook.path, body, signed: false).status == 401)
        try expectRefused(
            server,
            ReceiptHook.path,
            [
                (#"{"outcome":"delivered"}"#, "id: expected a text, found none"),
                (#"{"notice":"N","outcome":"rung"}"#, "outcome: expected one of delivered, failed,"),
            ]
        )
        #expect(receipts.withLock { $0.count } == 2)
    }

    @Test("A command says which case, which of its commands and who wants it; a refusal is told in words")
    func command() throws {

        let server = try hooks.signed {
            CommandHook.route($0) { [self] command throws(HookRefusal) in
                if let refusal = refusal.withLock({ $0 }) { throw refusal }
                commands.withLock { $0.append(command) }
            }
        }
        defer { server.stop() }
        let body = #"{"id":"C1","key":"CASE_1","command":"reset","by":"P-2","note":"asked by phone"}"#
        #expect(try hooks.post(server, CommandHook.path, body).status == 200)
        let expected = InboundCommand(
            id: "C1",
            key: "CASE_1",
            command: "reset",
            by: "P-2",
            note: "asked by phone",
            at: hooks.now
        )
        #expect(commands.withLock { $0 } == [expected])
        #expect(try hooks.post(server, CommandHook.path, body, signed: false).status == 401)
        try expectRefused(
            server,
            CommandHook.path,
            [
                (#"{"id":"C","key":"K","command":"reset"}"#, "by: expected a text, found none"),
                (#"{"id":"C","key":"K","by":"P"}"#, "command: expected a text, found none"),
            ]
        )
        let refusals: [(HookRefusal, Int, String)] = [
            (.unknown("no case"), 404, "no case; nothing was kept\n"),
            (.impossible("offers reset"), 409, "offers reset; nothing was kept\n"),
            (.later("busy"), 503, "cannot be kept now, send it again: busy\n"),
        ]
        for (reason, status, words) in refusals {
            refusal.withLock { $0 = reason }
            let response = try hooks.post(server, CommandHook.path, body)
            #expect(response.status == status)
            #expect(String(decoding: response.body, as: UTF8.self) == words)
        }
        #expect(commands.withLock { $0.count } == 1)
    }
}
