import Synchronization

/// The console's HTTP server (libmicrohttpd): a thread for each connection, so that an answer may wait until
/// what came in is durable. On loopback unless told otherwise; TLS is for a proxy in front.
public final class HTTPServer: Sendable {
    public struct Settings: Hashable, Sendable {
        /// IPv4 address to listen on.
        public var address: String
        /// 0: the system chooses a free one; `HTTPServer.port` tells which.
        public var port: UInt16
        /// Larger bodies are refused with 413.
        public var bodyLimit: Int
        public var connectionLimit: Int
        /// Seconds after which a connection without any traffic is closed.
        public var idleSeconds: Int
        /// Connections that may wait to be accepted. Gateways send receipts in bursts, and one that finds the
        /// queue full is late or lost.
        public var backlog: Int

        public init(
            address: String = "127.0.0.1",
            port: UInt16 = 0,
            bodyLimit: Int = 256 * 1024,
            connectionLimit: Int = 256,
            idleSeconds: Int = 15,
            backlog: Int = 1024
        ) {
            self.address = address
            self.port = port
            self.bodyLimit = bodyLimit
            self.connectionLimit = connectionLimit
            self.idleSeconds = idleSeconds
            self.backlog = backlog
        }
    }

    /// Why it does not listen.
    public struct Failure: Error, Hashable, CustomStringConvertible, Sendable {
        public let address: String
        public let port: UInt16
        public let reason: String

        public var description: String {
            "console \(address):\(port): cannot listen: \(reason); no hooks and no metrics until it can; "
                + "choose another address or port"
        }
    }

    /// Where it listens.
    public let port: UInt16
    private let daemon: Mutex<MicrohttpdDaemon?>

    /// Starts listening.
    public init(_ settings: Settings = Settings(), routes: [Route]) throws(Failure) {
        let daemon = try MicrohttpdDaemon(
            settings,
            answer: Self.router(of: routes),
            bodyLimit: settings.bodyLimit
        )
        port = daemon.port
        self.daemon = Mutex(daemon)
    }

    /// Stops listening, waits for the answers under way and closes every connection. Handlers must end by
    /// themselves; a second call does nothing.
    public func stop() {
        daemon.withLock { $0 = nil }
    }

    private static func router(of routes: [Route]) -> @Sendable (Request) -> Response {
        let byPath = Dictionary(grouping: routes, by: \.path)
        return { request in
            guard let candidates = byPath[request.path] else { return Response(404, "no such path\n") }
            // HEAD is GET without the body, which the library leaves out.
            let method = request.method == "HEAD" ? "GET" : request.method
            guard let route = candidates.first(where: { $0.method.rawValue == method }) else {
                return Response(405, "no such method here\n")
            }
            return route.answer(request)
        }
    }
}
