/// What the sender of an MQTT 5 message says beside its payload: a user property, or the content type by the name
/// `content-type`.
public struct MessageProperty: Hashable, Sendable {
    /// The name under which the content type of a message stands among its properties.
    public static let contentType = "content-type"

    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
