import Foundation
import Interactions
import TestSupport

@testable import vigie

/// One call of the built `vigie`, with settings of its own.
struct CommandRun {
    let code: Int32
    let output: String
    let words: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// What a program reads: the lines as JSON.
    var json: [JSON] {
        get throws { try lines.map { try JSON(parsing: $0) } }
    }

    init(_ arguments: [String], _ settings: [Setting: String] = [:], input: String = "") throws {
        let folder = try TestFolder()
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.environment = Self.environment(settings)
        // Files and not pipes: a pipe that nobody empties would stop the command.
        try folder.write(input, to: "in")
        try folder.write("", to: "out")
        try folder.write("", to: "err")
        let (inside, out, err) = (
            try FileHandle(forReadingFrom: folder.url.appendingPathComponent("in")),
            try FileHandle(forWritingTo: folder.url.appendingPathComponent("out")),
            try FileHandle(forWritingTo: folder.url.appendingPathComponent("err"))
        )
        process.standardInput = inside
        process.standardOutput = out
        process.standardError = err
        try process.run()
        process.waitUntilExit()
        code = process.terminationStatus
        output = try String(contentsOfFile: folder.path("out"), encoding: .utf8)
        words = try String(contentsOfFile: folder.path("err"), encoding: .utf8)
    }

    static var executable: URL? {
        Bundle.main.executableURL?.deletingLastPathComponent().appendingPathComponent("vigie")
    }

    static func environment(_ settings: [Setting: String]) -> [String: String] {
        let system = ProcessInfo.processInfo.environment.filter { $0.key == "PATH" || $0.key == "HOME" }
        return system.merging(settings.map { ($0.key.name, $0.value) }) { _, setting in setting }
    }
}

extension Setting: Hashable {
    public static func == (left: Setting, right: Setting) -> Bool { left.name == right.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
