import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("An escalation as bytes")
struct EscalationBytesTests {
    static let policy = Escalation("night", arrivalWithin: .minutes(20), otherwiseBy: .secondText, .voice) {
        Escalation.Ask(.caregiver, .neighbour)
        Escalation.Wait(.minutes(3))
        Escalation.Only(during: .daily(22.oclock, to: 7.oclock).except(.publicHolidays(.metropolitan))) {
            Escalation.InTurn(.relative, every: .milliseconds(1500), rounds: 2, by: .chat)
        }
    } lastResort: {
        Escalation.Keep(asking: .lastResort, every: .minutes(5), by: .task)
    }

    /// A run in which everything has happened.
    static var eventful: EscalationDesk {
        var desk = EscalationDesk(policy)
        desk.advance()
        desk.fail("carer")
        desk.advance(to: 10)
        desk.advance(to: 70)
        _ = desk.run.declined(by: "carer", at: desk.now)
        _ = desk.run.acknowledged(by: "anne", at: desk.now)
        _ = desk.run.acknowledged(by: "ben", at: desk.now)
        desk.advance(to: 3000)
        _ = desk.run.acknowledged(by: "chief", at: desk.now)
        _ = desk.run.takenBack(by: "chief", at: desk.now)
        return desk
    }

    @Test("What is read back is the same, and goes on the same way")
    func roundTrip() throws {
        var desk = Self.eventful
        var again = desk
        again.run = try EscalationRun(bytes: desk.run.bytes)
        #expect(again.run == desk.run)
        #expect(again.run.bytes == desk.run.bytes)
        for _ in 1...10 {
            #expect(again.advanceToDue() == desk.advanceToDue())
            #expect(again.run == desk.run)
        }
        #expect(desk.run.isWithLastResort)
    }

    @Test("A fall with two hand-overs takes less than 600 bytes")
    func compact() {
        var desk = EscalationDesk(.fall)
        desk.advance()
        desk.advance(to: 180)
        #expect(desk.run.bytes.count < 600, "\(desk.run.bytes.count)")
    }

    @Test("Bytes that end too early are refused, wherever they end; so are more of them")
    func truncated() throws {
        let bytes = Self.eventful.run.bytes
        for count in bytes.indices {
            #expect(throws: CompactProblem.self) { try EscalationRun(bytes: Array(bytes.prefix(count))) }
        }
        let end = bytes.count
        #expect(throws: CompactProblem.malformed("more than a run", at: end)) {
            try EscalationRun(bytes: bytes + [0])
        }
    }

    @Test("Another format is named")
    func otherFormat() {
        #expect(throws: CompactProblem.otherFormat(2, expected: 1)) { try EscalationRun(bytes: [4]) }
        #expect(
            CompactProblem.otherFormat(2, expected: 1).description
                == "the bytes have format 2, this version of Vigie reads 1"
        )
        #expect(throws: CompactProblem.truncated(at: 0)) { try EscalationRun(bytes: []) }
    }

    @Test("Changed bytes are refused, or make a run that still works and is written as it was read")
    func corrupted() throws {
        let bytes = Self.eventful.run.bytes
        var dice = Dice(seed: 11)
        var read = 0
        for _ in 0..<4000 {
            var changed = bytes
            for _ in 0...dice.below(2) {
                changed[dice.below(changed.count)] = UInt8(truncatingIfNeeded: dice.next())
            }
            let found: EscalationRun
            do {
                found = try EscalationRun(bytes: changed)
            } catch {
                continue
            }
            read += 1
            let isWrittenAsRead = found.bytes == changed
            #expect(isWrittenAsRead)
            var run = found
            for _ in 0..<20 {
                guard let due = run.due else { break }
                _ = run.advance(at: due) { _ in ["anne", "ben"] }
            }
            _ = run.end(at: .distantFuture)
            #expect(run.due == nil)
        }
        #expect(read > 0 && read < 4000, "\(read) of them could be read")
    }

    @Test("Numbers, texts and spans of every size come back")
    func parts() throws {
        var writer = CompactWriter()
        let numbers = [0, 1, -1, 63, -64, 64, .max, .min] as [Int64]
        let spans = [Duration.zero, .seconds(-3), .nanoseconds(1), .seconds(Int64.max)]
        writer.write(numbers) { $0.write($1) }
        writer.write(spans) { $0.write($1) }
        writer.write("é\u{0}")
        writer.write(String?.none) { $0.write($1) }
        #expect(writer.bytes.prefix(8) == [16, 0, 2, 1, 126, 127, 128, 1])
        var reader = CompactReader(writer.bytes)
        #expect(
            try reader.array(of: "numbers") { reader throws(CompactProblem) in try reader.number() }
                == numbers
        )
        #expect(try reader.array(of: "spans") { reader throws(CompactProblem) in try reader.span() } == spans)
        #expect(try reader.text() == "é\u{0}")
        #expect(try reader.optional { reader throws(CompactProblem) in try reader.text() } == nil)
        #expect(reader.isAtEnd)
    }

    @Test(
        "Each value has one way to be written",
        arguments: [
            [0x80, 0x00], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02],
            [UInt8](repeating: 0x80, count: 11),
        ]
    )
    func overlong(_ bytes: [UInt8]) {
        #expect(throws: CompactProblem.malformed("a number not written as numbers are", at: 0)) {
            var reader = CompactReader(bytes)
            _ = try reader.number()
        }
    }

    @Test("Lengths beyond the bytes, broken texts and flags that are neither are refused")
    func malformed() {
        #expect(throws: CompactProblem.truncated(at: 2)) {
            var reader = CompactReader([8, 65])
            _ = try reader.text()
        }
        #expect(throws: CompactProblem.malformed("a text that is not UTF-8", at: 0)) {
            var reader = CompactReader([2, 0xff])
            _ = try reader.text()
        }
        #expect(throws: CompactProblem.malformed("2 as yes or no", at: 0)) {
            var reader = CompactReader([4])
            _ = try reader.flag()
        }
        #expect(throws: CompactProblem.malformed("1000 as the number of asks", at: 0)) {
            var reader = CompactReader([0xd0, 0x0f])
            _ = try reader.array(of: "asks") { reader throws(CompactProblem) in try reader.number() }
        }
    }
}
