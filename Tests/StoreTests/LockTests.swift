import Foundation
import Testing
import Units

@testable import Store

@Suite("Locks")
struct LockTests {
    /// POSIX gives all locks of a process on a file back as soon as the process closes any descriptor of it.
    @Test("A process that looks at the database and goes takes the log away from nobody")
    func visitor() throws {
        let test = try TestStore()
        try test.append(["a"])
        // Each thread has its own; opening one must not cost the others their locks.
        let other = try Store(path: test.path)
        let visitor = Process()
        visitor.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        visitor.arguments = [test.path, "SELECT count(*) FROM batch"]
        visitor.standardOutput = Pipe()
        try visitor.run()
        visitor.waitUntilExit()
        #expect(visitor.terminationStatus == 0)
        #expect(FileManager.default.fileExists(atPath: test.path + "-wal"))
        try test.append(["b"])
        #expect(try Store(path: test.path, access: .readOnly).head(of: "0") == Position(2))
        #expect(try other.head(of: "0") == Position(2))
    }
}
