import TestSupport
import Testing
import Units

@testable import Telemetry

@Suite("Entries keep what came in")
struct EntryTests {
    static let at = Moment(seconds: 1_767_596_400)

    static let entries: [Entry] =
        [
            .message(Message(topic: "a/é", payload: [0, 255, 10], flags: .qos1, arrivedAt: at)),
            .message(
                Message(
                    topic: "",
                    payload: [],
                    flags: MessageFlags(qos: 2, retained: true, duplicate: true),
                    arrivedAt: at
                )
            ),
            .message(
                Message(
                    topic: "a",
                    payload: [1],
                    properties: [MessageProperty(name: "content-type", value: "application/cbor")],
                    arrivedAt: at
                )
            ),
            .tick(at: .distantPast), .tick(at: .distantFuture),
            .reply(Reply(id: "r1", from: "+33612345678", text: "J'y vais 🏃\0\n", at: at)),
            .reply(Reply(id: "", from: "", text: "", at: at)),
            .reply(
                Reply(
                    id: "a1",
                    from: "",
                    text: "j'arrive",
                    answered: .init(
                        notice: "MSG_1",
                        key: "CASE_1",
                        phase: "ask-1",
                        recipient: "P-2",
                        action: .arrived
                    ),
                    at: at
                )
            ),
            .directory(at: at, json: [UInt8](#"{"sites":[]}"#.utf8)),
        ]
        + Receipt.Outcome.allCases.map {
            .receipt(Receipt(id: "MSG_1", sink: "kannel", outcome: $0, detail: "why not", at: at))
        }
        + CaseUpdate.Status.allCases.map {
            .caseUpdate(
                CaseUpdate(
                    id: "u",
                    key: "CASE_1",
                    status: $0,
                    by: "p1",
                    note: "sur place",
                    estimate: at,
                    assignee: "Otis",
                    cause: "door",
                    at: at
                )
            )
        }
        + [
            .silence(.init(pipeline: "elevators", detector: "out of service", subject: "A7"), until: at),
            .silence(.init(site: "lilas"), until: at),
            .silence(.init(site: "lilas"), from: at - .days(1), until: at), .endSilence(id: "s1"),
            .command(key: "CASE_1", name: "reset"),
        ].map { .instruction(Instruction(id: "i", order: $0, by: "op", note: "planned", at: at)) }

    static func copies(_ batch: EntryBatch) throws -> [Entry] {
        var entries: [Entry] = []
        try batch.forEach { entries.append(try $0.copied()) }
        return entries
    }

    @Test("Every kind of entry comes out of a batch as it went in")
    func roundTrip() throws {
        var batch = EntryBatch()
        #expect(batch.isEmpty)
        for entry in Self.entries { batch.append(entry) }
        #expect(batch.count == Self.entries.count)
        #expect(try Self.copies(EntryBatch(bytes: batch.bytes, count: batch.count)) == Self.entries)
        #expect(Self.entries.map(\.at).count { $0 == Self.at } == Self.entries.count - 2)
        batch.removeAll()
        #expect(batch.isEmpty && batch.bytes.isEmpty)
    }

    @Test("Flags say quality of service, retained and duplicate apart")
    func flags() {
        for qos in 0...2 {
            for retained in [false, true] {
                for duplicate in [false, true] {
                    let flags = MessageFlags(qos: qos, retained: retained, duplicate: duplicate)
                    #expect(flags.qos == qos)
                    #expect(flags.contains(.retained) == retained)
                    #expect(flags.contains(.duplicate) == duplicate)
                }
            }
        }
    }

    @Test("A batch cut anywhere gives the entries before the cut, then says that it is truncated")
    func truncated() throws {
        var batch = EntryBatch()
        var ends = [0]
        for entry in Self.entries {
            batch.append(entry)
            ends.append(batch.bytes.count)
        }
        for length in 0..<batch.bytes.count {
            var read = 0
            let cut = EntryBatch(bytes: [UInt8](batch.bytes.prefix(length)), count: 0)
            let whole = ends.lastIndex { $0 <= length } ?? 0
            if ends[whole] == length {
                try cut.forEach { _ in read += 1 }
            } else {
                #expect(throws: EntryFormatError.truncated(offset: ends[whole])) {
                    try cut.forEach { _ in read += 1 }
                }
            }
            #expect(read == whole)
        }
    }

    @Test("Garbage is read or refused, never a crash")
    func garbage() {
        var dice = Dice(seed: 31)
        var batch = EntryBatch()
        for entry in Self.entries { batch.append(entry) }
        var refused = 0
        for round in 0..<20_000 {
            var bytes = batch.bytes
            if round % 2 == 0 {
                for _ in 0...dice.below(3) { bytes[dice.below(bytes.count)] = UInt8(dice.below(256)) }
            } else {
                bytes = (0..<dice.below(60)).map { _ in UInt8(dice.below(dice.oneIn(2) ? 8 : 256)) }
            }
            do { _ = try Self.copies(EntryBatch(bytes: bytes, count: 0)) } catch { refused += 1 }
        }
        #expect(refused > 5000)
    }

    @Test("An entry says what is wrong with it and where")
    func problems() {
        func problem(_ bytes: [UInt8]) -> EntryFormatError? {
            do {
                _ = try Self.copies(EntryBatch(bytes: bytes, count: 1))
                return nil
            } catch {
                return error as? EntryFormatError
            }
        }
        let header: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        #expect(problem([9] + header) == .unknownKind(9, offset: 0))
        #expect(problem([3] + header) == .malformed(.reply, offset: 0))
        #expect(problem([2] + header) == nil)
        var late = header
        late[8] = 0x7F
        #expect(problem([2] + late) == .outOfTime(offset: 0))
        let texts: [EntryFormatError] = [
            .truncated(offset: 7), .unknownKind(9, offset: 7), .malformed(.reply, offset: 7),
            .outOfTime(offset: 7),
        ]
        for error in texts { #expect(error.description.contains("at byte 7")) }
    }

    @Test("What the reader of a batch throws comes out as its words")
    func rejected() {
        struct Stop: Error, CustomStringConvertible { var description: String { "enough" } }
        var batch = EntryBatch()
        batch.append(.tick(at: Self.at))
        #expect(throws: EntryFormatError.rejected("enough")) { try batch.forEach { _ in throw Stop() } }
    }
}
