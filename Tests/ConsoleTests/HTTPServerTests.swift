import Delivery
import Dispatch
import Glibc
import Synchronization
import Testing

@testable import Console

@Suite("The console answers over real HTTP", .timeLimit(.minutes(2)))
struct HTTPServerTests {
    let client = HTTPClient()

    func url(_ server: HTTPServer, _ path: String) -> String { "http://127.0.0.1:\(server.port)\(path)" }

    func get(_ server: HTTPServer, _ path: String) throws -> HTTPResponse {
        try client.send(HTTPRequest(.get, url(server, path)))
    }

    @Test("A request arrives whole: method, path, decoded query, headers, body")
    func request() throws {
        let seen = Mutex<Request?>(nil)
        let server = try HTTPServer(routes: [
            Route(.post, "/in") { request in
                seen.withLock { $0 = request }
                return Response(201, contentType: "application/json", body: Array("{}".utf8))
            }
        ])
        defer { server.stop() }
        #expect(server.port != 0)
        let body: [UInt8] = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        let response = try client.send(
            HTTPRequest(
                .post,
                url(server, "/in?text=%C3%A9t%C3%A9+1%2B1&raw=%00%FF&empty=&bare"),
                headers: [.init("X-One", "1")],
                body: body
            )
        )
        #expect(response.status == 201)
        #expect(response.header("Content-Type") == "application/json")
        #expect(response.body == Array("{}".utf8))
        let request = try #require(seen.withLock { $0 })
        #expect("\(request)" == "POST /in")
        #expect(request.query("text") == "été 1+1")
        #expect(request.query.first { $0.name == "raw" }?.value == [0, 0xFF])
        #expect(request.query("empty") == "")
        #expect(request.query("none") == nil)
        #expect(request.header("x-one") == "1")
        #expect(request.body == body)
    }

    @Test("Unknown paths are 404, known ones with another method 405, HEAD has no body")
    func routes() throws {
        let server = try HTTPServer(routes: [Route(.get, "/a") { _ in Response(200, "hello") }])
        defer { server.stop() }
        #expect(try get(server, "/a").status == 200)
        #expect(try get(server, "/b").status == 404)
        #expect(try get(server, "/a/").status == 404)
        #expect(try client.send(HTTPRequest(.post, url(server, "/a"))).status == 405)
        let raw = try RawConnection(port: server.port)
        #expect(
            try raw.exchange("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").hasSuffix("\r\n\r\n")
        )
    }

    @Test("A body above the limit is refused, and the handler never sees it")
    func bodyLimit() throws {
        let calls = Mutex(0)
        let server = try HTTPServer(
            .init(bodyLimit: 1_000),
            routes: [
                Route(.post, "/in") { _ in
                    calls.withLock { $0 += 1 }
                    return Response(200)
                }
            ]
        )
        defer { server.stop() }
        func post(_ size: Int) throws -> Int {
            try client.send(HTTPRequest(.post, url(server, "/in"), body: Array(repeating: 65, count: size)))
                .status
        }
        #expect(try post(1_000) == 200)
        #expect(try post(1_001) == 413)
        #expect(try post(300_000) == 413)
        #expect(calls.withLock { $0 } == 1)
    }

    @Test(
        "A handler that waits holds up its own connection only, and hundreds of calls at once are all answered"
    )
    func concurrency() throws {
        let gate = DispatchSemaphore(value: 0)
        let server = try HTTPServer(routes: [
            Route(.get, "/slow") { _ in
                gate.wait()
                return Response(200)
            },
            Route(.get, "/fast") { _ in Response(200) },
        ])
        defer { server.stop() }
        let answered = Mutex(0)
        let slow = DispatchGroup()
        DispatchQueue.global().async(group: slow) { [client] in
            let request = HTTPRequest(.get, "http://127.0.0.1:\(server.port)/slow")
            do { if try client.send(request).status == 200 { answered.withLock { $0 += 1 } } } catch {
                Issue.record(error)
            }
        }
        DispatchQueue.concurrentPerform(iterations: 300) { [client] _ in
            let request = HTTPRequest(.get, "http://127.0.0.1:\(server.port)/fast")
            do { if try client.send(request).status == 200 { answered.withLock { $0 += 1 } } } catch {
                Issue.record(error)
            }
        }
        #expect(answered.withLock { $0 } == 300)
        gate.signal()
        slow.wait()
        #expect(answered.withLock { $0 } == 301)
    }

    @Test("A burst of receipts waits in the queue instead of being refused")
    func burst() throws {
        let server = try HTTPServer(routes: [Route(.get, "/dlr") { _ in Response(200) }])
        defer { server.stop() }
        // All connect before any sends a byte, as a gateway that reports a thousand receipts at once.
        let connections = try (0..<200).map { _ in try RawConnection(port: server.port) }
        for connection in connections {
            #expect(
                try connection.exchange("GET /dlr HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .hasPrefix("HTTP/1.1 200")
            )
        }
    }

    @Test("Nonsense is refused and the server lives on")
    func nonsense() throws {
        let server = try HTTPServer(routes: [Route(.get, "/a") { _ in Response(200) }])
        defer { server.stop() }
        let inputs = [
            "\r\n\r\n\r\n", "GET\r\n\r\n", "GET /a HTTP/9.9\r\n\r\n", "\0\u{1}\u{2}\r\n\r\n",
            "GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\n\r\n",
            "POST /a HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        ]
        for input in inputs {
            let answer = try RawConnection(port: server.port).exchange(input)
            #expect(!answer.hasPrefix("HTTP/1.1 200"))
        }
        #expect(try get(server, "/a").status == 200)
    }

    @Test("A stopped server answers no more, twice stopped is stopped, and its port can be used again")
    func stop() throws {
        let first = try HTTPServer(routes: [Route(.get, "/a") { _ in Response(200) }])
        let port = first.port
        #expect(try get(first, "/a").status == 200)
        first.stop()
        first.stop()
        #expect(throws: HTTPFailure.self) { try get(first, "/a") }
        let second = try HTTPServer(.init(port: port), routes: [])
        #expect(second.port == port)
        second.stop()
    }

    @Test("A port that is taken and an address that is none are told")
    func cannotListen() throws {
        let server = try HTTPServer(routes: [])
        defer { server.stop() }
        let taken = #expect(throws: HTTPServer.Failure.self) {
            try HTTPServer(.init(port: server.port), routes: [])
        }
        #expect(
            taken?.description.contains("127.0.0.1:\(server.port): cannot listen: Address already in use")
                == true
        )
        let wrong = #expect(throws: HTTPServer.Failure.self) {
            try HTTPServer(.init(address: "localhost"), routes: [])
        }
        #expect(wrong?.reason == "this is no IPv4 address")
    }
}

/// A connection without an HTTP client's good manners.
final class RawConnection {
    struct Failed: Error { let code: Int32 }
    private let descriptor: Int32

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw Failed(code: errno) }
    }

    deinit { close(descriptor) }

    /// Sends the text, says that there is no more, and reads to the end.
    func exchange(_ text: String) throws -> String {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        shutdown(descriptor, Int32(SHUT_WR))
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = recv(descriptor, &chunk, chunk.count, 0), count > 0 {
            answer += chunk[..<count]
        }
        return String(decoding: answer, as: UTF8.self)
    }
}
