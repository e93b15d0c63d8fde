import Synchronization

/// A text that comes again and again (an elevator's id, a meter's serial), kept once and passed around as
/// four bytes.
///
/// Two names are equal exactly when their texts are. Which number a text gets depends on what came before, so
/// the number never leaves the process: ids, journal and snapshots hold the text.
public struct Name: Hashable, BitwiseCopyable, Sendable {
    /// Position in the process-wide table; 0 is the empty name.
    public let index: UInt32

    /// The empty name: what a field holds that was not there.
    public init() {
        index = 0
    }

    public init(index: UInt32) {
        self.index = index
    }

    /// Nil when the table is full (`NameTable.capacity`).
    public init?(_ text: String) {
        var text = text
        let name = text.withUTF8 { NameTable.shared.intern(UnsafeRawBufferPointer($0)) }
        guard let name else { return nil }
        self = name
    }

    public var text: String {
        NameTable.shared.text(of: self)
    }

    public var isEmpty: Bool { index == 0 }
}

extension Name: CustomStringConvertible {
    public var description: String { text }
}

/// All names of the process.
///
/// Bounded: past `capacity` distinct texts new ones are refused (the message becomes a dead letter), so a
/// device that sends random ids cannot eat the memory.
public final class NameTable: Sendable {
    public static let shared = NameTable()
    /// How many distinct names one process keeps.
    public static let capacity = 1 << 23
    /// The longest name in bytes.
    public static let longest = 255

    private let storage: Mutex<Storage>

    /// The process has one table; others are made where its limit is tried out.
    init(capacity: Int = NameTable.capacity) {
        storage = Mutex(Storage(capacity: capacity))
    }

    public func intern(_ text: UnsafeRawBufferPointer) -> Name? {
        storage.withLock { $0.intern(text) }
    }

    /// The name with this text, when it is known; learns nothing.
    func find(_ text: UnsafeRawBufferPointer) -> Name? {
        storage.withLock { $0.find(text) }
    }

    public func text(of name: Name) -> String {
        storage.withLock { $0.text(of: name) }
    }

    /// Appends the text of a name.
    func append(_ name: Name, to bytes: inout [UInt8]) {
        storage.withLock { $0.append(name, to: &bytes) }
    }

    /// How many names there are, the empty one included.
    public var count: Int {
        storage.withLock { $0.entries.count }
    }

    private struct Entry {
        let start: UInt32
        let length: UInt16
        let hash: UInt64
    }

    /// Open addressing over the bytes of all names in one arena.
    private struct Storage {
        let capacity: Int
        var arena: ContiguousArray<UInt8> = []
        var entries: ContiguousArray<Entry> = [Entry(start: 0, length: 0, hash: 0)]
        var slots = ContiguousArray<UInt32>(repeating: 0, count: 1 << 10)
        let seed = UInt64.random(in: .min ... .max)

        init(capacity: Int) {
            self.capacity = capacity
        }

        mutating func intern(_ text: UnsafeRawBufferPointer) -> Name? {
            guard !text.isEmpty else { return Name() }
            let hash = hash(of: text)
            let slot = slot(of: text, hash)
            guard slots[slot] == 0 else { return Name(index: slots[slot]) }
            guard entries.count < capacity, text.count <= NameTable.longest,
                arena.count + text.count <= Int(UInt32.max)
            else { return nil }
            let index = UInt32(entries.count)
            entries.append(Entry(start: UInt32(arena.count), length: UInt16(text.count), hash: hash))
            arena.append(contentsOf: text)
            slots[slot] = index
            if entries.count * 2 > slots.count { grow() }
            return Name(index: index)
        }

        func find(_ text: UnsafeRawBufferPointer) -> Name? {
            guard !text.isEmpty else { return Name() }
            let index = slots[slot(of: text, hash(of: text))]
            return index == 0 ? nil : Name(index: index)
        }

        /// Where a text is, or where it would be put.
        @inline(__always)
        private func slot(of text: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
            let mask = slots.count - 1
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0, entries[Int(slots[slot])].hash != hash || !isEqual(slots[slot], text) {
                slot = (slot + 1) & mask
            }
            return slot
        }

        func append(_ name: Name, to bytes: inout [UInt8]) {
            let entry = entries[Int(name.index)]
            let start = Int(entry.start)
            bytes.append(contentsOf: arena[start..<start + Int(entry.length)])
        }

        func text(of name: Name) -> String {
            let entry = entries[Int(name.index)]
            let start = Int(entry.start)
            return String(decoding: arena[start..<start + Int(entry.length)], as: UTF8.self)
        }

        private func isEqual(_ index: UInt32, _ text: UnsafeRawBufferPointer) -> Bool {
            let entry = entries[Int(index)]
            guard Int(entry.length) == text.count else { return false }
            return arena.withUnsafeBytes { arena in
                for offset in 0..<text.count where arena[Int(entry.start) + offset] != text[offset] {
                    return false
                }
                return true
            }
        }

        private mutating func grow() {
            var larger = ContiguousArray<UInt32>(repeating: 0, count: slots.count * 2)
            let mask = larger.count - 1
            for index in 1..<entries.count {
                var slot = Int(truncatingIfNeeded: entries[index].hash) & mask
                while larger[slot] != 0 { slot = (slot + 1) & mask }
                larger[slot] = UInt32(index)
            }
            slots = larger
        }

        /// Eight bytes at a time, multiplied and folded; seeded per process against crafted collisions.
        private func hash(of text: UnsafeRawBufferPointer) -> UInt64 {
            var hash = seed ^ UInt64(text.count)
            var position = 0
            while position + 8 <= text.count {
                hash = Self.mix(hash ^ text.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                position += 8
            }
            var tail: UInt64 = 0
            while position < text.count {
                tail = tail << 8 | UInt64(text[position])
                position += 1
            }
            return Self.mix(hash ^ tail)
        }

        private static func mix(_ value: UInt64) -> UInt64 {
            let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
            return product.high ^ product.low
        }
    }
}
