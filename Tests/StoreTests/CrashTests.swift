import Foundation
import TestSupport
import Testing
import Units

@testable import Store

@Suite("Crash")
struct CrashTests {
    /// One life of the writer: what it said before it was killed after about so many lines.
    private func live(_ path: String, lines limit: Int) throws -> [Substring] {
        let writer = Process()
        writer.executableURL = Bundle.main.executableURL?.deletingLastPathComponent()
            .appendingPathComponent("StoreCrashWriter")
        writer.arguments = [path]
        let pipe = Pipe()
        writer.standardOutput = pipe
        try writer.run()
        var said = Data()
        while said.lazy.filter({ $0 == UInt8(ascii: "\n") }).count < limit {
            let more = pipe.fileHandleForReading.availableData
            if more.isEmpty { break }
            said.append(more)
        }
        kill(writer.processIdentifier, SIGKILL)
        said.append(pipe.fileHandleForReading.readDataToEndOfFile())
        writer.waitUntilExit()
        #expect(writer.terminationReason == .uncaughtSignal)
        let text = String(decoding: said, as: UTF8.self)
        // A line without its end was not said: the writer died while it said it.
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    @Test("Killed with -9 at any moment: nothing acknowledged is lost, no service notice goes out twice")
    func killed() throws {
        let test = try TestStore()
        var random = Dice(seed: 4711)
        var sent: [Substring] = []
        for round in 0..<20 {
            let lines = try live(test.path, lines: Int.random(in: 1...60, using: &random))
            sent += lines.filter { $0.hasPrefix("sent") }
            let acknowledged = lines.last { $0.hasPrefix("committed") }?.split(separator: " ").last.flatMap {
                Int64($0)
            }
            let head = try test.store.head(of: "0")
            #expect(head.entries >= acknowledged ?? 0, "round \(round)")
            #expect(try test.payloads() == (0..<head.entries).map { "\($0)" })
        }
        #expect(try test.store.quickCheck().isEmpty)

        // Each commit has one interaction and one notice, and each is in the outbox once.
        let batches = try test.store.database.all("SELECT first FROM batch ORDER BY first") { row in
            row.integer(0)
        }
        let outbox = try test.store.outbox(limit: 1_000_000)
        #expect(outbox.count == 2 * batches.count)
        #expect(Set(outbox.map(\.id)) == Set(batches.flatMap { ["EVT_\($0)", "MSG_\($0)"] }))

        let notices = sent.filter { $0.hasPrefix("sent sms") }
        #expect(!notices.isEmpty)
        #expect(Set(notices).count == notices.count)
        #expect(!notices.contains { $0.hasSuffix("again") })
        let firsts = sent.filter { $0.hasPrefix("sent crm") && !$0.hasSuffix("again") }
        #expect(Set(firsts).count == firsts.count)
    }

    @Test("A power cut in the middle of a write: the store is what it was after some commit before it")
    func tornLog() throws {
        let test = try TestStore()
        for number in 0..<30 {
            try test.commit(interaction("EVT_\(number)"), notice("MSG_\(number)"), at: Int64(number))
        }
        let file = try Data(contentsOf: URL(fileURLWithPath: test.path))
        let log = try Data(contentsOf: URL(fileURLWithPath: test.path + "-wal"))
        var random = Dice(seed: 7)
        var heads: Set<Int64> = []
        for round in 0..<40 {
            var torn = log.prefix(Int.random(in: 0...log.count, using: &random))
            // What the disk had not finished may hold anything.
            for index in torn.indices.suffix(100) { torn[index] = UInt8.random(in: 0...255, using: &random) }
            let path = test.folder + "/torn-\(round).sqlite"
            try file.write(to: URL(fileURLWithPath: path))
            try torn.write(to: URL(fileURLWithPath: path + "-wal"))
            let store = try Store(path: path)
            #expect(try store.quickCheck().isEmpty)
            let head = try store.head(of: "0").entries
            heads.insert(head)
            var reader = store.journal(of: "0", from: .start)
            while try reader.next() != nil {}
            #expect(reader.position.entries == head)
            #expect(try store.outbox(limit: 1000).count == Int(head) * 2)
        }
        #expect(heads.count > 10)
    }
}
