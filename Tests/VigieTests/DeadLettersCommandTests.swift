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

    @Test("The properties of a message are shown with it and go with it when it is taken again")
    func properties() throws {
        let test = try TestStore()
        let properties = [
            MessageProperty(name: "content-type", value: "application/json"),
            MessageProperty(name: "specversion", value: "1.0"),
        ]
        try test.commit(.deadLetter([0x7B], with: properties), .deadLetter([0x7D]))
        let shown = try test.run("deadletters", "show", "1").output
        var file = RecordingFile(Array(shown.utf8), named: "shown")
        guard case .entry(.message(let message))? = try file.next() else {
            Issue.record("no message: \(shown)")
            return
        }
        #expect(message.properties == properties)
        #expect(try !test.run("deadletters", "show", "2").output.contains("properties"))
        #expect(try test.run("deadletters", "replay").code == 0)
        let replayed = try test.store.mail(limit: 10).map { mail -> [MessageProperty] in
            if case .message(let message) = mail.entry { message.properties } else { [] }
        }
        #expect(replayed == [properties, []])
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
        #expect(try person.replayDeadLetters(because: nil, in: test.store, page: 10).replayed == 25)
        #expect(try test.store.deadLetterCount() == 0)
        #expect(try test.store.mail(limit: 100).count == 25)
        #expect(try person.replayDeadLetters(because: nil, in: test.store).replayed == 0)
    }

    private static func reply(_ id: String, from number: String, at moment: Moment) -> Effect {
        .deadLetter(
            DeadLetter(
                topic: "reply",
                payload: Array(#"{"id":"\#(id)","from":"\#(number)","text":"1"}"#.utf8),
                reason: "unknown sender",
                detail: "\(number) is in no directory",
                pipeline: nil,
                at: moment
            )
        )
    }

    private static func directory(with number: String) -> Directory {
        let person = Directory.Person(id: "P1", name: "Anna", phone: number)
        return Directory(sites: [], assets: [], people: [person], relations: [])
    }

    @Test("Numbers of unknown writers are masked, unless somebody asks for them by name")
    func maskedReplies() throws {
        let test = try TestStore()
        try test.commit(Self.reply("MO-1", from: "+33612345683", at: SystemClock.read()))
        #expect(try test.run("deadletters").json.map { $0["detail"] } == ["…83 is in no directory"])
        let shown = try test.run("deadletters", "show", "1")
        #expect(try shown.json.map { $0["reply"]?["from"] } == ["…83"])
        #expect(try test.audit().isEmpty)
        let clear = try test.run("deadletters", "show", "1", "--clear")
        #expect(try test.audit() == ["dead letter show clear: 1"])
        var file = RecordingFile(Array(clear.output.utf8), named: "shown")
        guard case .entry(.reply(let reply))? = try file.next() else {
            Issue.record("expected an answer that replay reads, found \(clear.output)")
            return
        }
        #expect([reply.id, reply.from, reply.text] == ["MO-1", "+33612345683", "1"])
        #expect(try test.run("deadletters", "--clear").code == 64)
    }

    @Test("After an import the answer is handed over as one; unknown and old ones stay where they are")
    func replayReplies() throws {
        let test = try TestStore()
        let now = SystemClock.read()
        try test.commit(
            Self.reply("MO-1", from: "+33612345683", at: now - .hours(1)),
            Self.reply("MO-2", from: "+33612345684", at: now - .hours(1)),
            Self.reply("MO-3", from: "+33612345683", at: now - .hours(25)),
            directory: Self.directory(with: "+33612345683")
        )
        let run = try test.run("deadletters", "replay")
        #expect(run.code == 0)
        #expect(run.words.contains("1 dead letter is on the way"))
        #expect(run.words.contains("1 left where they are: answers from a number that no directory knows"))
        #expect(run.words.contains("1 left where they are: answers older than"))
        guard case .reply(let reply)? = try test.store.mail(limit: 9).first?.entry else {
            Issue.record("expected an answer in the mail")
            return
        }
        #expect(reply.id == "MO-1")
        #expect(reply.at >= now)
        #expect(try test.store.mail(limit: 9).count == 1)
        #expect(try test.store.deadLetters(limit: 9).map(\.row) == [3, 2])
    }

    @Test("A directory that waits before them may know the numbers")
    func replayBehindDirectory() throws {
        let test = try TestStore()
        try test.commit(Self.reply("MO-1", from: "+33612345683", at: SystemClock.read()))
        #expect(try test.run("deadletters", "replay").words.contains("0 dead letters are"))
        try test.store.post(
            .directory(at: Moment(), json: Self.directory(with: "+33612345683").json)
        )
        #expect(try test.run("deadletters", "replay").words.contains("1 dead letter is"))
        let kinds = try test.store.mail(limit: 9).map { mail in
            switch mail.entry {
            case .directory: "directory"
            case .reply: "reply"
            default: "other"
            }
        }
        #expect(kinds == ["directory", "reply"])
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
