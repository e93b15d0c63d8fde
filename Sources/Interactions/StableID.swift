import Units

/// The id of a case, an interaction or a notice: a function of what it is about and nothing else, so that a
/// crash, a redelivery or a replay makes the same one again.
///
/// `CASE_` and 20 characters of base32 (RFC 4648): 100 bits, folded from FNV-1a with 128 bits as its authors
/// advise (the bits above are added to those below by exclusive or).
///
/// With n ids in use the odds that any two are the same are n² / 2^101: 4·10⁻¹⁹ for a million of them,
/// 4·10⁻¹³ for a thousand million. They are odds against chance, not against a sender who picks the names of
/// its devices in order to collide; such a sender can only confuse cases about its own devices.
public struct StableID: Hashable, Sendable, CustomStringConvertible {
    /// What an id is made of. The kind counts: the text `7` and the number 7 make different ids.
    public enum Part: Hashable, Sendable {
        case text(String)
        case number(Int64)
        case moment(Moment)
    }

    public let description: String

    /// `StableID("CASE", .text(pipeline), .text(detector), .text(subject), .moment(begin))`
    public init(_ prefix: String, _ parts: Part...) {
        self.init(prefix, parts)
    }

    public init(_ prefix: String, _ parts: [Part]) {
        var hash = FNV1a128()
        Part.text(prefix).add(to: &hash)
        for part in parts { part.add(to: &hash) }
        hash.add(repeatElement(0, count: Self.closingZeros))
        let folded = (hash.value >> Self.bits) ^ (hash.value & (1 << Self.bits - 1))
        self.description = prefix + "_" + Self.base32(folded)
    }

    private static let bits: UInt128 = 100
    /// A byte reaches about eight bits higher with every byte after it: so many, and the last one counts in
    /// every letter.
    private static let closingZeros = 16
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    private static func base32(_ value: UInt128) -> String {
        let letters = stride(from: bits, to: 0, by: -5).map { end in
            alphabet[Int(truncatingIfNeeded: (value >> (end - 5)) & 31)]
        }
        return String(decoding: letters, as: UTF8.self)
    }
}

extension StableID.Part {
    /// Kind, length, bytes: without the length `("ab", "c")` and `("a", "bc")` would make the same id.
    fileprivate func add(to hash: inout FNV1a128) {
        switch self {
        case .text(let text):
            hash.add(CollectionOfOne(0))
            hash.add(Self.bytes(Int64(text.utf8.count)))
            hash.add(text.utf8)
        case .number(let number):
            hash.add(CollectionOfOne(1))
            hash.add(Self.bytes(number))
        case .moment(let moment):
            hash.add(CollectionOfOne(2))
            hash.add(Self.bytes(moment.microseconds))
        }
    }

    private static func bytes(_ number: Int64) -> some Sequence<UInt8> {
        let pattern = UInt64(bitPattern: number)
        return stride(from: UInt64(0), to: 64, by: 8).lazy.map { UInt8(truncatingIfNeeded: pattern >> $0) }
    }
}
