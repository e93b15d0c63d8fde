import Units

/// The values of one message by their paths (`rx_metadata.0.rssi`), flat, in the order they came.
///
/// Envelopes say what a message is about in members that may come behind the values, so all of it is taken in first.
/// Reused from message to message: nothing is allocated once it has grown to the largest one.
struct MessageFields: Sendable {
    typealias Run = DecodedReadings.Run

    enum Kind: UInt8, BitwiseCopyable, Sendable {
        case number, flag, text, null
        /// An object or a list with nothing in it.
        case empty
    }

    struct Field: BitwiseCopyable, Sendable {
        var path: Run
        /// A text with its escapes resolved, a number or a flag as it is written.
        var text: Run
        /// 0 or 1 for a flag.
        var number: Double
        var kind: Kind

        var hasValue: Bool { kind != .null && kind != .empty }
    }

    /// Values that one message may have; a message with more is refused.
    static let limit = 16_384
    /// Bytes of all their paths and texts; the same happens at it.
    static let byteLimit = 4 << 20

    private(set) var all: [Field] = []
    private var bytes: [UInt8] = []
    private var path: [UInt8] = []

    /// Forgets the message before, keeps the memory.
    mutating func begin() {
        all.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        path.removeAll(keepingCapacity: true)
    }

    /// Takes in a JSON text; its paths begin with `prefix` where there is one.
    ///
    /// - Throws: `malformed` and the like; `tooMany` at the limits.
    mutating func read(
        _ json: UnsafeRawBufferPointer,
        under prefix: UnsafeRawBufferPointer = StaticString("").bytes
    ) throws(DecodeProblem) {
        guard prefix.isUTF8 else { throw .notUTF8 }
        var cursor = try JSONCursor(json)
        path.removeAll(keepingCapacity: true)
        path.append(contentsOf: prefix)
        try readValue(&cursor)
        try cursor.finish()
    }

    /// Takes in the value that is next, which may be a part of a larger text.
    mutating func read(next cursor: inout JSONCursor) throws(DecodeProblem) {
        path.removeAll(keepingCapacity: true)
        try readValue(&cursor)
    }

    /// Takes in a JSON text that is the value of a field.
    mutating func read(inside field: Field, under prefix: StaticString) throws(DecodeProblem) {
        let text = withBytes(of: field.text) { [UInt8]($0) }
        let result: Result<Void, DecodeProblem> = text.withUnsafeBytes { text in
            do throws(DecodeProblem) {
                try read(text, under: prefix.bytes)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// Takes in one value that stands alone, as a topic and its payload: a number, a flag or a word by its looks.
    mutating func read(
        word: UnsafeRawBufferPointer,
        path name: some Sequence<UInt8>
    ) throws(DecodeProblem) {
        path.removeAll(keepingCapacity: true)
        path.append(contentsOf: name)
        guard word.isUTF8, path.withUnsafeBytes({ $0.isUTF8 }) else { throw .notUTF8 }
        if let number = PlainNumber.value(of: word) {
            try append(.number, number, word)
        } else if word.equals("true") || word.equals("false") {
            try append(.flag, word.equals("true") ? 1 : 0, word)
        } else {
            try append(.text, 0, word)
        }
    }

    private mutating func readValue(_ json: inout JSONCursor) throws(DecodeProblem) {
        let kind = try json.kind()
        let start = json.offset
        switch kind {
        case .object:
            try json.enterObject()
            var isEmpty = true
            while let name = try json.nextMember() {
                let length = path.count
                if length > 0 { path.append(UInt8(ascii: ".")) }
                name.withBytes { path.append(contentsOf: $0) }
                try readValue(&json)
                path.removeSubrange(length...)
                isEmpty = false
            }
            if isEmpty { try append(.empty, 0, Run.empty) }
        case .array:
            try json.enterArray()
            var index = 0
            while try json.nextElement() {
                let length = path.count
                if length > 0 { path.append(UInt8(ascii: ".")) }
                path.append(contentsOf: String(index).utf8)
                try readValue(&json)
                path.removeSubrange(length...)
                index += 1
            }
            if index == 0 { try append(.empty, 0, Run.empty) }
        case .text:
            let text = try json.text()
            let run = try intern { bytes in text.withBytes { bytes.append(contentsOf: $0) } }
            try append(.text, 0, run)
        case .number:
            let number = try json.number()
            try append(.number, number, json.written(from: start))
        case .flag:
            let isTrue = try json.flag()
            try append(
                .flag,
                isTrue ? 1 : 0,
                isTrue ? StaticString("true").bytes : StaticString("false").bytes
            )
        case .null:
            _ = try json.takeNull()
            try append(.null, 0, Run.empty)
        }
    }

    private mutating func append(
        _ kind: Kind,
        _ number: Double,
        _ text: UnsafeRawBufferPointer
    ) throws(DecodeProblem) {
        try append(kind, number, try intern { $0.append(contentsOf: text) })
    }

    private mutating func append(_ kind: Kind, _ number: Double, _ text: Run) throws(DecodeProblem) {
        guard all.count < Self.limit else { throw .tooMany(what: "values", limit: Self.limit) }
        let path = self.path
        let run = try intern { $0.append(contentsOf: path) }
        all.append(Field(path: run, text: text, number: number, kind: kind))
    }

    private mutating func intern(_ fill: (inout [UInt8]) -> Void) throws(DecodeProblem) -> Run {
        let start = bytes.count
        fill(&bytes)
        guard bytes.count <= Self.byteLimit else {
            throw .tooMany(what: "bytes of text", limit: Self.byteLimit)
        }
        return Run(start: UInt32(start), count: UInt32(bytes.count - start))
    }
}

/// What is asked of the fields.
extension MessageFields {
    func withBytes<Result>(of run: Run, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[run.range])) }
    }

    /// The first field with this path; nil when there is none, or a null.
    subscript(path: StaticString) -> Field? {
        first([], path)
    }

    /// The first field with a path that a message has given.
    func field(at path: String) -> Field? {
        var path = path
        return path.withUTF8 { path in
            all.first { field in
                Int(field.path.count) == path.count && field.hasValue
                    && withBytes(of: field.path) { $0.elementsEqual(path) }
            }
        }
    }

    func number(_ path: StaticString) -> Double? {
        guard let field = self[path], field.kind == .number else { return nil }
        return field.number
    }

    func flag(_ path: StaticString) -> Bool? {
        guard let field = self[path], field.kind == .flag else { return nil }
        return field.number == 1
    }

    /// A text, or a number as it is written: what names a device may be either. Nil when it is empty.
    func text(_ path: StaticString) -> String? {
        guard let field = self[path], field.text.count > 0 else { return nil }
        return text(field.text)
    }

    /// A time in ISO 8601 with its zone; nil for others, and for one that no clock can mean.
    func moment(_ path: StaticString) -> Moment? {
        guard let field = self[path], field.kind == .text else { return nil }
        return withBytes(of: field.text) { Moment(iso8601: $0) }?.ifPlausible
    }

    /// The same for a member of what is at `root`.
    func moment(_ member: StaticString, under root: [UInt8]) -> Moment? {
        guard let field = first(root + [UInt8(ascii: ".")], member), field.kind == .text else { return nil }
        return withBytes(of: field.text) { Moment(iso8601: $0) }?.ifPlausible
    }

    func text(_ run: Run) -> String {
        withBytes(of: run) { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether there is a value at this path or below it, a null included.
    func contains(_ path: StaticString) -> Bool {
        all.contains { relativePath(of: $0, under: path) != nil }
    }

    /// Whether this is an object or a list with something in it.
    func hasMembers(_ path: StaticString) -> Bool {
        all.contains { field in relativePath(of: field, under: path).map { $0.count > 0 } ?? false }
    }

    /// The path of a field below `root`, empty for the root itself; nil when it is elsewhere.
    func relativePath(of field: Field, under root: StaticString) -> Run? {
        relativePath(of: field, under: root.bytes)
    }

    func relativePath(of field: Field, under root: some Collection<UInt8>) -> Run? {
        let length = root.count
        guard length > 0 else { return field.path }
        return withBytes(of: field.path) { path in
            guard path.count >= length, path.prefix(length).elementsEqual(root) else { return nil }
            if path.count == length { return Run(start: field.path.start + UInt32(length), count: 0) }
            guard path[length] == UInt8(ascii: ".") else { return nil }
            let skipped = UInt32(length) + 1
            return Run(start: field.path.start + skipped, count: field.path.count - skipped)
        }
    }
}
