/// Values that stand alone: a topic level, a whole payload.
extension JSONScanner {
    /// A word needs no quotes there, and without them it has no escapes.
    static func store(
        bare text: UnsafeRawBufferPointer,
        of field: Int,
        _ tables: DecodeTables,
        into reading: UnsafeMutableRawPointer
    ) throws(ScanFailure) {
        guard let start = text.baseAddress, !text.isEmpty else { throw ScanFailure(.missing, field: field) }
        var scanner = JSONScanner(start.assumingMemoryBound(to: UInt8.self), count: text.count)
        if text.first == UInt8(ascii: "\"") || !tables.fields[field].kind.isText {
            scanner.skipSpace()
            try scanner.value(of: field, tables, into: reading)
            try scanner.requireEnd()
        } else {
            guard scanner.isUTF8 else { throw ScanFailure(.notUTF8) }
            try store(plain: text, at: 0, of: field, tables, into: reading)
        }
    }
}

extension DecodeTables.Field.Kind {
    /// Written in quotes in JSON.
    var isText: Bool {
        switch self {
        case .name, .choice, .isoTime: true
        case .integer, .number, .bool, .epochTime, .samples: false
        }
    }
}
