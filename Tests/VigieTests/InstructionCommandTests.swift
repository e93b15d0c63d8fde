import Interactions
import Store
import Telemetry
import Testing
import Units

@testable import vigie

@Suite("Orders and news from the command line")
struct InstructionCommandTests {
    private func instructions(_ test: TestStore) throws -> [Instruction] {
        try test.store.mail(limit: 10).compactMap { mail in
            if case .instruction(let instruction) = mail.entry { instruction } else { nil }
        }
    }

    @Test("News may say when it will be over, who works on it and what it was")
    func update() throws {
        let test = try TestStore()
        try test.commit(.interaction("E1"))
        let words = ["--estimate", "2090-01-06 10:00", "--assignee", "OTIS", "--cause", "câble"]
        #expect(try CommandRun(["case", "update", "CASE_1", "noted"] + words, test.settings).code == 0)
        guard case .caseUpdate(let update)? = try test.store.mail(limit: 1).first?.entry else {
            Issue.record("expected news")
            return
        }
        #expect(update.status == .noted)
        #expect(update.estimate == Moment(iso8601: "2090-01-06T09:00:00Z"))
        #expect([update.assignee, update.cause] == ["OTIS", "câble"])
        #expect(try test.audit() == ["case noted: CASE_1"])
        for wrong in ["soon", "2020-01-01 10:00"] {
            #expect(try test.run("case", "update", "CASE_1", "noted", "--estimate", wrong).code == 64)
        }
    }

    @Test("A command to a device is left under its name, and audited")
    func command() throws {
        let test = try TestStore()
        try test.commit(.interaction("E1"))
        #expect(
            try test.run("case", "command", "CASE_1", "reset", "--by", "P1", "--note", "asked by phone").code
                == 0
        )
        let order = try #require(try instructions(test).first)
        #expect(order.order == .command(key: "CASE_1", name: "reset"))
        #expect([order.by, order.note] == ["P1", "asked by phone"])
        #expect(try test.audit() == ["case command reset: CASE_1"])
        #expect(try test.run("case", "command", "CASE_1").code == 64)
        #expect(try test.run("case", "command", "CASE_1", "reset", "--cause", "x").code == 64)
    }

    @Test("What can have no effect is refused with what could, and nothing is stored")
    func withoutEffect() throws {
        let test = try TestStore()
        try test.commit(.interaction("E1"))
        let dance = try test.run("case", "command", "CASE_1", "dance")
        #expect(dance.code == 65)
        #expect(dance.words.contains("offers no command \"dance\"; it offers reset; nothing was stored"))
        for words in [["command", "CASE_XX", "reset"], ["update", "CASE_XX", "closed"]] {
            let run = try CommandRun(["case"] + words, test.settings)
            #expect(run.code == 65)
            #expect(run.words.contains("there is no case \"CASE_XX\" here"))
        }
        try test.commit(.interaction("E2", seq: 2, status: .closed))
        let over = try test.run("case", "command", "CASE_1", "reset")
        #expect(over.code == 65)
        #expect(over.words.contains("case CASE_1 is closed since"))
        #expect(try test.store.mail(limit: 1).isEmpty)
        #expect(try test.audit().isEmpty)
        // Late news is still taken; once the case is forgotten it would change nothing.
        #expect(try test.run("case", "update", "CASE_1", "noted", "--note", "late").code == 0)
        try test.commit(.deadLetter([1]), at: ElevatorRecording.begin + .days(8))
        let forgotten = try test.run("case", "update", "CASE_1", "noted", "--note", "too late")
        #expect(forgotten.code == 65)
        #expect(forgotten.words.contains("forgotten 1 week after its end"))
    }

    @Test("A case of which nothing was said yet is known by what was held back, and takes news")
    func heldBack() throws {
        let test = try TestStore()
        try test.commit(.held(.noConsent(to: "news"), to: "P2"))
        #expect(try test.run("case", "update", "CASE_1", "noted", "--note", "x").code == 0)
    }

    @Test("A silence has a scope and an end, waits, is in force, and is ended")
    func silence() throws {
        let test = try TestStore()
        let now = SystemClock.read()
        let until = "\(now + .hours(3))"
        let added = try test.run("silence", "add", "--subject", "A7", "--site", "S12", "--until", until)
        #expect(added.code == 0)
        let id = try #require(added.lines.first)
        let order = try #require(try instructions(test).first)
        #expect(order.id == id)
        let scope = Instruction.Scope(subject: "A7", site: "S12")
        #expect(order.order == .silence(scope, until: now + .hours(3)))
        let waiting = try #require(try test.run("silence", "list", "--json").json.first)
        #expect(waiting["id"]?.string == id)
        #expect(waiting["waiting"] == true)

        try test.take(.instruction(order), mail: try test.store.mail(limit: 1).map(\.row))
        let inForce = try test.run("silence", "list")
        #expect(inForce.lines.count == 1)
        #expect(inForce.output.contains("subject A7, site S12"))
        #expect(!inForce.output.contains("waits"))
        #expect(try test.run("silence", "end", id).code == 0)
        let end = try #require(try instructions(test).first)
        #expect(end.order == .endSilence(id: id))
        try test.take(.instruction(end), mail: try test.store.mail(limit: 1).map(\.row))
        #expect(try test.run("silence", "list").words.contains("no silence is in force"))
        #expect(try test.run("silence", "end", id).code == 65)
        #expect(try test.audit() == ["silence add: subject A7, site S12", "silence end: \(id)"])
    }

    @Test("A silence may be planned: it is listed as planned, in local time, and can be taken back")
    func planned() throws {
        let test = try TestStore()
        let zone = CivilZone.paris
        // Whole minutes: people write no seconds.
        let now = SystemClock.read()
        let begin = Moment(seconds: (now.microseconds / 60_000_000 + 1440 * 40) * 60)
        let until = begin + .days(31)
        let (from, end) = (zone.words(begin), zone.words(until))
        let added = try test.run("silence", "add", "--subject", "A7", "--from", from, "--until", end)
        #expect(added.code == 0, "\(added.words)")
        #expect(added.words.contains("from \(from) until \(end) (Europe/Paris)"))
        let id = try #require(added.lines.first)
        let order = try #require(try instructions(test).first)
        #expect(order.order == .silence(Instruction.Scope(subject: "A7"), from: begin, until: until))
        try test.take(.instruction(order), mail: try test.store.mail(limit: 1).map(\.row))
        let line = try #require(try test.run("silence", "list").lines.first)
        #expect(line.contains("planned from \(from)  until \(end) (Europe/Paris)"))
        let json = try #require(try test.run("silence", "list", "--json").json.first)
        #expect([json["planned"], json["from"]] == [true, .string("\(begin)")])
        #expect(try test.run("silence", "end", id).code == 0)
        let later = ["--from", zone.words(begin + .days(330)), "--until", zone.words(begin + .days(331))]
        for wrong in [
            ["--from", zone.words(now - .hours(1)), "--until", end], ["--from", end, "--until", from],
            ["--from", from, "--until", zone.words(until + .minutes(1))], ["--from", from], later,
        ] {
            let run = try CommandRun(["silence", "add", "--subject", "A7"] + wrong, test.settings)
            #expect(run.code == 64, "\(wrong)")
        }
    }

    @Test("A silence of everything, without an end or for too long is refused, and nothing is stored")
    func refused() throws {
        let test = try TestStore()
        let now = SystemClock.read()
        for words in [
            ["add", "--until", "\(now + .hours(1))"], ["add", "--subject", "A7"],
            ["add", "--subject", "A7", "--until", "\(now - .hours(1))"],
            ["add", "--subject", "A7", "--until", "\(now + .days(31) + .minutes(5))"],
            ["add", "--subject", "A7", "--until", "soon"], ["stop"], ["end"],
        ] {
            #expect(try CommandRun(["silence"] + words, test.settings).code == 64, "\(words)")
        }
        #expect(try test.run("silence", "end", "S9").code == 65)
        #expect(try test.store.mail(limit: 1).isEmpty)
        #expect(try test.audit().isEmpty)
        let longest = "\(now + .days(31))"
        #expect(try test.run("silence", "add", "--pipeline", "elevators", "--until", longest).code == 0)
    }

    @Test("Recordings hold news with all it may say, and orders")
    func recorded() throws {
        func entry(_ line: String) throws -> Entry? {
            var file = RecordingFile(Array(line.utf8), named: "r")
            guard case .entry(let entry)? = try file.next() else { return nil }
            return entry
        }
        let at = #"{"at":"2026-01-05T08:00:00Z","#
        let time = ElevatorRecording.begin
        #expect(
            try entry(
                at
                    + #""update":{"key":"K","status":"noted","by":"crm","estimate":"2026-01-05T09:00:00Z","assignee":"T","cause":"c"}}"#
            )
                == .caseUpdate(
                    CaseUpdate(
                        id: "K 2026-01-05T08:00:00.000Z",
                        key: "K",
                        status: .noted,
                        by: "crm",
                        estimate: time + .hours(1),
                        assignee: "T",
                        cause: "c",
                        at: time
                    )
                )
        )
        let orders: [(String, Instruction.Order)] = [
            (
                #""silence":{"until":"2026-01-05T09:00:00Z","subject":"A7","site":"S"}"#,
                .silence(Instruction.Scope(subject: "A7", site: "S"), until: time + .hours(1))
            ),
            (
                #""silence":{"from":"2026-01-05T08:30:00Z","until":"2026-01-05T09:00:00Z","site":"S"}"#,
                .silence(
                    Instruction.Scope(site: "S"),
                    from: time + .minutes(30),
                    until: time + .hours(1)
                )
            ),
            (#""endSilence":"S1""#, .endSilence(id: "S1")),
            (#""command":{"key":"K","name":"reset"}"#, .command(key: "K", name: "reset")),
        ]
        for (text, order) in orders {
            let expected = Instruction(id: "I", order: order, by: "anna", note: "n", at: time)
            let line = at + #""instruction":{"id":"I","by":"anna","note":"n",\#(text)}}"#
            #expect(try entry(line) == .instruction(expected))
        }
        for wrong in [
            #""instruction":{"by":"anna"}}"#, #""instruction":{"silence":{"subject":"A7"}}}"#,
            #""instruction":{"silence":{"until":"soon"}}}"#, #""instruction":{"command":{"key":"K"}}}"#,
            #""instruction":{"endSilence":7}}"#,
            #""instruction":{"silence":{"from":"soon","until":"2026-01-05T09:00:00Z"}}}"#,
            #""update":{"key":"K","status":"noted","estimate":"soon"}}"#,
        ] {
            #expect(throws: (any Error).self, "\(wrong)") { try entry(at + wrong) }
        }
    }
}
