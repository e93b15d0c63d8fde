import Foundation

/// Another program, run to its end.
enum Child {
    /// - Returns: what it wrote to its output; its errors go to ours.
    static func output(of executable: String, _ arguments: [String]) throws -> Data {
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

    /// The numbers of a worker of ours in a new process.
    static func numbers(of worker: Worker, _ arguments: String...) throws -> [Double] {
        let output = try output(of: "/proc/self/exe", ["--worker", worker.name] + arguments)
        return String(decoding: output, as: UTF8.self).split(whereSeparator: \.isWhitespace).compactMap {
            Double($0)
        }
    }
}
