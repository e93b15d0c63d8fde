/// What the server answers.
public struct Response: Hashable, Sendable {
    public var status: Int
    public var contentType: String
    public var body: [UInt8]

    public init(_ status: Int, contentType: String = "text/plain; charset=utf-8", body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    public init(_ status: Int, _ text: String) {
        self.init(status, body: Array(text.utf8))
    }
}
