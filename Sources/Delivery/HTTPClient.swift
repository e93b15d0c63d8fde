import Synchronization
import Units

/// HTTP over libcurl, for as many threads as call it: each call blocks until the answer, a failure or the time
/// limit. TLS certificates are verified, redirects are not followed, answers are read up to a limit.
public final class HTTPClient: HTTPTransport {
    public struct Limits: Hashable, Sendable {
        /// Until the connection, with its TLS handshake, stands.
        public var connect: Duration
        /// For the whole exchange.
        public var total: Duration
        /// Bytes of an answer's body that are kept; reading stops there.
        public var body: Int
        /// Bytes of an answer's headers; more is no answer.
        public var headers: Int
        /// Idle handles, with their open connections, kept for the next call.
        public var idleHandles: Int

        public init(
            connect: Duration = .seconds(5),
            total: Duration = .seconds(30),
            body: Int = 64 * 1024,
            headers: Int = 32 * 1024,
            idleHandles: Int = 8
        ) {
            self.connect = connect
            self.total = total
            self.body = body
            self.headers = headers
            self.idleHandles = idleHandles
        }
    }

    private let limits: Limits
    private let certificates: String?
    private let idle = Mutex<[CurlHandle]>([])

    /// - Parameter certificates: a PEM file of certificate authorities; nil: those of the system.
    public init(limits: Limits = Limits(), certificates: String? = nil) {
        self.limits = limits
        self.certificates = certificates
    }

    public func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
        if let header = request.headers.first(where: { $0.holdsLineBreak }) {
            throw .neverSent("the value of header \(header.name) holds a line break")
        }
        let handle: CurlHandle
        if let used = idle.withLock({ $0.popLast() }) { handle = used } else { handle = try CurlHandle() }
        defer {
            idle.withLock { if $0.count < limits.idleHandles { $0.append(handle) } }
        }
        return try handle.perform(request, limits: limits, certificates: certificates)
    }
}

extension HTTPRequest.Header {
    /// Such a value would start a header of its own.
    fileprivate var holdsLineBreak: Bool {
        [name, value].contains { text in text.utf8.contains { $0 == 0x0A || $0 == 0x0D || $0 == 0 } }
    }
}
