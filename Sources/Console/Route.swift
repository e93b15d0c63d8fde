/// What the server does with one method on one path.
public struct Route: Sendable {
    public enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
    }

    public let method: Method
    /// Exact, with its leading slash.
    public let path: String
    /// Called on a thread of the server; it may block, which holds up its own connection only.
    let answer: @Sendable (Request) -> Response

    public init(_ method: Method, _ path: String, answer: @escaping @Sendable (Request) -> Response) {
        self.method = method
        self.path = path
        self.answer = answer
    }
}
