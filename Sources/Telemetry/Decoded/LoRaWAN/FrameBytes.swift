/// Where a number stands in a frame: from which byte, how long, in which order, and which of its bits.
struct FramePlace: Hashable, Sendable {
    var offset: Int
    var count: Int
    var isLittleEndian = false
    var isSigned = false
    /// Zero is in the middle of the range: 0x8000 of two bytes.
    var isOffset = false
    /// The lowest bit that belongs to the number.
    var shift = 0
    /// How many bits belong to it.
    var width: Int

    private init(_ offset: Int, _ count: Int, little: Bool = false, signed: Bool = false) {
        self.offset = offset
        self.count = count
        isLittleEndian = little
        isSigned = signed
        width = count * 8
    }

    static func u8(_ offset: Int) -> Self { Self(offset, 1) }
    static func i8(_ offset: Int) -> Self { Self(offset, 1, signed: true) }
    static func u16(_ offset: Int) -> Self { Self(offset, 2) }
    static func i16(_ offset: Int) -> Self { Self(offset, 2, signed: true) }
    /// Offset binary: 0x8000 is zero.
    static func o16(_ offset: Int) -> Self {
        var place = Self(offset, 2)
        place.isOffset = true
        return place
    }
    static func u24(_ offset: Int) -> Self { Self(offset, 3) }
    static func i24(_ offset: Int) -> Self { Self(offset, 3, signed: true) }
    static func u32(_ offset: Int) -> Self { Self(offset, 4) }
    static func i32(_ offset: Int) -> Self { Self(offset, 4, signed: true) }
    static func u16le(_ offset: Int) -> Self { Self(offset, 2, little: true) }
    static func i16le(_ offset: Int) -> Self { Self(offset, 2, little: true, signed: true) }
    static func u24le(_ offset: Int) -> Self { Self(offset, 3, little: true) }
    static func i24le(_ offset: Int) -> Self { Self(offset, 3, little: true, signed: true) }
    static func u32le(_ offset: Int) -> Self { Self(offset, 4, little: true) }
    static func i32le(_ offset: Int) -> Self { Self(offset, 4, little: true, signed: true) }

    /// Any length up to eight bytes.
    static func bytes(_ offset: Int, _ count: Int, little: Bool = false) -> Self {
        Self(offset, min(count, 8), little: little)
    }

    /// Some bits of it; 0 is the lowest.
    func bits(_ lowest: Int, _ count: Int) -> Self {
        var place = self
        place.shift = lowest
        place.width = count
        return place
    }

    func bit(_ number: Int) -> Self { bits(number, 1) }

    /// The same number, further on.
    func moved(by bytes: Int) -> Self {
        var place = self
        place.offset += bytes
        return place
    }
}

/// The bytes of a frame, read in either order and never past their end.
struct FrameBytes {
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var count: Int { bytes.count }

    /// What begins at an offset; empty when that is past the end.
    func from(_ offset: Int) -> FrameBytes {
        FrameBytes(UnsafeRawBufferPointer(rebasing: bytes[min(max(0, offset), bytes.count)...]))
    }

    /// The first bytes only.
    func prefix(_ count: Int) -> FrameBytes {
        FrameBytes(UnsafeRawBufferPointer(rebasing: bytes.prefix(max(0, count))))
    }

    func require(_ count: Int) throws(FrameProblem) {
        guard bytes.count >= count else { throw .tooShort(bytes: bytes.count, expected: count) }
    }

    func byte(_ offset: Int) throws(FrameProblem) -> UInt8 {
        guard offset >= 0, offset < bytes.count else {
            throw .tooShort(bytes: bytes.count, expected: offset + 1)
        }
        return bytes[offset]
    }

    func integer(_ place: FramePlace) throws(FrameProblem) -> Int64 {
        let end = place.offset + place.count
        guard place.offset >= 0, end <= bytes.count else {
            throw .tooShort(bytes: bytes.count, expected: end)
        }
        return number(place) { bytes[$0] }
    }

    /// The same with zeros for what is past the end.
    func padded(_ place: FramePlace) -> Int64 {
        number(place) { $0 < bytes.count ? bytes[$0] : 0 }
    }

    @inline(__always)
    private func number(_ place: FramePlace, byte: (Int) -> UInt8) -> Int64 {
        let end = place.offset + place.count
        var value: UInt64 = 0
        if place.isLittleEndian {
            for offset in (place.offset..<end).reversed() { value = value << 8 | UInt64(byte(offset)) }
        } else {
            for offset in place.offset..<end { value = value << 8 | UInt64(byte(offset)) }
        }
        let unused = UInt64(64 - place.width)
        let top = value << (unused - UInt64(place.shift))
        if place.isSigned { return Int64(bitPattern: top) >> unused }
        let number = Int64(bitPattern: top >> unused)
        return place.isOffset ? number - (1 << Int64(place.width - 1)) : number
    }

    /// IEEE 754, single precision.
    func float(_ offset: Int, little: Bool = false) throws(FrameProblem) -> Double {
        let bits = try integer(little ? .u32le(offset) : .u32(offset))
        return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    }

    /// For `DecodedReadings.intern`.
    func raw(_ offset: Int, _ count: Int) throws(FrameProblem) -> UnsafeRawBufferPointer {
        guard offset >= 0, count >= 0, offset + count <= bytes.count else {
            throw .tooShort(bytes: bytes.count, expected: offset + count)
        }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }
}
