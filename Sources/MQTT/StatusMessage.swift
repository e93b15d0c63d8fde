/// What Vigie says about itself on its retained status topic: `{"status":"offline","reason":"connection lost"}`.
enum StatusMessage {
    /// Both words are ours: nothing in them needs escaping.
    static func text(_ status: String, reason: String?) -> String {
        let reason = reason.map { #","reason":"\#($0)""# } ?? ""
        return #"{"status":"\#(status)"\#(reason)}"#
    }
}
