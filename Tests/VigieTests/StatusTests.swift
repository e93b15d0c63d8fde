import Console
import Interactions
import Store
import TestSupport
import Testing
import Units

@testable import vigie

@Suite("Status")
struct StatusTests {
    private func server(obstacles: [String]) throws -> HTTPServer {
        try HTTPServer(
            routes: StatusRoutes.routes(metrics: { [] }, isAlive: { true }, obstacles: { obstacles })
        )
    }

    @Test("It tells what came in, what waits and what was left out")
    func report() throws {
        let test = try TestStore()
        let begin = ElevatorRecording.begin
        let dropped = Dropped(reason: "late", pipeline: "elevators", subject: "A7", at: begin)
        try test.commit(.interaction("EVT_1"), .notice("MSG_1"), .deadLetter([1]), .dropped(dropped))
        try test.commit(at: begin + .minutes(2))
        try test.store.post(.tick(at: begin))
        try test.store.save(
            Snapshot(position: Position(1), version: "engine", at: begin + .minutes(1), bytes: [1, 2]),
            of: VigieProcess.partition
        )
        let now = begin + .minutes(5)
        let report = try StatusReport(test.store, process: .ready, now: now)
        let json = report.json
        #expect(json["journalHead"] == 2)
        #expect(json["lastArrival"] == "2026-01-05T08:02:00.000Z")
        #expect(json["snapshot"] == ["position": 1, "at": "2026-01-05T08:01:00.000Z"])
        #expect(json["oldestUnsentNotice"] == "2026-01-05T08:00:00.000Z")
        #expect(json["deadLetters"] == 1)
        #expect(json["mail"] == 1)
        #expect(json["dropsToday"] == [["pipeline": "elevators", "reason": "late", "count": 1]])
        #expect(
            json["outbox"] == [
                ["sink": "file", "state": "pending", "count": 1],
                ["sink": "webhook", "state": "pending", "count": 1],
            ]
        )
        let text = report.text(now: now)
        #expect(text.contains("journal      2 entries, the last came in 3 min ago"))
        #expect(text.contains("the oldest unsent notice waits since 5 min ago"))
        #expect(text.contains("  1 late in elevators"))
    }

    @Test("Drops of yesterday are not today's")
    func yesterday() throws {
        let test = try TestStore()
        let begin = ElevatorRecording.begin
        try test.commit(.dropped(Dropped(reason: "late", pipeline: "p", subject: "A7", at: begin)))
        let tomorrow = try StatusReport(test.store, process: .ready, now: begin + .days(1))
        #expect(tomorrow.dropsToday.isEmpty)
    }

    @Test("An empty database has a status too")
    func empty() throws {
        let test = try TestStore()
        let report = try StatusReport(test.store, process: .notAsked, now: ElevatorRecording.begin)
        #expect(report.json["lastArrival"] == .null)
        #expect(report.text(now: ElevatorRecording.begin).contains("nothing came in yet"))
    }

    @Test("The exit code says whether the process runs and does its work")
    func process() throws {
        let test = try TestStore()
        func run(_ address: String) throws -> CommandRun {
            try CommandRun(["status", "--json"], test.settings.merging([.http: address]) { $1 })
        }
        let ready = try server(obstacles: [])
        defer { ready.stop() }
        let good = try run("127.0.0.1:\(ready.port)")
        #expect(good.code == 0)
        #expect(try good.json.first?["process"]?["state"] == "ready")

        let hindered = try server(obstacles: ["store: disk is full"])
        defer { hindered.stop() }
        let bad = try run("127.0.0.1:\(hindered.port)")
        #expect(bad.code == 69)
        #expect(try bad.json.first?["process"]?["obstacles"] == ["store: disk is full"])

        let silent = try run("127.0.0.1:\(Loopback.freePort())")
        #expect(silent.code == 69)
        #expect(try silent.json.first?["process"]?["state"] == "silent")
        #expect(silent.words.contains("does not answer"))

        #expect(try run("").code == 0)
    }
}
