import Interactions
import Units

/// The two addresses that Kannel calls: receipts of what we sent, and messages from people. An answer of 200
/// tells Kannel to forget the call, so it is given once the value is durable; Kannel repeats after 503.
public enum KannelHooks {
    public static let receiptPath = "/kannel/dlr"
    public static let replyPath = "/kannel/mo"

    /// - Parameters:
    ///   - token: the shared secret in the query, at least 16 bytes long.
    ///   - receipt, reply: make the value durable; false when that is not possible now.
    /// - Returns: nil when the token is too short to keep anybody out.
    public static func routes(
        token: String,
        clock: @escaping @Sendable () -> Moment,
        receipt: @escaping @Sendable (InboundReceipt) -> Bool,
        reply: @escaping @Sendable (InboundReply) -> Bool
    ) -> [Route]? {
        guard let token = SharedToken(token) else { return nil }
        return [
            Route(.get, receiptPath) { request in
                answer(request, token) { takeReceipt(request, at: clock()).map(receipt) }
            },
            Route(.get, replyPath) { request in
                answer(request, token) { takeReply(request, at: clock()).map(reply) }
            },
        ]
    }

    /// - Parameter take: nil when the call is not as it should be, else whether its value is durable.
    private static func answer(_ request: Request, _ token: SharedToken, take: () -> Bool?) -> Response {
        guard let given = request.query("token"), token.matches(given) else {
            return Response(403, "the token is missing or wrong\n")
        }
        guard let isDurable = take() else {
            return Response(400, "a part of the query is missing or wrong\n")
        }
        // Kannel sends the body of the answer to a reply as a text message of its own: it stays empty.
        return isDurable ? Response(200) : Response(503)
    }

    /// `?id=…&sink=…&status=%d&answer=%A`
    static func takeReceipt(_ request: Request, at now: Moment) -> InboundReceipt? {
        guard let id = request.query("id"), !id.isEmpty,
            let status = request.query("status").flatMap({ Int($0) }),
            let outcome = outcome(of: status)
        else { return nil }
        return InboundReceipt(
            id: id,
            sink: request.query("sink") ?? "",
            outcome: outcome,
            detail: text(request, "answer") ?? "",
            at: now
        )
    }

    /// `?from=%p&to=%P&text=%a&charset=%C&id=%I`
    static func takeReply(_ request: Request, at now: Moment) -> InboundReply? {
        guard let id = request.query("id"), !id.isEmpty, let from = request.query("from"), !from.isEmpty,
            let text = text(request, "text")
        else { return nil }
        return InboundReply(
            id: id,
            from: PhoneNumber(sender: from)?.e164 ?? from,
            to: request.query("to") ?? "",
            text: text,
            at: now
        )
    }

    /// Kannel's delivery report types are bits, one at a time in practice.
    private static func outcome(of status: Int) -> InboundReceipt.Outcome? {
        if status & 1 != 0 { return .delivered }
        if status & 2 != 0 { return .failed }
        if status & 16 != 0 { return .refused }
        if status & 8 != 0 { return .accepted }
        return status & 4 != 0 ? .buffered : nil
    }

    /// Kannel recodes to UTF-8, ISO 8859-1 or leaves UTF-16 big endian, and says which. A reply is never
    /// refused over its characters: what is not readable stays visible as U+FFFD.
    private static func text(_ request: Request, _ name: String) -> String? {
        // `omit-empty` leaves an empty text out of the query.
        let bytes = request.query.first { $0.name == name }?.value ?? []
        switch request.query("charset")?.uppercased() {
        case "UTF-16BE", "UCS-2", "UTF-16":
            let units = stride(from: 0, to: bytes.count - 1, by: 2).map {
                UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
            }
            return String(decoding: units, as: UTF16.self)
        case "ISO-8859-1", "LATIN1", "WINDOWS-1252":
            return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        default:
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
