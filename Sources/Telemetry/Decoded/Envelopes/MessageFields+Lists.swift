import Units

/// Lists.
extension MessageFields {
    /// One element of a list, or an object, whose members are asked for by their paths within it.
    struct Element {
        fileprivate let fields: MessageFields
        /// `rx_metadata.0.`
        fileprivate let prefix: [UInt8]

        /// Where it is: `rx_metadata.0`.
        var path: ArraySlice<UInt8> { prefix.dropLast() }

        func field(_ path: StaticString) -> Field? { fields.first(prefix, path) }

        func text(_ path: StaticString) -> String? {
            guard let field = fields.first(prefix, path), field.text.count > 0 else { return nil }
            return fields.text(field.text)
        }

        func number(_ path: StaticString) -> Double? {
            guard let field = fields.first(prefix, path), field.kind == .number else { return nil }
            return field.number
        }

        func moment(_ path: StaticString) -> Moment? {
            guard let field = fields.first(prefix, path), field.kind == .text else { return nil }
            return fields.withBytes(of: field.text) { Moment(iso8601: $0) }?.ifPlausible
        }
    }

    /// An object, whose members are asked for as those of an element are.
    func object(_ root: StaticString) -> Element {
        Element(fields: self, prefix: Array(root.bytes) + [UInt8(ascii: ".")])
    }

    /// The elements of a list of objects, until the first that has nothing in it.
    func elements(of list: StaticString, under root: StaticString = "") -> some Sequence<Element> {
        let before = root.utf8CodeUnitCount == 0 ? [] : Array(root.bytes) + [UInt8(ascii: ".")]
        return sequence(state: 0) { index in
            let prefix = before + Array(list.bytes) + Array(".\(index).".utf8)
            index += 1
            let exists = all.contains { withBytes(of: $0.path) { $0.starts(with: prefix) } }
            return exists ? Element(fields: self, prefix: prefix) : nil
        }
    }

    /// The path of a field without its ending, when it is below `root` and ends so; `first(_:_:)` finds what is beside it.
    func path(of field: Field, under root: StaticString, endingIn ending: StaticString) -> [UInt8]? {
        guard relativePath(of: field, under: root) != nil else { return nil }
        return withBytes(of: field.path) { path in
            let length = ending.utf8CodeUnitCount
            guard path.count > length, path.suffix(length).elementsEqual(ending.bytes) else { return nil }
            // The dot stays.
            return Array(path.dropLast(length - 1))
        }
    }

    /// The first field that has a value and whose path is these two, one behind the other.
    func first(_ prefix: [UInt8], _ path: StaticString) -> Field? {
        let length = prefix.count + path.utf8CodeUnitCount
        return all.first { field in
            field.path.count == length && field.hasValue
                && withBytes(of: field.path) { bytes in
                    bytes.starts(with: prefix) && bytes.dropFirst(prefix.count).elementsEqual(path.bytes)
                }
        }
    }
}
