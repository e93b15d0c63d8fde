import Foundation
import Interactions
import Pipelines
import TestSupport
import Testing
import Units

@testable import vigie

@Suite("Replay")
struct ReplayTests {
    private func effects(_ recording: ElevatorRecording, knowing directory: Directory? = nil) throws
        -> [String]
    {
        var effects: [String] = []
        var replay = Replay(allPipelines) { effects.append("\($0.json(in: .paris))") }
        if let directory { replay.know(directory) }
        var file = RecordingFile(Array(recording.text.utf8), named: "input.jsonl")
        try replay.run(&file)
        return effects
    }

    @Test("A restart after any line changes nothing of what would have been sent")
    func restarts() throws {
        let plain = ElevatorRecording(minutes: 3)
        let expected = try effects(plain)
        #expect(expected.contains { $0.contains("people stuck") })
        for index in plain.lines.indices {
            var cut = plain
            cut.restart(before: index)
            #expect(try effects(cut) == expected, "restart before line \(index + 1)")
        }
    }

    @Test("A directory of CSV tables and one of JSON give the same texts")
    func directories() throws {
        let folder = try TestFolder()
        try DemoTables.write(to: folder)
        let fromTables = try DirectorySource.sound(folder.url.path).directory
        try folder.write(String(decoding: fromTables.json, as: UTF8.self), to: "directory.json")
        let fromJSON = try DirectorySource.sound(folder.path("directory.json")).directory
        #expect(fromJSON == fromTables)
        let recording = ElevatorRecording(minutes: 3)
        let told = try effects(recording, knowing: fromTables)
        #expect(told == (try effects(recording, knowing: fromJSON)))
        #expect(told.contains { $0.contains(#""effect":"notice""#) }, "the technician is told")
    }

    @Test("A line that cannot be read is named, after everything before it was replayed")
    func badLine() throws {
        var recording = ElevatorRecording(minutes: 3)
        let whole = try effects(recording)
        recording.lines += ["", "{\"at\":\"yesterday\"}"]
        let count = recording.lines.count
        var told = 0
        var replay = Replay(allPipelines) { _ in told += 1 }
        var file = RecordingFile(Array(recording.text.utf8), named: "input.jsonl")
        let error = #expect(throws: CommandFailure.self) { try replay.run(&file) }
        #expect(error?.code == .data)
        #expect(
            error?.text
                == "input.jsonl:\(count): error: \"at\" is not a time like 2026-01-05T07:31:02.120Z; replay ends here"
        )
        #expect(told == whole.count)
    }

    @Test("The command prints the same bytes each time, from a file and from standard input")
    func command() throws {
        let folder = try TestFolder()
        let recording = ElevatorRecording(minutes: 3)
        try folder.write(recording.text, to: "input.jsonl")
        let first = try CommandRun(["replay", folder.path("input.jsonl")])
        #expect(first.code == 0)
        #expect(first.lines == (try effects(recording)))
        let second = try CommandRun(["replay", "-", "--pipelines", "elevators"], input: recording.text)
        #expect(second.code == 0)
        #expect(second.output == first.output)
    }

    @Test("Exit codes tell a wrong use, a wrong line and a missing file apart")
    func exitCodes() throws {
        #expect(try CommandRun(["replay"]).code == 64)
        #expect(try CommandRun(["replay", "-", "--pipelines", "submarines"]).code == 64)
        #expect(try CommandRun(["replay", "-"], input: "nonsense\n").code == 65)
        #expect(try CommandRun(["replay", "/nowhere/input.jsonl"]).code == 74)
        let help = try CommandRun(["replay", "--help"])
        #expect(help.code == 0)
        #expect(help.output.contains("Example:"))
    }

    @Test("What was left out is told only when asked for")
    func drops() throws {
        let line = ElevatorRecording.line(ElevatorRecording.begin, "somewhere/else", "1") + "\n"
        #expect(try CommandRun(["replay", "-"], input: line).output == "")
        let asked = try CommandRun(["replay", "-", "--drops"], input: line)
        #expect(try asked.json.map { $0["reason"] } == ["unrouted"])
    }
}
