import Units

/// An answer, of whatever status.
public struct HTTPResponse: Hashable, Sendable {
    public var status: Int
    public var headers: [HTTPRequest.Header]
    public var body: [UInt8]
    /// The body was longer than the transport takes; `body` is its beginning.
    public var isCut: Bool

    public init(status: Int, headers: [HTTPRequest.Header] = [], body: [UInt8] = [], isCut: Bool = false) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isCut = isCut
    }

    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// What `Retry-After` asks for.
    public func retryAfter(now: Moment) -> Duration? {
        header("Retry-After").flatMap { RetryAfter.duration(of: $0, now: now) }
    }
}
