import Foundation
import Glibc
import Interactions
import Testing
import Units

@testable import Delivery

@Suite("The file has each line once and whole")
final class FileSinkTests {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "vigie-file-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            Issue.record("the folder of the test stays: \(error)")
        }
    }

    var path: String { folder + "/out.ndjson" }

    func lines(_ path: String) throws -> [String] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.isEmpty || text.hasSuffix("\n"))
        return text.split(separator: "\n").map(String.init)
    }

    func ids() throws -> [String] {
        try lines(path).map { try JSON(parsing: $0)["id"]?.string ?? "none" }
    }

    @Test("Interactions, notices and commands are one line of JSON each")
    func contents() throws {
        let sink = FileSink(name: "file", path: path)
        let command = Command(
            id: "CMD_1",
            key: "K",
            topic: "t",
            payload: "close\nnow",
            pipeline: "p",
            detector: "d",
            subject: "s",
            at: start,
            notAfter: start
        )
        let closing = DeliveryJob(
            row: 3,
            sink: "file",
            key: "K",
            content: .command(command),
            attempts: 0,
            outcomeUnknown: false,
            notAfter: nil
        )
        for job in [event("EVT_1"), job(notice("MSG_1", "une ligne\nune autre")), closing] {
            #expect(sink.deliver(job, to: nil, at: start) == .done(reference: nil))
        }
        #expect(try ids() == ["EVT_1", "MSG_1", "CMD_1"])
    }

    @Test("An event with a line break is refused")
    func lineBreak() {
        var broken = event("EVT_1")
        broken.content = .interaction(id: "EVT_1", cloudEvent: Array("{\n}".utf8))
        guard case .permanent(.file) = FileSink(name: "file", path: path).deliver(broken, to: nil, at: start)
        else { return #expect(Bool(false), "it would be two lines") }
    }

    @Test("A job whose outcome is unknown is written only if it is not there")
    func afterCrash() throws {
        do {
            let sink = FileSink(name: "file", path: path)
            for id in ["EVT_1", "EVT_2"] { _ = sink.deliver(event(id), to: nil, at: start) }
        }
        let sink = FileSink(name: "file", path: path)
        for id in ["EVT_2", "EVT_3", "EVT_2"] {
            let result = sink.deliver(event(id, outcomeUnknown: true), to: nil, at: start)
            #expect(result == .done(reference: nil))
        }
        #expect(try ids() == ["EVT_1", "EVT_2", "EVT_3"])
    }

    @Test("An id that only begins like another is not taken for it")
    func similarIds() throws {
        let sink = FileSink(name: "file", path: path)
        _ = sink.deliver(event("EVT_12"), to: nil, at: start)
        _ = sink.deliver(event("EVT_1", outcomeUnknown: true), to: nil, at: start)
        #expect(try ids() == ["EVT_12", "EVT_1"])
    }

    @Test("A crash at any byte of a line leaves the file readable and the line there once")
    func tornLine() throws {
        let whole = #"{"specversion":"1.0","id":"EVT_2"}"# + "\n"
        for length in 0...whole.utf8.count {
            let before = #"{"specversion":"1.0","id":"EVT_1"}"# + "\n" + whole.prefix(length)
            try before.write(toFile: path, atomically: false, encoding: .utf8)
            let sink = FileSink(name: "file", path: path)
            _ = sink.deliver(event("EVT_2", outcomeUnknown: true), to: nil, at: start)
            #expect(try ids() == ["EVT_1", "EVT_2"], "torn after \(length) bytes")
        }
        // The same with nothing before the torn line.
        try String(whole.prefix(9)).write(toFile: path, atomically: false, encoding: .utf8)
        _ = FileSink(name: "file", path: path).deliver(event("EVT_2"), to: nil, at: start)
        #expect(try ids() == ["EVT_2"])
    }

    @Test("A file that is not ours is left as it is")
    func foreignFile() throws {
        for text in ["password = x", "a line\n{\"other\": 1}"] {
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            guard
                case .retry(.file, nil, unknown: false) = FileSink(name: "file", path: path)
                    .deliver(event("EVT_1"), to: nil, at: start)
            else { return #expect(Bool(false), "it was written to") }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        }
    }

    @Test("After a rotation by renaming it writes to the new file, and still knows what the old one has")
    func rotation() throws {
        let sink = FileSink(name: "file", path: path)
        _ = sink.deliver(event("EVT_1"), to: nil, at: start)
        #expect(rename(path, path + ".1") == 0)
        _ = sink.deliver(event("EVT_1", outcomeUnknown: true), to: nil, at: start)
        _ = sink.deliver(event("EVT_2"), to: nil, at: start)
        #expect(try ids() == ["EVT_2"])
        #expect(try lines(path + ".1").count == 1)
    }

    @Test("A second writer is refused and told why")
    func secondWriter() throws {
        let sink = FileSink(name: "file", path: path)
        _ = sink.deliver(event("EVT_1"), to: nil, at: start)
        let result = FileSink(name: "file", path: path).deliver(event("EVT_2"), to: nil, at: start)
        let reason = "file \(path): locking not possible: another process writes it"
        #expect(result == .retry(.file(reason), asked: nil, unknown: false))
        #expect(try ids() == ["EVT_1"])
    }

    @Test("A child that is being started does not keep the file locked")
    func lockInChild() throws {
        let duplicate: Int32
        do {
            let sink = FileSink(name: "file", path: path)
            _ = sink.deliver(event("EVT_1"), to: nil, at: start)
            // What a child has between its start and its program: a duplicate of every descriptor.
            let own = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
                Int32($0)
            }
            let file = try #require(
                own.first { descriptor in
                    let target = try? FileManager.default
                        .destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
                    return target == path
                }
            )
            duplicate = dup(file)
        }
        defer { close(duplicate) }
        let result = FileSink(name: "file", path: path).deliver(event("EVT_2"), to: nil, at: start)
        #expect(result == .done(reference: nil))
        #expect(try ids() == ["EVT_1", "EVT_2"])
    }

    @Test("A missing folder is retried, and works once it is there")
    func missingFolder() throws {
        let late = folder + "/late/out.ndjson"
        let sink = FileSink(name: "file", path: late)
        let reason = "file \(late): opening not possible: No such file or directory"
        #expect(
            sink.deliver(event("EVT_1"), to: nil, at: start)
                == .retry(.file(reason), asked: nil, unknown: false)
        )
        try FileManager.default.createDirectory(atPath: folder + "/late", withIntermediateDirectories: false)
        #expect(sink.deliver(event("EVT_1"), to: nil, at: start) == .done(reference: nil))
        #expect(try lines(late).count == 1)
    }

    @Test("A full disk leaves no torn line")
    func fullDisk() throws {
        let result = FileSink(name: "file", path: "/dev/full").deliver(event("EVT_1"), to: nil, at: start)
        guard case .retry(.file(let reason), nil, unknown: false) = result else {
            return #expect(Bool(false), "found \(result)")
        }
        #expect(reason == "file /dev/full: writing not possible: No space left on device")
    }

    @Test("Eight threads write whole lines")
    func threads() throws {
        let sink = FileSink(name: "file", path: path, durability: .whenSystemLikes)
        DispatchQueue.concurrentPerform(iterations: 400) { index in
            _ = sink.deliver(event("EVT_\(index)"), to: nil, at: start)
        }
        #expect(Set(try ids()) == Set((0..<400).map { "EVT_\($0)" }))
        #expect(try lines(path).count == 400)
    }
}
