import Foundation

/// Another program, run to its end.
public enum Child {
    /// - Returns: what it wrote to its output; its errors go to ours.
    public static func output(of executable: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkFailure(
                "\(executable) \(arguments.joined(separator: " ")) ended with \(process.terminationStatus)"
            )
        }
        return output
    }
}
