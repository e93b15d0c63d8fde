import Interactions
import TestSupport
import Testing
import Units

@testable import Delivery

@Suite("A webhook gets each event, signed and with its id", .timeLimit(.minutes(2)))
struct WebhookTests {
    let secret = Array("0123456789abcdef0123456789abcdef".utf8)

    func sink(_ url: String, _ transport: any HTTPTransport) -> WebhookSink {
        WebhookSink(name: "crm", url: url, signature: RequestSignature(secret: secret), transport: transport)
    }

    @Test("The request is a CloudEvent in structured mode with Idempotency-Key and a signature that holds")
    func request() throws {
        let server = try ScriptedServer { _, reply in
            reply.answer(201, ["Location: /cases/17"])
            return true
        }
        defer { server.stop() }
        let result = sink(server.url + "/in", HTTPClient()).deliver(event("EVT_1"), to: nil, at: start)
        #expect(result == .done(reference: "/cases/17"))
        let received = try #require(server.received.first)
        #expect(received.header("Content-Type") == "application/cloudevents+json; charset=utf-8")
        #expect(received.header("Idempotency-Key") == "EVT_1")
        #expect(received.text == #"{"specversion":"1.0","id":"EVT_1"}"#)
        let signature = try #require(RequestSignature(secret: secret))
        let header = try #require(received.header("X-Vigie-Signature"))
        #expect(signature.accepts(header, for: received.body, at: start, within: .minutes(5)))
        #expect(!signature.accepts(header, for: received.body + [0], at: start, within: .minutes(5)))
    }

    @Test("A call, a card or a task is posted as an event with its channel; a text is not")
    func channels() throws {
        for channel in Channel.allCases {
            let transport = ScriptedTransport(status: 202)
            let sink = sink("http://crm", transport)
            var notice = notice("MSG_1")
            notice.channel = channel
            let isText = channel == .text || channel == .secondText
            #expect(sink.takes(.notice(notice)) == !isText)
            let result = sink.deliver(job(notice), to: tenant(), at: start)
            guard !isText else {
                #expect(result == .permanent(.wrongContent))
                #expect(transport.requests.isEmpty)
                continue
            }
            #expect(result == .done(reference: nil))
            let request = try #require(transport.requests.first)
            #expect(request.header("Idempotency-Key") == "MSG_1")
            let event = try JSON(parsing: request.body)
            #expect(event["data"]?["channel"]?.string == channel.rawValue)
            #expect(event["data"]?["recipient"] == "P-1")
            #expect(!String(decoding: request.body, as: UTF8.self).contains("612345683"), "no number leaves")
        }
    }

    @Test(
        "Each status has its consequence",
        arguments: [
            (200, .done(reference: nil)), (204, .done(reference: nil)),
            (408, .retry(.refused(status: 408), asked: nil, unknown: false)),
            (425, .retry(.refused(status: 425), asked: nil, unknown: false)),
            (429, .retry(.refused(status: 429), asked: nil, unknown: false)),
            (500, .retry(.refused(status: 500), asked: nil, unknown: true)),
            (503, .retry(.refused(status: 503), asked: nil, unknown: true)),
            (301, .permanent(.refused(status: 301))), (400, .permanent(.refused(status: 400))),
            (401, .permanent(.refused(status: 401))), (409, .permanent(.refused(status: 409))),
            (422, .permanent(.refused(status: 422))),
        ] as [(Int, SinkResult)]
    )
    func statuses(status: Int, expected: SinkResult) {
        let transport = ScriptedTransport(status: status)
        #expect(sink("http://crm", transport).deliver(event("EVT_1"), to: nil, at: start) == expected)
    }

    @Test("Retry-After is honoured, as seconds and as a date")
    func retryAfter() throws {
        let server = try ScriptedServer { request, reply in
            let value = request.target == "/date" ? "Mon, 05 Jan 2026 08:01:30 GMT" : "120"
            reply.answer(429, ["Retry-After: \(value)"])
            return true
        }
        defer { server.stop() }
        for (path, wait) in [("/seconds", 120), ("/date", 90)] {
            let result = sink(server.url + path, HTTPClient()).deliver(event("EVT_1"), to: nil, at: start)
            #expect(result == .retry(.refused(status: 429), asked: .seconds(wait), unknown: false))
        }
    }

    @Test("A server that stores the event and drops the connection gets it again with the same id")
    func commitThenDrop() throws {
        let server = try ScriptedServer { _, _ in false }
        defer { server.stop() }
        let sink = sink(server.url, HTTPClient())
        for _ in 0..<2 {
            guard
                case .retry(.noAnswer, nil, unknown: true) = sink.deliver(event("EVT_1"), to: nil, at: start)
            else { return #expect(Bool(false), "an unknown outcome is tried again") }
        }
        #expect(Set(server.received.map { $0.header("Idempotency-Key") }) == ["EVT_1"])
        #expect(Set(server.received.map(\.body)).count == 1)
    }

    @Test("An event that never left is known not to have arrived")
    func neverSent() throws {
        let port = try Loopback.freePorts(1)[0]
        let result = sink("http://127.0.0.1:\(port)", HTTPClient()).deliver(
            event("EVT_1"),
            to: nil,
            at: start
        )
        let reason = "connection refused or not possible"
        #expect(result == .retry(.unreachable(reason), asked: nil, unknown: false))
    }

    @Test("Signatures: vector of RFC 4231 style, wrong secret, old time, future time, nonsense")
    func signatures() throws {
        let signature = try #require(RequestSignature(secret: secret))
        let body = Array("{}".utf8)
        let header = signature.value(for: body, at: start)
        // printf '1767600000.{}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        #expect(header == "t=1767600000,v1=cd4a2836e4402efe50556279a32595cf7c99e7b5a58d7abe15d2f76f7454e67d")
        let window = Duration.minutes(5)
        #expect(signature.accepts(header, for: body, at: start + window, within: window))
        #expect(signature.accepts(header, for: body, at: start - window, within: window))
        #expect(!signature.accepts(header, for: body, at: start + window + .seconds(1), within: window))
        #expect(!signature.accepts(header, for: body, at: start - window - .seconds(1), within: window))
        let other = try #require(RequestSignature(secret: Array("another secret, 16 bytes".utf8)))
        #expect(!other.accepts(header, for: body, at: start, within: window))
        #expect(signature.accepts(header + ",v2=later", for: body, at: start, within: window))
        for nonsense in ["", "t=", "v1=00", "t=1,v1=", "t=9223372036854775807,v1=00", "x", "t=abc,v1=00"] {
            #expect(!signature.accepts(nonsense, for: body, at: start, within: window))
        }
        #expect(RequestSignature(secret: Array("short".utf8)) == nil)
        #expect(!"\(signature)".contains("0123"))
    }
}
