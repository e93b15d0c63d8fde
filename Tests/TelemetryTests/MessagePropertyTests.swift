import TestSupport
import Testing
import Units

@testable import Telemetry

@Suite("Properties of a message in the journal")
struct MessagePropertyTests {
    static let at = Moment(seconds: 1_767_596_400)

    static let event = [
        MessageProperty(name: "content-type", value: "application/json"),
        MessageProperty(name: "specversion", value: "1.0"),
        MessageProperty(name: "note", value: "ascenseur hors service 🛗"),
        MessageProperty(name: "note", value: ""),
        MessageProperty(name: "", value: "nameless"),
    ]

    private func message(_ properties: [MessageProperty], _ payload: String = "{}") -> Entry {
        .message(
            Message(topic: "t", payload: [UInt8](payload.utf8), properties: properties, arrivedAt: Self.at)
        )
    }

    private func batch(_ entries: Entry...) -> EntryBatch {
        var batch = EntryBatch()
        for entry in entries { batch.append(entry) }
        return batch
    }

    @Test("They come back in their order, between messages that have none")
    func roundTrip() throws {
        let entries = [message([]), message(Self.event), .tick(at: Self.at), message([Self.event[0]], "")]
        var batch = EntryBatch()
        for entry in entries { batch.append(entry) }
        #expect(try EntryTests.copies(EntryBatch(bytes: batch.bytes, count: 4)) == entries)
        var seen: [[MessageProperty]] = []
        var formats: [Int] = []
        var flags: [MessageFlags] = []
        try batch.forEach { view in
            seen.append(view.properties.map { MessageProperty(name: $0.name, value: $0.value) })
            formats.append(view.formatVersion)
            flags.append(view.flags)
        }
        #expect(seen == [[], Self.event, [], [Self.event[0]]])
        #expect(formats == [1, 2, 1, 2])
        #expect(flags == [.qos1, .qos1, [], .qos1], "the mark of the journal is none of the network's")
    }

    @Test("Entries that were written before messages had properties are read as they were")
    func formerBytes() throws {
        // topic "a/é!", payload 0 255 10, quality 1 and retained, 2026-01-05T07:00:00.120Z; then a tick a second later
        let bytes: [UInt8] = [
            1, 5, 0xC0, 0x10, 0x89, 0x9B, 0x9E, 0x47, 0x06, 0, 5, 0, 0, 0, 3, 0, 0, 0,
            0x61, 0x2F, 0xC3, 0xA9, 0x21, 0, 255, 10,
            2, 0, 0x00, 0x53, 0x98, 0x9B, 0x9E, 0x47, 0x06, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        ]
        let first = try #require(Moment(iso8601: "2026-01-05T07:00:00.120Z"))
        let expected: [Entry] = [
            .message(
                Message(topic: "a/é!", payload: [0, 255, 10], flags: [.qos1, .retained], arrivedAt: first)
            ),
            .tick(at: first + .seconds(1)),
        ]
        #expect(try EntryTests.copies(EntryBatch(bytes: bytes, count: 2)) == expected)
        #expect(batch(expected[0], expected[1]).bytes == bytes, "and are written as they were")
    }

    @Test("A message without properties costs not a byte; one with them costs what they say")
    func sizes() {
        #expect(batch(message([])).bytes.count == EntryReader.headerSize + 3)
        let texts = Self.event.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        #expect(batch(message(Self.event)).bytes.count == EntryReader.headerSize + 3 + 4 + 4 * 5 + texts)
    }

    @Test("What goes beyond a limit is left out whole and counted; what comes after and fits stays")
    func limits() {
        let long = String(repeating: "n", count: PropertyBlock.nameLimit)
        let names = PropertyBlock([
            MessageProperty(name: long, value: "fits"), MessageProperty(name: long + "n", value: "does not"),
            MessageProperty(name: "after", value: "fits"),
        ])
        #expect(names.count == 2 && names.leftOut == 1)
        #expect(PropertyBlock.properties(in: names.bytes)?.map(\.name) == [long, "after"])

        let many = (0..<70).map { MessageProperty(name: "p\($0)", value: "") }
        let numbers = PropertyBlock(many)
        #expect(numbers.count == PropertyBlock.countLimit && numbers.leftOut == 6)
        #expect(PropertyBlock.properties(in: numbers.bytes) == Array(many.prefix(64)))

        let space = PropertyBlock.byteLimit - 4 - 1
        func filled(_ count: Int) -> PropertyBlock {
            PropertyBlock([MessageProperty(name: "x", value: String(repeating: "v", count: count))])
        }
        #expect(filled(space).bytes.count == PropertyBlock.byteLimit)
        #expect(filled(space + 1).isEmpty && filled(space + 1).leftOut == 1)
        #expect(filled(70_000).leftOut == 1, "longer than its length field could say")

        var again = numbers
        again.removeAll()
        #expect(again == PropertyBlock())
    }

    @Test("Texts that are not UTF-8 are left out and counted")
    func notUTF8() {
        var block = PropertyBlock()
        let bad: [UInt8] = [0x61, 0xFF]
        let good: [UInt8] = [0x61]
        bad.withUnsafeBytes { bad in
            good.withUnsafeBytes { good in
                block.append(name: bad, value: good)
                block.append(name: good, value: bad)
                block.append(name: good, value: good)
            }
        }
        #expect(block.count == 1 && block.leftOut == 2)
    }

    @Test("A damaged block is refused with its place, however it is damaged")
    func damaged() {
        let whole = batch(.tick(at: Self.at), message(Self.event)).bytes
        let begin = EntryReader.headerSize
        let block = whole.count - PropertyBlock(Self.event).bytes.count
        func problem(_ change: (inout [UInt8]) -> Void) -> EntryFormatError? {
            var bytes = whole
            change(&bytes)
            do {
                _ = try EntryTests.copies(EntryBatch(bytes: bytes, count: 2))
                return nil
            } catch {
                return error as? EntryFormatError
            }
        }
        let malformed = EntryFormatError.malformed(.message, offset: begin)
        #expect(problem { $0[block] = 0xFF } == malformed, "a name longer than the block")
        #expect(problem { $0[block + 2] = 0xFF } == malformed, "a value longer than the block")
        #expect(problem { $0[block + 4] = 0xFF } == malformed, "a name that is not UTF-8")
        #expect(problem { $0[block - 4] -= 1 } == malformed, "a block that ends early")
        #expect(
            problem { $0[block - 1] = 0x7F } == .truncated(offset: begin),
            "a block longer than the batch"
        )
        #expect(problem { $0.removeLast() } == .truncated(offset: begin))
        #expect(problem { $0.removeSubrange((block - 1)...) } == .truncated(offset: begin))
        #expect(problem { _ in } == nil)
        let crowd = [UInt8](repeating: 0, count: 4 * (PropertyBlock.countLimit + 1))
        #expect(PropertyBlock.properties(in: crowd) == nil, "more than a block takes")
        #expect(PropertyBlock.properties(in: Array(crowd.dropLast(4)))?.count == PropertyBlock.countLimit)
    }

    @Test("Whatever properties go in, the same come out, or fewer by as many as were counted")
    func random() throws {
        var dice = Dice(seed: 58)
        var leftOut = 0
        for _ in 0..<300 {
            let properties = (0..<dice.below(80)).map { _ in
                MessageProperty(
                    name: String(repeating: dice.oneIn(2) ? "é" : "n", count: dice.below(180)),
                    value: String(repeating: dice.oneIn(3) ? "🛗" : "v", count: dice.below(300))
                )
            }
            let block = PropertyBlock(properties)
            let kept = try #require(PropertyBlock.properties(in: block.bytes))
            #expect(kept.count + block.leftOut == properties.count)
            var rest = properties[...]
            for property in kept {
                let index = try #require(rest.firstIndex(of: property))
                rest = rest[(index + 1)...]
            }
            #expect(try EntryTests.copies(batch(message(properties))) == [message(kept)])
            leftOut += block.leftOut
        }
        #expect(leftOut > 1000)
    }
}
