import Units

/// Entries in the order they came, in the bytes that the journal stores.
///
/// A message goes from the network into these bytes once and is decoded from them in place: no object and no
/// allocation per message. An entry is `kind u8 · flags u8 · at i64 · topic length u32 · payload length u32 ·
/// topic · payload`, integers little-endian; entries other than messages keep their texts as length-prefixed
/// strings in the payload. A message with properties has a flag and ends with `block length u32 · PropertyBlock`; one
/// without has neither.
public struct EntryBatch: Sendable {
    /// The newest format of `bytes`. Since 2 messages may have properties, since 3 there are answers to notices.
    public static let formatVersion = 3

    public private(set) var bytes: [UInt8]
    public private(set) var count: Int

    public init() {
        bytes = []
        count = 0
    }

    public var isEmpty: Bool { count == 0 }

    public mutating func reserve(bytes capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    /// Empties the batch and keeps its memory for the next one.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        count = 0
    }

    public mutating func append(
        topic: UnsafeRawBufferPointer,
        payload: UnsafeRawBufferPointer,
        flags: MessageFlags,
        properties: PropertyBlock = PropertyBlock(),
        arrivedAt: Moment
    ) {
        appendHeader(
            .message,
            flags: (properties.isEmpty ? flags.subtracting(.properties) : flags.union(.properties)).rawValue,
            at: arrivedAt,
            topic: topic.count,
            payload: payload.count
        )
        bytes.append(contentsOf: topic)
        bytes.append(contentsOf: payload)
        guard !properties.isEmpty else { return }
        appendInteger(UInt32(properties.bytes.count))
        bytes.append(contentsOf: properties.bytes)
    }

    public mutating func append(_ entry: Entry) {
        switch entry {
        case .message(let message):
            var topic = message.topic
            topic.withUTF8 { topic in
                message.payload.withUnsafeBytes { payload in
                    append(
                        topic: UnsafeRawBufferPointer(topic),
                        payload: payload,
                        flags: message.flags,
                        properties: PropertyBlock(message.properties),
                        arrivedAt: message.arrivedAt
                    )
                }
            }
        case .tick(let at):
            appendHeader(.tick, flags: 0, at: at, topic: 0, payload: 0)
        case .reply(let reply):
            append(reply.answered == nil ? .reply : .answer, at: reply.at, texts: reply.texts)
        case .receipt(let receipt):
            append(
                .receipt,
                at: receipt.at,
                texts: [receipt.id, receipt.sink, receipt.outcome.rawValue, receipt.detail]
            )
        case .caseUpdate(let update):
            append(.caseUpdate, at: update.at, texts: update.texts)
        case .instruction(let instruction):
            append(.instruction, at: instruction.at, texts: instruction.texts)
        case .directory(let at, let json):
            appendHeader(.directory, flags: 0, at: at, topic: 0, payload: json.count)
            bytes.append(contentsOf: json)
        }
    }

    /// Calls `body` with each entry in order. The pointers in a view are valid only during the call.
    public func forEach(_ body: (EntryView) throws -> Void) throws(EntryFormatError) {
        do {
            try bytes.withUnsafeBytes { buffer in
                var reader = EntryReader(buffer)
                while let view = try reader.next() { try body(view) }
            }
        } catch let error as EntryFormatError {
            throw error
        } catch {
            throw .rejected("\(error)")
        }
    }

    private mutating func append(_ kind: EntryKind, at: Moment, texts: [String]) {
        let length = texts.reduce(0) { $0 + 4 + $1.utf8.count }
        appendHeader(kind, flags: 0, at: at, topic: 0, payload: length)
        for text in texts {
            appendInteger(UInt32(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        }
    }

    private mutating func appendHeader(_ kind: EntryKind, flags: UInt8, at: Moment, topic: Int, payload: Int)
    {
        withUnsafeTemporaryAllocation(byteCount: EntryReader.headerSize, alignment: 8) { header in
            header.storeBytes(of: kind.rawValue, toByteOffset: 0, as: UInt8.self)
            header.storeBytes(of: flags, toByteOffset: 1, as: UInt8.self)
            header.storeBytes(of: at.microseconds.littleEndian, toByteOffset: 2, as: Int64.self)
            header.storeBytes(of: UInt32(topic).littleEndian, toByteOffset: 10, as: UInt32.self)
            header.storeBytes(of: UInt32(payload).littleEndian, toByteOffset: 14, as: UInt32.self)
            bytes.append(contentsOf: header)
        }
        count += 1
    }

    private mutating func appendInteger(_ value: UInt32) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

extension EntryBatch {
    /// A batch as it was read from the journal.
    public init(bytes: [UInt8], count: Int) {
        self.bytes = bytes
        self.count = count
    }
}

public enum EntryKind: UInt8, Sendable {
    case message = 1
    case tick, reply, receipt, caseUpdate, directory, instruction
    /// A reply that says to which notice it is.
    case answer
}

/// A journal entry that cannot be read back.
public enum EntryFormatError: Error, Equatable, CustomStringConvertible {
    case truncated(offset: Int)
    case unknownKind(UInt8, offset: Int)
    case malformed(EntryKind, offset: Int)
    /// A time with which nobody can calculate.
    case outOfTime(offset: Int)
    case rejected(String)

    public var description: String {
        switch self {
        case .truncated(let offset):
            "journal batch ends in the middle of the entry at byte \(offset)"
        case .unknownKind(let kind, let offset):
            "journal entry at byte \(offset) is of kind \(kind), which this version of Vigie does not know"
        case .malformed(let kind, let offset):
            "journal entry (\(kind)) at byte \(offset) does not hold the texts that its kind has"
        case .outOfTime(let offset):
            "journal entry at byte \(offset) has a time more than 73 000 years away from 1970"
        case .rejected(let reason):
            reason
        }
    }
}
