/// One request. Its headers may hold secrets, so it does not print itself.
public struct HTTPRequest: Hashable, Sendable {
    public struct Header: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
    }

    public var method: Method
    /// `http` or `https`.
    public var url: String
    public var headers: [Header]
    public var body: [UInt8]
    /// The receiver recognises a repetition, so the transport may send it again over a new connection when an
    /// idle one turns out to be dead. False: one request is sent once or fails.
    public var isRepeatable: Bool

    public init(
        _ method: Method,
        _ url: String,
        headers: [Header] = [],
        body: [UInt8] = [],
        isRepeatable: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.isRepeatable = isRepeatable
    }

    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

extension HTTPRequest: CustomStringConvertible, CustomReflectable {
    /// Method and server only: paths and queries of hooks often hold the secret.
    public var description: String {
        let afterScheme = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let authority = afterScheme.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return "\(method.rawValue) \(host)"
    }

    public var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}
