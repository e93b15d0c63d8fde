import Interactions
import Store
import Telemetry
import Testing
import Units

@testable import vigie

@Suite("Dead letters from the command line")
struct DeadLettersCommandTests {
    @Test("They are listed without their bytes, newest first, by reason")
    func list() throws {
        let test = try TestStore()
        try test.commit(.deadLetter([0x7B]), .deadLetter(Array("{}".utf8), because: "missing"))
        let all = try test.run("deadletters").json
        #expect(all.map { $0["reason"] } == ["missing", "malformed"])
        #expect(all.map { $0["bytes"] } == [2, 1])
        #expect(try test.run("deadletters", "--reason", "missing").lines.count == 1)
        #expect(try test.run("deadletters", "--limit", "1").lines.count == 1)
    }

    @Test("One shown whole is a line that replay reads, whatever its bytes are")
    func show() throws {
        let test = try TestStore()
        try test.commit(.deadLetter(Array("{\"load\":".utf8)), .deadLetter([0xFF, 0x00, 0x80]))
        for (row, payload) in [(1, Array("{\"load\":".utf8)), (2, [0xFF, 0x00, 0x80])] {
            let run = try test.run("deadletters", "show", "\(row)")
            #expect(run.code == 0)
            var file = RecordingFile(Array(run.output.utf8), named: "shown")
            guard case .entry(.message(let message))? = try file.next() else {
                Issue.record("row \(row) is no message: \(run.output)")
                continue
            }
            #expect(message.payload == payload)
            #expect(message.topic == "landlord/12/elevator/A7/status")
            #expect(message.arrivedAt == ElevatorRecording.begin)
        }
        #expect(try test.run("deadletters", "show", "3").code == 65)
    }

    @Test("A replay hands those of a reason to the running process in the order they came, and deletes them")
    func replay() throws {
        let test = try TestStore()
        try test.commit(
            .deadLetter([1]),
            .deadLetter([2], because: "missing"),
            .deadLetter([3]),
            .deadLetter([4])
        )
        #expect(try test.run("deadletters", "replay", "--reason", "malformed").code == 0)
        let payloads = try test.store.mail(limit: 10).map { mail -> [UInt8] in
            if case .message(let message) = mail.entry { message.payload } else { [] }
        }
        #expect(payloads == [[1], [3], [4]])
        #expect(try test.store.deadLetters(limit: 10).map(\.reason) == ["missing"])
        #expect(
            try test.audit() == [
                "dead letter replay: malformed, rows 1 to 4", "dead letter delete: 1",
                "dead letter delete: 3",
                "dead letter delete: 4",
            ]
        )
        #expect(try test.run("deadletters", "replay").words.contains("1 dead letter "))
        #expect(try test.store.deadLetterCount() == 0)
    }

    @Test("More dead letters than a page are all replayed")
    func manyPages() throws {
        let test = try TestStore()
        try test.commit(contentsOf: (0..<25).map { .deadLetter([UInt8($0)]) })
        let person = Operator(Settings.read(environment: CommandRun.environment(test.settings)).settings)
        #expect(try person.replayDeadLetters(because: nil, in: test.store, page: 10) == 25)
        #expect(try test.store.deadLetterCount() == 0)
        #expect(try test.store.mail(limit: 100).count == 25)
        #expect(try person.replayDeadLetters(because: nil, in: test.store) == 0)
    }

    @Test("One is deleted once, and audited")
    func delete() throws {
        let test = try TestStore()
        try test.commit(.deadLetter([1]))
        #expect(try test.run("deadletters", "delete", "1").code == 0)
        #expect(try test.run("deadletters", "delete", "1").code == 65)
        #expect(try test.audit() == ["dead letter delete: 1"])
    }
}
