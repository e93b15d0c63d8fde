/// A secret that a caller must show. It does not print itself.
struct SharedToken: Sendable, CustomStringConvertible, CustomReflectable {
    private let bytes: [UInt8]

    /// Nil when it is shorter than 16 bytes: anyone could try them all.
    init?(_ text: String) {
        bytes = Array(text.utf8)
        guard bytes.count >= 16 else { return nil }
    }

    /// Takes as long for a near miss as for a far one, so that the time of the answer tells nothing.
    func matches(_ text: String) -> Bool {
        let given = Array(text.utf8)
        var difference = given.count ^ bytes.count
        for (index, byte) in bytes.enumerated() {
            difference |= Int(byte ^ (index < given.count ? given[index] : 0))
        }
        return difference == 0
    }

    var description: String { "a token" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
