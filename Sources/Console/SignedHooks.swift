import Units

/// What the CRM and the gateways of calls, watches and chats post to us: a JSON object and a header that signs it.
///
/// An answer of 200 tells the caller to forget the call, so it is given once the value is durable. A call that
/// comes again with the same id counts once.
public struct SignedHooks: Sendable {
    private let header: String
    private let clock: @Sendable () -> Moment
    private let isGenuine: @Sendable (_ signature: String, _ body: [UInt8]) -> Bool

    /// - Parameters:
    ///   - header: the name of the header with the signature.
    ///   - isGenuine: whether the signature in the header fits the body and is recent.
    public init(
        header: String,
        clock: @escaping @Sendable () -> Moment,
        isGenuine: @escaping @Sendable (_ signature: String, _ body: [UInt8]) -> Bool
    ) {
        self.header = header
        self.clock = clock
        self.isGenuine = isGenuine
    }

    /// - Parameter take: makes the value durable, or says why not.
    func route<Value>(
        _ path: String,
        read: @escaping @Sendable (HookFields, _ now: Moment) throws(HookProblem) -> Value,
        take: @escaping @Sendable (Value) throws(HookRefusal) -> Void
    ) -> Route {
        Route(.post, path) { [self] request in
            guard let signature = request.header(header), isGenuine(signature, request.body) else {
                return Response(401, "\(header) is missing, wrong or too old\n")
            }
            let value: Value
            do throws(HookProblem) {
                value = try read(HookFields(parsing: request.body), clock())
            } catch {
                return Response(400, "\(error)\n")
            }
            do throws(HookRefusal) {
                try take(value)
                return Response(200)
            } catch {
                return Response(error.status, "\(error)\n")
            }
        }
    }
}

/// Why a call that is well-formed is not kept. The caller reads the words.
public enum HookRefusal: Error, Hashable, CustomStringConvertible {
    /// Not now: it is to be sent again.
    case later(String)
    /// It speaks of a thing that is not known here.
    case unknown(String)
    /// The thing is known, and this is not for the caller, or not now or ever possible.
    case impossible(String)

    var status: Int {
        switch self {
        case .later: 503
        case .unknown: 404
        case .impossible: 409
        }
    }

    public var description: String {
        switch self {
        case .later(let why): "cannot be kept now, send it again: \(why)"
        case .unknown(let why), .impossible(let why): "\(why); nothing was kept"
        }
    }
}
