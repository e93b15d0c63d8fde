extension UnsafeRawBufferPointer {
    /// Looks for bytes above 127 many at a time; only a text that has some is checked in full.
    var isUTF8: Bool {
        guard let raw = baseAddress else { return true }
        var offset = 0
        var many = SIMD4<UInt64>()
        while offset + 32 <= count {
            many |= raw.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)
            offset += 32
        }
        var high = many.x | many.y | many.z | many.w
        while offset + 8 <= count {
            high |= Words64.load(raw, offset)
            offset += 8
        }
        while offset < count {
            high |= UInt64(raw.load(fromByteOffset: offset, as: UInt8.self))
            offset += 1
        }
        guard high & (Words64.ones << 7) != 0 else { return true }
        return String(validating: bindMemory(to: UInt8.self), as: UTF8.self) != nil
    }
}
