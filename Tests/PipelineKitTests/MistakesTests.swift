import Foundation
import Testing

/// What the compiler says to a data engineer who makes a mistake: each file of `Fixtures/mistakes` has one, and
/// says in `expected-error` on which line which words must come. The first line of a file says what the mistake is.
@Suite("Mistakes")
struct MistakesTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/mistakes")
    /// Where the build has put the modules that the files import: beside the tests.
    private static let modules = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("Modules")

    private static let files: [String] = {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return all.filter { $0.hasSuffix(".swift") }.sorted()
    }()

    @Test("There are as many as people make")
    func many() {
        #expect(Self.files.count >= 50)
    }

    @Test("The compiler names the line and says what is wrong", arguments: files)
    func isNamed(_ file: String) throws {
        let text = try String(contentsOf: Self.folder.appendingPathComponent(file), encoding: .utf8)
        #expect(text.contains("expected-error"), "\(file) expects no error")
        for useless in ["failed to produce diagnostic", "reasonable time", "could not be inferred"] {
            #expect(!text.contains(useless), "\(file) expects a message that helps nobody: \(useless)")
        }
        let (status, output) = try Self.check(file)
        #expect(status == 0, "\(output)")
    }

    @Test("What the mistakes share has none")
    func sharedPartIsSound() throws {
        let (status, output) = try Self.check("given/Elevator.swift", isShared: true)
        #expect(status == 0, "\(output)")
    }

    private static func check(_ file: String, isShared: Bool = false) throws -> (Int32, String) {
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.currentDirectoryURL = folder
        compiler.arguments =
            [
                "swiftc", "-frontend", "-typecheck", "-verify", "-verify-ignore-unrelated", "-swift-version",
                "6", "-I", modules.path, "-module-name", "Pipelines", "-primary-file", file,
            ] + (isShared ? [] : ["given/Elevator.swift"])
        let pipe = Pipe()
        compiler.standardError = pipe
        compiler.standardOutput = FileHandle.nullDevice
        try compiler.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        compiler.waitUntilExit()
        return (compiler.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
