import Delivery
import Interactions
import Synchronization
import Testing
import Units

@testable import Console

@Suite("Hooks let in what is genuine and answer once it is durable", .timeLimit(.minutes(2)))
final class HookTests: Sendable {
    let now = Moment(seconds: 1_767_600_000)
    let token = "a token of 24 characters"
    let isDurable = Mutex(true)
    let receipts = Mutex<[InboundReceipt]>([])
    let replies = Mutex<[InboundReply]>([])
    let updates = Mutex<[InboundCaseUpdate]>([])
    let client = HTTPClient()

    func kannel() throws -> HTTPServer {
        let routes = KannelHooks.routes(
            token: token,
            clock: { [now] in now },
            receipt: { [self] receipt in
                receipts.withLock { $0.append(receipt) }
                return isDurable.withLock { $0 }
            },
            reply: { [self] reply in
                replies.withLock { $0.append(reply) }
                return isDurable.withLock { $0 }
            }
        )
        return try HTTPServer(routes: try #require(routes))
    }

    func get(_ server: HTTPServer, _ target: String) throws -> HTTPResponse {
        try client.send(HTTPRequest(.get, "http://127.0.0.1:\(server.port)\(target)"))
    }

    var credentials: String { "&token=" + URIText.escaped(token) }

    @Test("Each receipt of Kannel has its meaning")
    func receipt() throws {
        let server = try kannel()
        defer { server.stop() }
        let kinds: [(Int, InboundReceipt.Outcome)] = [
            (1, .delivered), (2, .failed), (4, .buffered), (8, .accepted), (16, .refused),
        ]
        for (status, _) in kinds {
            let named = status == 1 ? "&sink=kannel2" : ""
            let target =
                "/kannel/dlr?id=MSG_\(status)\(named)&status=\(status)&answer=NACK%2Fabsent" + credentials
            let response = try get(server, target)
            #expect(response.status == 200)
            #expect(response.body.isEmpty)
        }
        #expect(
            receipts.withLock { $0 }
                == kinds.map {
                    InboundReceipt(
                        id: "MSG_\($0.0)",
                        sink: $0.0 == 1 ? "kannel2" : "",
                        outcome: $0.1,
                        detail: "NACK/absent",
                        at: now
                    )
                }
        )
    }

    @Test("A reply is read in whatever characters Kannel sends it, its sender in E.164")
    func reply() throws {
        let server = try kannel()
        defer { server.stop() }
        let targets = [
            "/kannel/mo?id=1&from=33612345678&to=38000&text=R%C3%A9solu+1&charset=UTF-8",
            "/kannel/mo?id=2&from=%2B33612345678&to=38000&text=%00O%00K%D8%3D%DE%00&charset=UTF-16BE&coding=2",
            "/kannel/mo?id=3&from=Orange&to=38000&text=d%E9j%E0&charset=ISO-8859-1",
            "/kannel/mo?id=4&from=0612345678&to=38000",
        ]
        for target in targets { #expect(try get(server, target + credentials).status == 200) }
        let replies = replies.withLock { $0 }
        #expect(replies.map(\.text) == ["Résolu 1", "OK😀", "déjà", ""])
        #expect(replies.map(\.from) == ["+33612345678", "+33612345678", "Orange", "+33612345678"])
        #expect(replies.map(\.id) == ["1", "2", "3", "4"])
        #expect(replies.allSatisfy { $0.to == "38000" && $0.at == now })
        #expect("\(replies[0])" == "reply 1 from …78")
    }

    @Test("What could not be made durable is answered 503, so that it comes again")
    func notDurable() throws {
        let server = try kannel()
        defer { server.stop() }
        isDurable.withLock { $0 = false }
        #expect(try get(server, "/kannel/dlr?id=MSG_1&status=1" + credentials).status == 503)
        #expect(try get(server, "/kannel/mo?id=1&from=33612345678&text=1" + credentials).status == 503)
    }

    @Test("Without the token nothing comes in, and a broken call is told so")
    func refused() throws {
        let server = try kannel()
        defer { server.stop() }
        for wrong in ["", "&token=", "&token=a%20token%20of%2024%20characterz", "&token=a%20token"] {
            #expect(try get(server, "/kannel/dlr?id=MSG_1&status=1" + wrong).status == 403)
            #expect(try get(server, "/kannel/mo?id=1&from=33612345678&text=1" + wrong).status == 403)
        }
        for broken in ["?status=1", "?id=MSG_1", "?id=MSG_1&status=x", "?id=MSG_1&status=0", "?id=&status=1"]
        {
            #expect(try get(server, "/kannel/dlr" + broken + credentials).status == 400)
        }
        #expect(try get(server, "/kannel/mo?id=1&text=1" + credentials).status == 400)
        #expect(receipts.withLock { $0.isEmpty })
        #expect(replies.withLock { $0.isEmpty })
        let unprotected = KannelHooks.routes(
            token: "short",
            clock: { [now] in now },
            receipt: { _ in true },
            reply: { _ in true }
        )
        #expect(unprotected.map(\.count) == nil)
    }

    private func signature() throws -> RequestSignature {
        try #require(RequestSignature(secret: Array("0123456789abcdef".utf8)))
    }

    /// A server with one route that takes what is signed.
    func signed(_ route: (SignedHooks) -> Route) throws -> HTTPServer {
        let signature = try signature()
        let hooks = SignedHooks(
            header: RequestSignature.header,
            clock: { [now] in now },
            isGenuine: { [now] in signature.accepts($0, for: $1, at: now, within: .minutes(5)) }
        )
        return try HTTPServer(routes: [route(hooks)])
    }

    func post(
        _ server: HTTPServer,
        _ path: String,
        _ text: String,
        at: Moment? = nil,
        signed: Bool = true
    ) throws -> HTTPResponse {
        let body = Array(text.utf8)
        let header = try signature().value(for: body, at: at ?? now)
        return try client.send(
            HTTPRequest(
                .post,
                "http://127.0.0.1:\(server.port)\(path)",
                headers: signed ? [.init(RequestSignature.header, header)] : [],
                body: body
            )
        )
    }

    @Test("News about a case comes in signed, and with everything it needs")
    func caseUpdate() throws {
        let server = try signed {
            CaseHook.route($0) { [self] update throws(HookRefusal) in
                updates.withLock { $0.append(update) }
                if !isDurable.withLock({ $0 }) { throw .later("the disk is full") }
            }
        }
        defer { server.stop() }
        func post(_ text: String, at: Moment? = nil, signed: Bool = true) throws -> HTTPResponse {
            try self.post(server, CaseHook.path, text, at: at, signed: signed)
        }
        let whole = """
            {"id":"U1","key":"CASE_1","status":"inProgress","by":"crm","note":"en route",\
            "estimate":"2026-01-05T09:00:00.000Z","assignee":"T-4","cause":"porte","at":"2026-01-05T07:31:02.120Z"}
            """
        #expect(try post(whole).status == 200)
        #expect(
            try post(#"{"id":"U2","key":"CASE_1","status":"closed","by":"crm","note":null}"#).status == 200
        )
        #expect(
            try post(#"{"id":"U3","key":"CASE_1","status":"noted","by":"crm","note":"pièce"}"#).status == 200
        )
        let taken = updates.withLock { $0 }
        #expect(
            taken == [
                InboundCaseUpdate(
                    id: "U1",
                    key: "CASE_1",
                    status: .inProgress,
                    by: "crm",
                    note: "en route",
                    estimate: Moment(microseconds: 1_767_603_600_000_000),
                    assignee: "T-4",
                    cause: "porte",
                    at: Moment(microseconds: 1_767_598_262_120_000)
                ),
                InboundCaseUpdate(id: "U2", key: "CASE_1", status: .closed, by: "crm", note: "", at: now),
                InboundCaseUpdate(id: "U3", key: "CASE_1", status: nil, by: "crm", note: "pièce", at: now),
            ]
        )

        #expect(try post(whole, signed: false).status == 401)
        #expect(try post(whole, at: now - .minutes(6)).status == 401, "a copy of an old request")
        let problems = [
            (#"{"id":"U1","key":"K","status":"new","by":"x"}"#, "status: expected one of acknowledged,"),
            (#"{"id":"","key":"K","status":"closed","by":"x"}"#, "id: expected a text, found none"),
            (#"{"id":"U1","status":"closed","by":"x"}"#, "key: expected a text, found none"),
            (#"{"id":"U1","key":"K","status":"closed","by":7}"#, "by: expected a text"),
            (
                #"{"id":"U1","key":"K","status":"closed","by":"x","at":"today"}"#,
                "at: expected a time such as"
            ),
            (
                #"{"id":"U1","key":"K","status":"noted","by":"x","estimate":"soon"}"#,
                "estimate: expected a time such as"
            ),
            (#"{"id":"U1","key":"K","status":"noted","by":"x","assignee":4}"#, "assignee: expected a text"),
            ("[]", "expected a JSON object"), ("{", "not JSON at byte 1"),
        ]
        for (body, problem) in problems {
            let response = try post(body)
            #expect(response.status == 400)
            #expect(String(decoding: response.body, as: UTF8.self).hasPrefix(problem))
        }
        #expect(updates.withLock { $0.count } == 3)
        isDurable.withLock { $0 = false }
        #expect(try post(whole).status == 503)
    }
}

@Suite("Operators' tools read the figures")
struct MetricsTests {
    @Test("The text is as Prometheus reads it, with what must be escaped escaped")
    func text() {
        let metrics = [
            Metric(
                "vigie_sent_total",
                .counter,
                help: "Jobs sent.\nBy \"sink\" \\ outcome.",
                samples: [
                    .init(12, labels: [.init("sink", "a\"b\\c\nd"), .init("outcome", "accepted")]),
                    .init(0.5), .init(.infinity), .init(.nan),
                ]
            ),
            Metric("vigie_empty", .gauge, help: "None yet.", samples: []),
        ]
        let expected = """
            # HELP vigie_sent_total Jobs sent.\\nBy "sink" \\\\ outcome.
            # TYPE vigie_sent_total counter
            vigie_sent_total{sink="a\\"b\\\\c\\nd",outcome="accepted"} 12
            vigie_sent_total 0.5
            vigie_sent_total +Inf
            vigie_sent_total NaN
            # HELP vigie_empty None yet.
            # TYPE vigie_empty gauge

            """
        #expect(String(decoding: MetricsText.bytes(of: metrics), as: UTF8.self) == expected)
    }

    @Test("Alive, ready and not ready are told apart")
    func status() throws {
        let obstacles = Mutex<[String]>([])
        let server = try HTTPServer(
            routes: StatusRoutes.routes(
                metrics: { [Metric("vigie_up", .gauge, help: "Up.", samples: [.init(1)])] },
                isAlive: { true },
                obstacles: { obstacles.withLock { $0 } }
            )
        )
        defer { server.stop() }
        func get(_ path: String) throws -> HTTPResponse {
            try HTTPClient().send(HTTPRequest(.get, "http://127.0.0.1:\(server.port)\(path)"))
        }
        #expect(try get("/healthz").status == 200)
        #expect(try get("/readyz").status == 200)
        let metrics = try get("/metrics")
        #expect(metrics.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        #expect(String(decoding: metrics.body, as: UTF8.self).contains("\nvigie_up 1\n"))
        obstacles.withLock { $0 = ["broker not reached"] }
        let notReady = try get("/readyz")
        #expect(notReady.status == 503)
        #expect(notReady.body == Array("broker not reached\n".utf8))
    }
}
