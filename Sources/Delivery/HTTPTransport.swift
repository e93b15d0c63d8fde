/// Something that sends an HTTP request and waits for the answer: libcurl in production, a script in tests.
public protocol HTTPTransport: Sendable {
    /// - Throws: `HTTPFailure` when there is no answer. An answer of any status is returned.
    func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse
}

/// Why there is no answer, and what that means for the request.
public enum HTTPFailure: Error, Hashable, Sendable {
    /// Not one byte of the request left: it surely did not arrive.
    case neverSent(String)
    /// It may or may not have arrived.
    case outcomeUnknown(String)

    public var reason: String {
        switch self {
        case .neverSent(let reason), .outcomeUnknown(let reason): reason
        }
    }
}
