import Units

extension ReadingLayout {
    /// Whether bytes that were stored somewhere are a reading that this table could have made: words that are in
    /// their tables, names that exist, times with which one can calculate. Properties that are not in the table are
    /// not looked at.
    ///
    /// - Parameter names: how many names there are.
    public func isSound(_ reading: UnsafeRawBufferPointer, names: Int) -> Bool {
        guard reading.count >= size else { return false }
        return fields.allSatisfy { field in
            switch field.kind {
            case .integer, .number: true
            case .bool: reading[field.offset] <= 1
            case .time:
                Moment.reckonable.contains(
                    reading.loadUnaligned(fromByteOffset: field.offset, as: Moment.self)
                )
            case .name:
                reading.loadUnaligned(fromByteOffset: field.offset, as: UInt32.self) < names
            case .choice(let table):
                table.isSound(reading, at: field.offset, initial: initial)
            case .samples:
                (0...Samples.capacity).contains(
                    reading.loadUnaligned(fromByteOffset: field.offset, as: Int.self)
                )
            }
        }
    }
}

extension ChoiceTable {
    /// Whether the bytes at a place are those of one of the words, or what stood there from the start.
    fileprivate func isSound(_ reading: UnsafeRawBufferPointer, at offset: Int, initial: [UInt8]) -> Bool {
        func isThere(_ bytes: [UInt8]) -> Bool {
            reading[offset..<offset + bytes.count].elementsEqual(bytes)
        }
        let untouched = offset + width <= initial.count ? [UInt8](initial[offset..<offset + width]) : []
        return choices.contains { isThere($0.bytes) } || otherwise.map(isThere) ?? false || isThere(untouched)
    }
}
