import Interactions
import Units

/// Sends notices as text messages through Kannel's `sendsms` (HTTP). "Accepted" means that Kannel has it in its
/// own store; what became of it comes back as receipts that carry our id.
///
/// A life-safety text is sent again when it is not known whether it arrived, a service text is not.
public struct KannelSink: Sink {
    public struct Settings: Sendable {
        /// `http://127.0.0.1:13013/cgi-bin/sendsms`
        public var url: String
        public var user: String
        public var password: String
        /// The short code or number that recipients can answer to.
        public var sender: String
        /// Where Kannel reports receipts: the address of our hook, without a query.
        public var receipts: String
        /// The secret that the hook asks for.
        public var receiptToken: String
        /// Longer texts are refused.
        public var maxParts: Int
        /// Bounds what lies in the gateway's own queue; nil when no receipts come back.
        public var window: SendWindow?

        public init(
            url: String,
            user: String,
            password: String,
            sender: String,
            receipts: String,
            receiptToken: String,
            maxParts: Int = 3,
            window: SendWindow? = nil
        ) {
            self.url = url
            self.user = user
            self.password = password
            self.sender = sender
            self.receipts = receipts
            self.receiptToken = receiptToken
            self.maxParts = maxParts
            self.window = window
        }
    }

    public let name: String
    private let settings: Settings
    private let transport: any HTTPTransport

    public init(name: String, settings: Settings, transport: any HTTPTransport) {
        self.name = name
        self.settings = settings
        self.transport = transport
    }

    public func takes(_ content: DeliveryJob.Content) -> Bool {
        if case .notice = content { true } else { false }
    }

    public func room(at now: Moment) -> Int? { settings.window?.room(at: now) }

    public func deliver(_ job: DeliveryJob, to recipient: RecipientAddress?, at now: Moment) -> SinkResult {
        guard case .notice(let notice) = job.content else { return .permanent(.wrongContent) }
        guard let recipient else { return .permanent(.noNumber) }
        let isRepeatable = notice.urgency == .lifeSafety
        if job.outcomeUnknown, !isRepeatable { return .permanent(.sentOnce) }
        let encoding: SMSEncoding
        do throws(SMSRefusal) {
            encoding = try SMSEncoding(notice.text, maxParts: settings.maxParts)
        } catch {
            return .permanent(.textRefused(error))
        }
        let request = request(for: notice, encoding, to: recipient, at: now)
        // Its receipt may be faster than the answer, so it is counted before.
        if notice.urgency == .service { settings.window?.begin(notice.id, at: now) }
        let result = send(request, isRepeatable: isRepeatable, now: now)
        if case .done = result { return result }
        // Where it is not known whether the gateway has it, a receipt may never come.
        settings.window?.end(notice.id)
        return result
    }

    private func send(_ request: HTTPRequest, isRepeatable: Bool, now: Moment) -> SinkResult {
        do throws(HTTPFailure) {
            return Self.result(of: try transport.send(request), isRepeatable: isRepeatable, now: now)
        } catch {
            switch error {
            case .neverSent(let reason): return .retry(.unreachable(reason), asked: nil, unknown: false)
            case .outcomeUnknown(let reason): return Self.unknown(.noAnswer(reason), isRepeatable)
            }
        }
    }

    private func request(
        for notice: Notice,
        _ encoding: SMSEncoding,
        to recipient: RecipientAddress,
        at now: Moment
    ) -> HTTPRequest {
        // What would be delivered after its time is better thrown away by the network. Whole minutes, rounded
        // down; the gateway knows none shorter.
        let minutes = max(1, notice.notAfter.since(now).inMicroseconds / 60_000_000)
        return HTTPRequest(
            .post,
            settings.url,
            headers: [
                .init("Content-Type", "text/plain; charset=UTF-8"),
                .init("X-Kannel-Username", settings.user),
                .init("X-Kannel-Password", settings.password),
                .init("X-Kannel-From", settings.sender),
                .init("X-Kannel-To", recipient.phone.e164),
                .init("X-Kannel-Coding", encoding.alphabet == .gsm7 ? "0" : "2"),
                .init("X-Kannel-Validity", String(minutes)),
                .init("X-Kannel-Priority", notice.urgency == .lifeSafety ? "3" : "0"),
                .init("X-Kannel-DLR-Mask", "31"),
                .init("X-Kannel-DLR-URL", receiptURL(for: notice.id)),
            ],
            // Kannel splits by itself: between characters in GSM 7-bit, anywhere in UCS-2.
            body: Array((encoding.alphabet == .gsm7 ? encoding.text : encoding.evenlySplit).utf8)
        )
    }

    /// Kannel puts the kind of receipt for `%d` and the network's words for `%A`. It correlates by nothing else
    /// than what we write here: its own ids differ from one receipt to the next.
    private func receiptURL(for id: String) -> String {
        // A percent sign starts one of Kannel's codes unless it is doubled.
        func value(_ text: String) -> String { URIText.escaped(text).replacing("%", with: "%%") }
        return settings.receipts
            + "?id=\(value(id))&sink=\(value(name))&status=%d&answer=%A&token=\(value(settings.receiptToken))"
    }

    private static func result(of response: HTTPResponse, isRepeatable: Bool, now: Moment) -> SinkResult {
        let cause = DeliveryFailure.Cause.refused(status: response.status, answer: words(of: response.body))
        switch response.status {
        case 200..<300:
            return .done(reference: nil)
        case 401, 403, 404, 408, 429, 503:
            // Surely not taken, and a person or time can mend it: wrong password, wrong path, gateway without
            // its network. Giving up would lose alerts over a setting.
            return .retry(cause, asked: response.retryAfter(now: now), unknown: false)
        case 500...:
            return unknown(cause, isRepeatable)
        default:
            return .permanent(cause)
        }
    }

    private static func unknown(_ cause: DeliveryFailure.Cause, _ isRepeatable: Bool) -> SinkResult {
        isRepeatable ? .retry(cause, asked: nil, unknown: true) : .permanent(.sentOnce)
    }

    /// The gateway's own words, without any number that it repeats.
    private static func words(of body: [UInt8]) -> String {
        let line = String(decoding: body.prefix(120), as: UTF8.self).prefix { !$0.isNewline }
        return String(line.map { $0.isNumber || $0 == "+" ? "·" : $0 })
    }
}
