import Foundation
import Synchronization
import TestSupport
import Testing
import Units

@testable import Delivery

@Suite("The HTTP client says what is known about a request", .timeLimit(.minutes(2)))
struct HTTPClientTests {
    @Test("An answer comes with its status, headers and body, and the request arrived as it was given")
    func answered() throws {
        let server = try ScriptedServer { _, reply in
            reply.answer(429, ["Retry-After: 7", "X-Two: a", "X-Two: b"], body: "slower é")
            return true
        }
        defer { server.stop() }
        let body: [UInt8] = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        let response = try HTTPClient().send(
            HTTPRequest(.post, server.url + "/hook?a=b", headers: [.init("X-One", "1")], body: body)
        )
        #expect(response.status == 429)
        #expect(response.header("retry-after") == "7")
        #expect(response.retryAfter(now: start) == .seconds(7))
        #expect(response.headers.filter { $0.name == "X-Two" }.map(\.value) == ["a", "b"])
        #expect(String(decoding: response.body, as: UTF8.self) == "slower é")
        let received = try #require(server.received.first)
        #expect(received.method == "POST")
        #expect(received.target == "/hook?a=b")
        #expect(received.header("X-One") == "1")
        #expect(received.body == body)
        #expect(received.header("Expect") == nil)
    }

    @Test("A POST without a body sends none")
    func emptyPost() throws {
        let server = try ScriptedServer { _, reply in
            reply.answer(204)
            return true
        }
        defer { server.stop() }
        #expect(try HTTPClient().send(HTTPRequest(.post, server.url)).status == 204)
        #expect(try HTTPClient().send(HTTPRequest(.get, server.url)).status == 204)
        #expect(server.received.map(\.method) == ["POST", "GET"])
        #expect(server.received[0].header("Content-Length") == "0")
    }

    @Test("Nobody listening, no such host and no such protocol: it was never sent")
    func neverSent() throws {
        let port = try Loopback.freePorts(1)[0]
        for url in [
            "http://127.0.0.1:\(port)/", "http://nowhere.invalid/", "file:///etc/passwd", "nonsense://x",
        ] {
            let failure = #expect(throws: HTTPFailure.self) { try HTTPClient().send(HTTPRequest(.post, url)) }
            #expect(failure?.isNeverSent == true, "\(url)")
        }
    }

    @Test("A header value with a line break is not sent")
    func lineBreak() {
        #expect(throws: HTTPFailure.neverSent("the value of header X-Name holds a line break")) {
            try HTTPClient().send(
                HTTPRequest(.post, "http://127.0.0.1:1/", headers: [.init("X-Name", "a\r\nX-Evil: 1")])
            )
        }
    }

    @Test("A server that takes the request and closes leaves the outcome unknown, and gets it once")
    func droppedConnection() throws {
        let server = try ScriptedServer { request, reply in
            if request.target == "/first" { reply.answer(200) }
            return request.target == "/first"
        }
        defer { server.stop() }
        let client = HTTPClient()
        _ = try client.send(HTTPRequest(.post, server.url + "/first"))
        #expect(throws: HTTPFailure.outcomeUnknown("the connection was closed without an answer")) {
            try client.send(HTTPRequest(.post, server.url + "/second", body: [1]))
        }
        #expect(server.received.filter { $0.target == "/second" }.count == 1)
    }

    @Test("Repeatable requests share a connection, others have their own")
    func reuse() throws {
        let server = try ScriptedServer { _, reply in
            reply.answer(200)
            return true
        }
        defer { server.stop() }
        let client = HTTPClient()
        for _ in 0..<5 { _ = try client.send(HTTPRequest(.post, server.url, isRepeatable: true)) }
        #expect(server.connectionsOpened == 1)
        for _ in 0..<2 { _ = try client.send(HTTPRequest(.post, server.url)) }
        #expect(server.connectionsOpened == 3)
    }

    @Test("No answer in time, and headers that trickle in, leave the outcome unknown")
    func timeouts() throws {
        let server = try ScriptedServer { request, reply in
            if request.target == "/slow" { reply.send("HTTP/1.1 200 OK\r\nX-Slow: ") }
            reply.stall()
            return false
        }
        defer { server.stop() }
        let client = HTTPClient(limits: .init(total: .milliseconds(300)))
        for path in ["/never", "/slow"] {
            #expect(throws: HTTPFailure.outcomeUnknown("no answer in time")) {
                try client.send(HTTPRequest(.post, server.url + path, body: [1, 2]))
            }
        }
    }

    @Test("A long body is cut and a flood of headers refused")
    func limits() throws {
        let server = try ScriptedServer { request, reply in
            if request.target == "/body" {
                reply.answer(200, body: String(repeating: "x", count: 100_000))
            } else {
                reply.answer(200, (0..<2_000).map { "X-\($0): \(String(repeating: "y", count: 50))" })
            }
            return false
        }
        defer { server.stop() }
        let client = HTTPClient(limits: .init(body: 1_000, headers: 8_000))
        let response = try client.send(HTTPRequest(.get, server.url + "/body"))
        #expect(response.status == 200)
        #expect(response.isCut)
        #expect(response.body.count == 1_000)
        #expect(throws: HTTPFailure.outcomeUnknown("the answer's headers are too long")) {
            try client.send(HTTPRequest(.get, server.url + "/headers"))
        }
    }

    @Test("A redirect is an answer and is not followed")
    func redirect() throws {
        let server = try ScriptedServer { _, reply in
            reply.answer(302, ["Location: /elsewhere"])
            return true
        }
        defer { server.stop() }
        #expect(try HTTPClient().send(HTTPRequest(.get, server.url)).status == 302)
        #expect(server.received.count == 1)
    }

    @Test("Interim answers are not the answer")
    func interim() throws {
        let server = try ScriptedServer { _, reply in
            reply.send("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
            reply.answer(201, ["X-Late: 1"])
            return true
        }
        defer { server.stop() }
        let response = try HTTPClient().send(HTTPRequest(.get, server.url))
        #expect(response.status == 201)
        #expect(response.header("X-Early") == nil)
        #expect(response.header("X-Late") == "1")
    }

    @Test("Many threads use one client at once")
    func threads() throws {
        let server = try ScriptedServer { request, reply in
            reply.answer(200, body: request.text)
            return true
        }
        defer { server.stop() }
        let client = HTTPClient()
        let wrong = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 200) { index in
            let text = "body \(index)"
            let request = HTTPRequest(.post, server.url, body: Array(text.utf8), isRepeatable: true)
            let isRight: Bool
            do { isRight = try client.send(request).body == request.body } catch { isRight = false }
            if !isRight { wrong.withLock { $0 += 1 } }
        }
        #expect(wrong.withLock { $0 } == 0)
        #expect(server.received.count == 200)
    }

    @Test("A request prints its method and server, not what may be secret")
    func description() {
        let request = HTTPRequest(
            .post,
            "https://user:secret@crm.example:8443/hooks/secret?token=secret",
            headers: [.init("Authorization", "secret")],
            body: Array("secret".utf8)
        )
        var dumped = ""
        dump(request, to: &dumped)
        #expect("\(request)" == "POST crm.example:8443")
        #expect(!dumped.contains("secret"))
        #expect(!String(reflecting: request).contains("secret"))
    }
}

extension HTTPFailure {
    fileprivate var isNeverSent: Bool {
        if case .neverSent = self { true } else { false }
    }
}
