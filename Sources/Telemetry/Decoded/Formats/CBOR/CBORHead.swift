/// How an item of CBOR begins (RFC 8949 §3): its major type and its argument.
struct CBORHead {
    enum Major: UInt8 {
        case unsigned, negative, bytes, text, array, map, tag, simple
    }

    let major: Major
    /// The low five bits of the first byte: the argument, or how many bytes of it follow.
    let information: UInt8
    let argument: UInt64

    static let indefinite: UInt8 = 31

    var isIndefinite: Bool { information == Self.indefinite }
    /// The byte that ends what has no length.
    var isBreak: Bool { major == .simple && isIndefinite }

    /// Tags after which an item is a number although it does not begin as one (RFC 8949 §3.4.3 and §3.4.4).
    enum NumberTag: UInt64 {
        case bignum = 2
        case negativeBignum = 3
        case decimalFraction = 4
        case bigfloat = 5
    }

    /// The number that a floating-point item holds in the bits of its argument; nil for the other simple values.
    var float: Double? {
        switch information {
        case 25: Self.half(UInt16(truncatingIfNeeded: argument))
        case 26: Double(Float(bitPattern: UInt32(truncatingIfNeeded: argument)))
        case 27: Double(bitPattern: argument)
        default: nil
        }
    }

    /// A number of two bytes: sign, five bits of exponent, ten of fraction (IEEE 754 binary16). By hand, since there is
    /// no `Float16` on every machine.
    static func half(_ bits: UInt16) -> Double {
        let sign: Double = bits & 0x8000 == 0 ? 1 : -1
        let exponent = Int(bits >> 10 & 0x1F)
        let fraction = Double(bits & 0x3FF)
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * Double(sign: .plus, exponent: exponent - 25, significand: fraction + 1024)
        }
    }
}

/// A text or byte string in a payload; valid as long as the payload is.
struct CBORString {
    /// Its bytes, or when it is in pieces: all of them with their heads, without the break.
    let raw: UnsafeRawBufferPointer
    let isInPieces: Bool

    func append(to bytes: inout [UInt8]) {
        guard isInPieces else {
            bytes.append(contentsOf: raw)
            return
        }
        var pieces = CBORReader(raw)
        // Each piece was read once before.
        while pieces.position < raw.count, let piece = pieces.definitePiece() {
            bytes.append(contentsOf: piece)
        }
    }

    /// All of it in one run of bytes, for what is not on the path of every message.
    var joined: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }
}
