import Units

/// A text message from a person. Number and text are personal: it does not print itself.
public struct InboundReply: Hashable, Sendable {
    /// The gateway's id: the same id twice is the same message.
    public var id: String
    /// E.164, or as the gateway wrote it where that is no number (a short code, a name).
    public var from: String
    /// What it was sent to: our short code or number.
    public var to: String
    public var text: String
    public var at: Moment

    public init(id: String, from: String, to: String, text: String, at: Moment) {
        self.id = id
        self.from = from
        self.to = to
        self.text = text
        self.at = at
    }
}

extension InboundReply: CustomStringConvertible, CustomReflectable {
    public var description: String { "reply \(id) from …\(from.suffix(2))" }
    public var customMirror: Mirror { Mirror(self, children: ["reply": description]) }
}
