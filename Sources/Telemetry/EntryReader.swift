import Units

/// One entry as it lies in the bytes of a batch.
public struct EntryView {
    public let kind: EntryKind
    public let flags: MessageFlags
    public let at: Moment
    public let topic: UnsafeRawBufferPointer
    public let payload: UnsafeRawBufferPointer
    /// The bytes of a message's `PropertyBlock`; empty when it has none.
    public let propertyBlock: UnsafeRawBufferPointer
    let offset: Int

    /// User properties and content type of an MQTT 5 message, in the order they came, as `MessageView` takes them.
    public var properties: [(name: String, value: String)] {
        guard !propertyBlock.isEmpty else { return [] }
        var properties: [(name: String, value: String)] = []
        // The reader has refused what is no block.
        _ = PropertyBlock.walk(propertyBlock) { properties.append((name: $0, value: $1)) }
        return properties
    }

    /// The first format of a batch that can hold this entry.
    public var formatVersion: Int {
        if kind == .answer { return 3 }
        return propertyBlock.isEmpty ? 1 : 2
    }

    /// The entry as a value of its own, for everything that is not on the path of every message.
    public func copied() throws(EntryFormatError) -> Entry {
        switch kind {
        case .message:
            return .message(
                Message(
                    topic: String(decoding: topic, as: UTF8.self),
                    payload: [UInt8](payload),
                    flags: flags,
                    properties: properties.map { MessageProperty(name: $0.name, value: $0.value) },
                    arrivedAt: at
                )
            )
        case .tick:
            return .tick(at: at)
        case .directory:
            return .directory(at: at, json: [UInt8](payload))
        case .reply:
            let texts = try texts(3)
            return .reply(Reply(id: texts[0], from: texts[1], text: texts[2], at: at))
        case .answer:
            guard let reply = Reply(answerTexts: try texts(), at: at) else {
                throw .malformed(kind, offset: offset)
            }
            return .reply(reply)
        case .receipt:
            let texts = try texts(4)
            guard let outcome = Receipt.Outcome(rawValue: texts[2]) else {
                throw .malformed(kind, offset: offset)
            }
            return .receipt(
                Receipt(id: texts[0], sink: texts[1], outcome: outcome, detail: texts[3], at: at)
            )
        case .caseUpdate:
            guard let update = CaseUpdate(texts: try texts(), at: at) else {
                throw .malformed(kind, offset: offset)
            }
            return .caseUpdate(update)
        case .instruction:
            guard let instruction = Instruction(texts: try texts(), at: at) else {
                throw .malformed(kind, offset: offset)
            }
            return .instruction(instruction)
        }
    }

    private func texts(_ count: Int) throws(EntryFormatError) -> [String] {
        let texts = try texts()
        guard texts.count == count else { throw .malformed(kind, offset: offset) }
        return texts
    }

    private func texts() throws(EntryFormatError) -> [String] {
        var texts: [String] = []
        var position = 0
        while position + 4 <= payload.count {
            let length = Int(
                UInt32(littleEndian: payload.loadUnaligned(fromByteOffset: position, as: UInt32.self))
            )
            let start = position + 4
            guard length <= payload.count - start else { throw .malformed(kind, offset: offset) }
            texts.append(String(decoding: payload[start..<start + length], as: UTF8.self))
            position = start + length
        }
        guard position == payload.count else { throw .malformed(kind, offset: offset) }
        return texts
    }
}

/// Walks the entries of a batch.
struct EntryReader {
    static let headerSize = 18

    private let buffer: UnsafeRawBufferPointer
    private var position = 0

    init(_ buffer: UnsafeRawBufferPointer) {
        self.buffer = buffer
    }

    mutating func next() throws(EntryFormatError) -> EntryView? {
        guard position < buffer.count else { return nil }
        guard buffer.count - position >= Self.headerSize else { throw .truncated(offset: position) }
        let rawKind = buffer[position]
        guard let kind = EntryKind(rawValue: rawKind) else { throw .unknownKind(rawKind, offset: position) }
        let at = Int64(littleEndian: buffer.loadUnaligned(fromByteOffset: position + 2, as: Int64.self))
        guard Moment.reckonable.contains(Moment(microseconds: at)) else {
            throw .outOfTime(offset: position)
        }
        let topicLength = length(at: position + 10)
        let payloadLength = length(at: position + 14)
        let topicStart = position + Self.headerSize
        guard topicLength + payloadLength <= buffer.count - topicStart else {
            throw .truncated(offset: position)
        }
        let payloadStart = topicStart + topicLength
        let payloadEnd = payloadStart + payloadLength
        let flags = MessageFlags(rawValue: buffer[position + 1])
        let properties =
            kind == .message && flags.contains(.properties) ? try propertyBlock(at: payloadEnd) : nil
        let view = EntryView(
            kind: kind,
            flags: flags.subtracting(.properties),
            at: Moment(microseconds: at),
            topic: UnsafeRawBufferPointer(rebasing: buffer[topicStart..<payloadStart]),
            payload: UnsafeRawBufferPointer(rebasing: buffer[payloadStart..<payloadEnd]),
            propertyBlock: UnsafeRawBufferPointer(rebasing: properties ?? buffer[payloadEnd..<payloadEnd]),
            offset: position
        )
        position = properties?.endIndex ?? payloadEnd
        return view
    }

    private func propertyBlock(at start: Int) throws(EntryFormatError) -> Slice<UnsafeRawBufferPointer> {
        guard buffer.count - start >= 4 else { throw .truncated(offset: position) }
        let length = length(at: start)
        guard length <= buffer.count - start - 4 else { throw .truncated(offset: position) }
        let block = buffer[start + 4..<start + 4 + length]
        guard PropertyBlock.isWhole(UnsafeRawBufferPointer(rebasing: block)) else {
            throw .malformed(.message, offset: position)
        }
        return block
    }

    private func length(at offset: Int) -> Int {
        Int(UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
}
