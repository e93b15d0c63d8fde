/// What an operator's tools ask: the figures, whether it lives, whether it does its work.
public enum StatusRoutes {
    /// - Parameters:
    ///   - metrics: the figures of now.
    ///   - isAlive: false asks the supervisor for a restart.
    ///   - obstacles: why it does not do its work, one sentence each; empty when it does.
    public static func routes(
        metrics: @escaping @Sendable () -> [Metric],
        isAlive: @escaping @Sendable () -> Bool,
        obstacles: @escaping @Sendable () -> [String]
    ) -> [Route] {
        [
            Route(.get, "/metrics") { _ in
                Response(200, contentType: MetricsText.contentType, body: MetricsText.bytes(of: metrics()))
            },
            Route(.get, "/healthz") { _ in
                isAlive() ? Response(200, "alive\n") : Response(503, "not alive\n")
            },
            Route(.get, "/readyz") { _ in
                let obstacles = obstacles()
                guard !obstacles.isEmpty else { return Response(200, "ready\n") }
                return Response(503, obstacles.map { $0 + "\n" }.joined())
            },
        ]
    }
}
