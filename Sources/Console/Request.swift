/// A request as it came in. Query and headers may hold secrets, so it prints its method and path only.
public struct Request: Hashable, Sendable {
    public struct Item: Hashable, Sendable {
        public var name: String
        /// Decoded from its `%XX` form.
        public var value: [UInt8]

        public init(_ name: String, _ value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    public var method: String
    public var path: String
    public var query: [Item]
    public var headers: [Item]
    public var body: [UInt8]

    public init(
        method: String,
        path: String,
        query: [Item] = [],
        headers: [Item] = [],
        body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The first query item of this name; nil when there is none or it is not UTF-8.
    public func query(_ name: String) -> String? {
        query.first { $0.name == name }.flatMap { String(validating: $0.value, as: UTF8.self) }
    }

    /// The first header of this name, in whatever case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }
            .flatMap { String(validating: $0.value, as: UTF8.self) }
    }
}

extension Request: CustomStringConvertible, CustomReflectable {
    public var description: String { "\(method) \(path)" }
    public var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}
