import Interactions
import Units

/// Posts interactions, and notices for a call, a chat, a watch or an advisor's list, to a URL as CloudEvents 1.0 in
/// structured mode. The receiver recognises a repetition by the id, in the event and in `Idempotency-Key`; so it
/// is sent at least once. It finds the number of a recipient by the recipient's id in its own records.
public struct WebhookSink: Sink {
    public let name: String
    private let url: String
    private let signature: RequestSignature?
    private let authorization: String?
    private let transport: any HTTPTransport

    /// - Parameters:
    ///   - url: where to post; it may hold a secret and is never shown.
    ///   - signature: signs each request, if the receiver checks that.
    ///   - authorization: the whole value of an `Authorization` header, if the receiver wants one.
    public init(
        name: String,
        url: String,
        signature: RequestSignature?,
        authorization: String? = nil,
        transport: any HTTPTransport
    ) {
        self.name = name
        self.url = url
        self.signature = signature
        self.authorization = authorization
        self.transport = transport
    }

    public func takes(_ content: DeliveryJob.Content) -> Bool {
        switch content {
        case .interaction: true
        // Numbers leave the house by a gateway for texts only.
        case .notice(let notice): notice.channel != .text && notice.channel != .secondText
        case .command: false
        }
    }

    public func deliver(_ job: DeliveryJob, to recipient: RecipientAddress?, at now: Moment) -> SinkResult {
        guard takes(job.content) else { return .permanent(.wrongContent) }
        let body = job.content.cloudEvent
        var request = HTTPRequest(
            .post,
            url,
            headers: [.init("Content-Type", CloudEvent.contentType), .init("Idempotency-Key", job.id)],
            body: body,
            isRepeatable: true
        )
        if let authorization { request.headers.append(.init("Authorization", authorization)) }
        if let signature {
            request.headers.append(.init(RequestSignature.header, signature.value(for: body, at: now)))
        }
        do throws(HTTPFailure) {
            return Self.result(of: try transport.send(request), now: now)
        } catch {
            switch error {
            case .neverSent(let reason): return .retry(.unreachable(reason), asked: nil, unknown: false)
            case .outcomeUnknown(let reason): return .retry(.noAnswer(reason), asked: nil, unknown: true)
            }
        }
    }

    private static func result(of response: HTTPResponse, now: Moment) -> SinkResult {
        let status = response.status
        switch status {
        case 200..<300:
            return .done(reference: response.header("Location"))
        case 408, 425, 429, 500...:
            // A server that answers 5xx may have failed after it had stored the event.
            let asked = response.retryAfter(now: now)
            return .retry(.refused(status: status), asked: asked, unknown: status >= 500)
        default:
            return .permanent(.refused(status: status))
        }
    }
}
