import Foundation
import Interactions
import Telemetry
import TestSupport
import Testing
import Units

@testable import vigie

@Suite("Play", .timeLimit(.minutes(2)))
struct PlayTests {
    private let begin = ElevatorRecording.begin

    private func file(_ lines: [String], _ name: String = "input.jsonl") -> RecordingFile {
        RecordingFile(Array(lines.joined(separator: "\n").utf8), named: name)
    }

    private func line(_ seconds: Int, _ payload: String, _ besides: String = "") -> String {
        #"{"at":"\#(begin + .seconds(seconds))","topic":"t/\#(payload)","payload":"\#(payload)"\#(besides)}"#
    }

    @Test("Recorded distances are kept, divided by the factor")
    func pace() {
        let pace = PlayPace(first: begin, factor: 600)
        #expect(pace.due(begin) == .zero)
        #expect(pace.due(begin + .minutes(10)) == .seconds(1))
        #expect(pace.due(begin + .hours(24)) == .seconds(144))
        #expect(pace.due(begin - .hours(1)) == .zero, "what lies before the beginning is due at once")
    }

    @Test("Recordings are merged by time, each in its own order, without what no broker knows")
    func merge() throws {
        let tick = #"{"at":"2026-01-05T08:00:00Z","tick":true}"#
        let reply = #"{"at":"\#(begin + .seconds(25))","reply":{"from":"+33639980020","text":"1"}}"#
        let first = file([line(0, "a"), tick, "", line(20, "d"), line(20, "e"), reply])
        let second = file([line(10, "b"), line(15, "c"), line(5, "back"), line(30, "f")])
        var merged = try MergedRecordings([first, second])
        var played: [String] = []
        while let entry = try merged.next() {
            switch entry {
            case .message(let message): played.append(String(decoding: message.payload, as: UTF8.self))
            case .reply(let reply): played.append("reply \(reply.text)")
            default: Issue.record("played \(entry)")
            }
        }
        #expect(played == ["a", "b", "c", "back", "d", "e", "reply 1", "f"])
        var later = try MergedRecordings([first, second], from: begin + .seconds(15))
        #expect(try later.next()?.at == begin + .seconds(15))
    }

    @Test("A survey reads everything and names each file that cannot be read")
    func survey() throws {
        let good = file([line(10, "a"), line(5, "b")])
        #expect(try RecordingSurvey([good], from: nil).messages == 2)
        #expect(try RecordingSurvey([good], from: nil).first == begin + .seconds(5))
        #expect(try RecordingSurvey([good], from: begin + .seconds(6)).messages == 1)
        let error = #expect(throws: CommandFailure.self) {
            _ = try RecordingSurvey(
                [file(["?"], "a.jsonl"), good, file([line(1, "c"), "?"], "b.jsonl")],
                from: nil
            )
        }
        #expect(error?.text.contains("a.jsonl:1: error:") == true)
        #expect(error?.text.contains("b.jsonl:2: error:") == true)
    }

    @Test("The broker gets every message as it was recorded, not before its time")
    func play() throws {
        let broker = try MosquittoServer(.deployed())
        let folder = try TestFolder()
        let lines = [
            line(0, "first"), line(60, "second", #","qos":0"#), line(120, "last", #","retain":true"#),
            #"{"at":"2026-01-05T08:02:00Z","topic":"t/bytes","payloadBase64":"AP+A","#
                + #""properties":[["content-type","application/cbor"],["id","7"]]}"#,
        ]
        try folder.write(lines.joined(separator: "\n"), to: "input.jsonl")
        let session = [
            "-p", "\(broker.port)", "-i", "watcher", "-c", "-q", "1", "-t", "t/#", "-V", "5", "-x", "60",
        ]
        // Subscribes and leaves; the broker keeps what comes for it.
        try wait(for: ServerProcess.watcher(session + ["-E"], folder, "none"))
        let settings: [Setting: String] = [
            .broker: "mqtt://127.0.0.1:\(broker.port)", .data: folder.url.path,
        ]
        let start = ContinuousClock.now
        let run = try CommandRun(["play", folder.path("input.jsonl"), "--factor", "240"], settings)
        #expect(run.code == 0, "\(run.words)")
        #expect(ContinuousClock.now - start >= .milliseconds(500), "two minutes at 240 times")
        #expect(run.words.contains("4 messages"))
        let arguments = session + ["-C", "3", "-W", "20", "-F", "%t %q %x %C %P"]
        try wait(for: ServerProcess.watcher(arguments, folder, "seen"))
        let seen = try String(contentsOfFile: folder.path("seen"), encoding: .utf8)
        // Mosquitto keeps no QoS 0 for who is away.
        #expect(
            seen == "t/first 1 6669727374  \nt/last 1 6c617374  \nt/bytes 1 00ff80 application/cbor id:7\n"
        )
        let newcomer = ["-p", "\(broker.port)", "-t", "t/#", "-C", "1", "-W", "20", "-F", "%t %r"]
        try wait(for: ServerProcess.watcher(newcomer, folder, "retained"))
        #expect(try String(contentsOfFile: folder.path("retained"), encoding: .utf8) == "t/last 1\n")
    }

    @Test("A loop begins again at the end")
    func loop() throws {
        let broker = try MosquittoServer(.deployed())
        let folder = try TestFolder()
        try folder.write(line(0, "a") + "\n" + line(1, "b") + "\n", to: "input.jsonl")
        let session = ["-p", "\(broker.port)", "-i", "watcher", "-c", "-q", "1", "-t", "t/#"]
        try wait(for: ServerProcess.watcher(session + ["-E"], folder, "none"))
        let executable = try #require(CommandRun.executable?.path)
        let environment = "VIGIE_MQTT=mqtt://127.0.0.1:\(broker.port)"
        let player = try ServerProcess(
            "/usr/bin/env",
            [environment, executable, "play", "--loop", "--factor", "1000", folder.path("input.jsonl")],
            output: folder.url.appendingPathComponent("player")
        )
        defer { player.end(with: SIGTERM) }
        let arguments = session + ["-C", "5", "-W", "20", "-F", "%p"]
        try wait(for: ServerProcess.watcher(arguments, folder, "seen"))
        #expect(try String(contentsOfFile: folder.path("seen"), encoding: .utf8) == "a\nb\na\nb\na\n")
    }

    @Test("Exit codes tell a wrong use, a wrong line, no broker and no file apart")
    func exitCodes() throws {
        let folder = try TestFolder()
        try folder.write(line(0, "a"), to: "good.jsonl")
        try folder.write("?", to: "bad.jsonl")
        let settings: [Setting: String] = [.broker: "mqtt://127.0.0.1:\(try Loopback.freePort())"]
        func code(_ words: String...) throws -> Int32 { try CommandRun(["play"] + words, settings).code }
        let good = folder.path("good.jsonl")
        #expect(try code() == 64)
        #expect(try code(good, "--factor", "0") == 64)
        #expect(try code(good, "--from", "noon") == 64)
        #expect(try code(folder.path("bad.jsonl")) == 65)
        #expect(try code(good, "--from", "2030-01-01T00:00:00Z") == 65)
        #expect(try code(folder.path("none.jsonl")) == 74)
        #expect(try CommandRun(["play", good], [.broker: "http://here"]).code == 78)
        #expect(try code(good) == 69)
    }

    private func wait(for process: ServerProcess) throws {
        for _ in 0..<3000 {
            if !process.isRunning { return }
            usleep(10_000)
        }
        throw ServerFailure("mosquitto_sub does not end")
    }
}

extension ServerProcess {
    /// `mosquitto_sub`, writing into a file of the folder.
    fileprivate static func watcher(
        _ arguments: [String],
        _ folder: TestFolder,
        _ file: String
    ) throws -> ServerProcess {
        try ServerProcess(
            "/usr/bin/mosquitto_sub",
            arguments,
            output: folder.url.appendingPathComponent(file)
        )
    }
}
