/// The properties of a message in the bytes that the journal stores.
///
/// For each property `name length u16 · value length u16 · name · value`, integers little-endian, texts in UTF-8, in
/// the order in which they came. A property that would go beyond a limit, or is not UTF-8, is left out whole and
/// counted: half a value would say something that nobody sent. The limits are a part of the format: a later one may
/// raise them, never lower them.
public struct PropertyBlock: Hashable, Sendable {
    /// How many properties a message keeps: those that came first.
    public static let countLimit = 64
    /// The longest name, in bytes.
    public static let nameLimit = 256
    /// All properties of a message together, in bytes of this block.
    public static let byteLimit = 8_192

    public private(set) var bytes: [UInt8] = []
    public private(set) var count = 0
    /// How many did not go in since the block was made or emptied.
    public private(set) var leftOut = 0

    private static let headerSize = 4

    public init() {}

    public init(_ properties: [MessageProperty]) {
        for property in properties {
            var (name, value) = (property.name, property.value)
            name.withUTF8 { name in
                value.withUTF8 {
                    append(name: UnsafeRawBufferPointer(name), value: UnsafeRawBufferPointer($0))
                }
            }
        }
    }

    public var isEmpty: Bool { count == 0 }

    /// Empties the block and keeps its memory for the next message.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        count = 0
        leftOut = 0
    }

    public mutating func append(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        let size = Self.headerSize + name.count + value.count
        guard count < Self.countLimit, name.count <= Self.nameLimit, bytes.count + size <= Self.byteLimit,
            name.isUTF8, value.isUTF8
        else { return leaveOut() }
        for length in [name.count, value.count] {
            withUnsafeBytes(of: UInt16(length).littleEndian) { bytes.append(contentsOf: $0) }
        }
        bytes.append(contentsOf: name)
        bytes.append(contentsOf: value)
        count += 1
    }

    /// Counts a property that came and cannot be kept.
    public mutating func leaveOut() {
        leftOut += 1
    }
}

// MARK: - Reading

extension PropertyBlock {
    /// The properties in the bytes of a block; nil when the bytes are none.
    public static func properties(in bytes: [UInt8]) -> [MessageProperty]? {
        bytes.withUnsafeBytes { bytes in
            var properties: [MessageProperty] = []
            let isWhole = walk(bytes) { properties.append(MessageProperty(name: $0, value: $1)) }
            return isWhole ? properties : nil
        }
    }

    static func isWhole(_ bytes: UnsafeRawBufferPointer) -> Bool {
        walk(bytes) { _, _ in }
    }

    /// Calls `body` with each property; false at the first bytes that no block has.
    static func walk(_ bytes: UnsafeRawBufferPointer, _ body: (_ name: String, _ value: String) -> Void)
        -> Bool
    {
        guard bytes.count <= byteLimit else { return false }
        var position = 0
        var count = 0
        while position < bytes.count {
            guard bytes.count - position >= headerSize, count < countLimit else { return false }
            let nameLength = Self.length(in: bytes, at: position)
            let valueLength = Self.length(in: bytes, at: position + 2)
            let start = position + headerSize
            guard nameLength <= nameLimit, nameLength + valueLength <= bytes.count - start else {
                return false
            }
            let middle = start + nameLength
            position = middle + valueLength
            guard let name = String(validating: bytes[start..<middle], as: UTF8.self),
                let value = String(validating: bytes[middle..<position], as: UTF8.self)
            else { return false }
            body(name, value)
            count += 1
        }
        return true
    }

    private static func length(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    }
}
