/// What a message leaves out, and the device said before.
///
/// Which fields are missing is known when a message is read, what goes there only when its reading is processed, in
/// the order of the device's time. So the gaps travel behind the bytes of the reading, where its table has any field
/// that keeps its last value.
extension ReadingLayout {
    private var gapsOffset: Int { (stride + 7) & ~7 }

    /// The bytes of a reading on its way: with its gaps, where it may have any.
    public var room: Int { lasting == 0 ? stride : gapsOffset + MemoryLayout<UInt64>.size }

    /// Notes which fields were not in the message, one bit each.
    func note(gaps: UInt64, behind reading: UnsafeMutableRawPointer) {
        reading.storeBytes(of: gaps, toByteOffset: gapsOffset, as: UInt64.self)
    }

    /// Fills the gaps of a reading with what the last one of the same device has there.
    public func fillGaps(of reading: UnsafeMutableRawPointer, from last: UnsafeRawPointer) {
        guard lasting != 0 else { return }
        var gaps = reading.loadUnaligned(fromByteOffset: gapsOffset, as: UInt64.self) & lasting
        while gaps != 0 {
            let field = fields[gaps.trailingZeroBitCount]
            (reading + field.offset).copyMemory(from: last + field.offset, byteCount: field.kind.width)
            gaps &= gaps &- 1
        }
    }
}

extension FieldKind {
    /// The bytes of the property.
    var width: Int {
        switch self {
        case .integer, .number, .time: 8
        case .name: 4
        case .bool: 1
        case .choice(let table): table.width
        case .samples: MemoryLayout<Samples>.size
        }
    }
}
