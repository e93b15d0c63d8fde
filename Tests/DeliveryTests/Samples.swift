import Foundation
import Interactions
import Synchronization
import Units

@testable import Delivery

let start = Moment(seconds: 1_767_600_000)

func notice(
    _ id: String = "MSG_1",
    _ text: String = "Ascenseur A en panne.",
    key: String = "CASE_1",
    urgency: Notice.Urgency = .service,
    recipient: String = "P-1",
    at: Moment = start
) -> Notice {
    Notice(
        id: id,
        key: key,
        phase: "begins",
        recipient: recipient,
        role: "tenant",
        urgency: urgency,
        privacy: .personal,
        text: text,
        language: .french,
        expectsReply: false,
        pipeline: "elevators",
        detector: "out of service",
        subject: "A7",
        at: at,
        notAfter: at + .hours(2)
    )
}

func job(_ notice: Notice, row: Int64 = 1, outcomeUnknown: Bool = false, attempts: Int = 0) -> DeliveryJob {
    DeliveryJob(
        row: row,
        sink: "sms",
        key: notice.key,
        content: .notice(notice),
        attempts: attempts,
        outcomeUnknown: outcomeUnknown,
        notAfter: notice.notAfter,
        queuedAt: notice.at
    )
}

func event(
    _ id: String,
    row: Int64 = 1,
    sink: String = "crm",
    key: String = "CASE_1",
    outcomeUnknown: Bool = false
) -> DeliveryJob {
    DeliveryJob(
        row: row,
        sink: sink,
        key: key,
        content: .interaction(id: id, cloudEvent: Array(#"{"specversion":"1.0","id":"\#(id)"}"#.utf8)),
        attempts: 0,
        outcomeUnknown: outcomeUnknown,
        notAfter: nil,
        queuedAt: start
    )
}

func tenant(_ number: String = "06 12 34 56 83") -> RecipientAddress? {
    PhoneNumber(number).map { RecipientAddress(phone: $0) }
}

/// Answers from a list, and remembers what it was asked.
final class ScriptedTransport: HTTPTransport {
    typealias Answer = Result<HTTPResponse, HTTPFailure>

    private let answers: Mutex<[Answer]>
    private let asked = Mutex<[HTTPRequest]>([])

    init(_ answers: [Answer]) { self.answers = Mutex(answers) }

    convenience init(status: Int, headers: [HTTPRequest.Header] = [], body: String = "") {
        self.init([.success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))])
    }

    var requests: [HTTPRequest] { asked.withLock { $0 } }

    func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
        asked.withLock { $0.append(request) }
        return try answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }.get()
    }
}
