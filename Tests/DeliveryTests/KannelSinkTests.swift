import Interactions
import Testing
import Units

@testable import Delivery

@Suite("What goes to Kannel, and what its answers mean")
struct KannelSinkTests {
    func sink(_ transport: ScriptedTransport) -> KannelSink {
        KannelSink(
            name: "sms",
            settings: .init(
                url: "http://127.0.0.1:13013/cgi-bin/sendsms",
                user: "vigie",
                password: "geheim",
                sender: "38000",
                receipts: "http://127.0.0.1:8080/kannel/dlr",
                receiptToken: "token with % and &"
            ),
            transport: transport
        )
    }

    @Test("Secrets and numbers are in headers, our id and Kannel's codes in the receipt's address")
    func request() throws {
        let transport = ScriptedTransport(status: 202)
        let result = sink(transport).deliver(job(notice("MSG_1", "Fenêtre à é")), to: tenant(), at: start)
        #expect(result == .done(reference: nil))
        let request = try #require(transport.requests.first)
        #expect(request.url == "http://127.0.0.1:13013/cgi-bin/sendsms")
        #expect(!request.isRepeatable)
        #expect(String(decoding: request.body, as: UTF8.self) == "Fenetre à é")
        #expect(request.header("X-Kannel-To") == "+33612345683")
        #expect(request.header("X-Kannel-From") == "38000")
        #expect(request.header("X-Kannel-Coding") == "0")
        #expect(request.header("X-Kannel-Validity") == "120")
        #expect(request.header("X-Kannel-Priority") == "0")
        #expect(request.header("X-Kannel-DLR-Mask") == "31")
        #expect(
            request.header("X-Kannel-DLR-URL")
                == "http://127.0.0.1:8080/kannel/dlr?id=MSG_1&sink=sms&status=%d&answer=%A"
                + "&token=token%%20with%%20%%25%%20and%%20%%26"
        )
        _ = sink(transport).deliver(job(notice("MSG_2", "Привет")), to: tenant(), at: start)
        #expect(transport.requests.last?.header("X-Kannel-Coding") == "2")
        _ = sink(transport).deliver(job(notice("MSG_3", urgency: .lifeSafety)), to: tenant(), at: start)
        #expect(transport.requests.last?.header("X-Kannel-Priority") == "3")
    }

    static let statuses: [(Int, SinkResult, SinkResult)] = [
        (202, .done(reference: nil), .done(reference: nil)),
        (
            503, .retry(.refused(status: 503, answer: "busy"), asked: nil, unknown: false),
            .retry(.refused(status: 503, answer: "busy"), asked: nil, unknown: false)
        ),
        (
            403, .retry(.refused(status: 403, answer: "busy"), asked: nil, unknown: false),
            .retry(.refused(status: 403, answer: "busy"), asked: nil, unknown: false)
        ),
        (
            400, .permanent(.refused(status: 400, answer: "busy")),
            .permanent(.refused(status: 400, answer: "busy"))
        ),
        (
            500, .permanent(.sentOnce),
            .retry(.refused(status: 500, answer: "busy"), asked: nil, unknown: true)
        ),
    ]

    @Test(
        "Each status has its consequence for a service text and for a life-safety text",
        arguments: statuses
    )
    func answers(status: Int, service: SinkResult, lifeSafety: SinkResult) {
        let sink = sink(ScriptedTransport(status: status, body: "busy\nmore"))
        #expect(sink.deliver(job(notice()), to: tenant(), at: start) == service)
        #expect(sink.deliver(job(notice(urgency: .lifeSafety)), to: tenant(), at: start) == lifeSafety)
    }

    @Test("No answer: a service text is not sent again, a life-safety text is")
    func noAnswer() {
        let sink = sink(ScriptedTransport([.failure(.outcomeUnknown("no answer in time"))]))
        #expect(sink.deliver(job(notice()), to: tenant(), at: start) == .permanent(.sentOnce))
        #expect(
            sink.deliver(job(notice(urgency: .lifeSafety)), to: tenant(), at: start)
                == .retry(.noAnswer("no answer in time"), asked: nil, unknown: true)
        )
    }

    @Test("A service text that may have gone out before a crash is not sent again, a life-safety text is")
    func recovered() {
        let transport = ScriptedTransport(status: 202)
        let sink = sink(transport)
        #expect(
            sink.deliver(job(notice(), outcomeUnknown: true), to: tenant(), at: start)
                == .permanent(.sentOnce)
        )
        #expect(transport.requests.isEmpty)
        #expect(
            sink.deliver(job(notice(urgency: .lifeSafety), outcomeUnknown: true), to: tenant(), at: start)
                == .done(reference: nil)
        )
    }

    @Test("Nothing sent: both are tried again")
    func neverSent() {
        let sink = sink(ScriptedTransport([.failure(.neverSent("refused"))]))
        for urgency in Notice.Urgency.allCases {
            #expect(
                sink.deliver(job(notice(urgency: urgency)), to: tenant(), at: start)
                    == .retry(.unreachable("refused"), asked: nil, unknown: false)
            )
        }
    }

    @Test("Too long a text and a recipient without a number are never sent")
    func refusedHere() {
        let transport = ScriptedTransport(status: 202)
        let long = String(repeating: "trop long ", count: 60)
        let refusal = SMSRefusal.tooLong(alphabet: .gsm7, units: 600, parts: 4, allowed: 3)
        #expect(
            sink(transport).deliver(job(notice("MSG_1", long)), to: tenant(), at: start)
                == .permanent(.textRefused(refusal))
        )
        #expect(sink(transport).deliver(job(notice()), to: nil, at: start) == .permanent(.noNumber))
        #expect(transport.requests.isEmpty)
    }

    @Test("A gateway's words lose the numbers that they repeat")
    func words() {
        let transport = ScriptedTransport(status: 400, body: "number +33612345683 denied")
        guard
            case .permanent(.refused(400, let answer)) = sink(transport)
                .deliver(job(notice()), to: tenant(), at: start)
        else { return #expect(Bool(false)) }
        #expect(answer == "number ············ denied")
    }
}

@Suite("Failures say what, why, and what happens next, and nothing about people")
struct DeliveryFailureTests {
    func text(_ job: DeliveryJob, _ cause: DeliveryFailure.Cause, _ next: DeliveryFailure.Next) -> String {
        "\(DeliveryFailure(job, recipient: tenant(), cause: cause, next: next))"
    }

    @Test("A text that waits")
    func retried() {
        #expect(
            text(job(notice(), attempts: 1), .refused(status: 429), .retry(after: .seconds(30)))
                == "text MSG_1 to tenant (…83) by sms: refused: 429 too many requests; "
                + "trying again in 30 s (attempt 2), CASE_1 waits"
        )
    }

    @Test("An interaction that is parked")
    func parked() {
        #expect(
            text(event("EVT_7", row: 90_210), .refused(status: 401), .parked)
                == "interaction EVT_7 by crm: refused: 401 unauthorised; kept in the outbox as 90210, "
                + "not tried again; renew the credentials of the sink, then: vigie outbox retry 90210"
        )
    }

    @Test("Neither number nor text is in any of them")
    func personalData() {
        let secret = job(notice("MSG_1", "Mme Dupont est tombée"))
        let causes: [DeliveryFailure.Cause] = [
            .unreachable("x"), .noAnswer("x"), .refused(status: 500), .sentOnce, .textRefused(.empty),
            .noNumber,
            .wrongContent, .file("x"), .lookup("x"),
        ]
        for cause in causes {
            for next in [DeliveryFailure.Next.parked, .retry(after: .milliseconds(250))] {
                let sentence = text(secret, cause, next)
                #expect(!sentence.contains("Dupont"))
                #expect(!sentence.contains("4568"))
                #expect(sentence.contains("(…83)"))
            }
        }
    }
}
