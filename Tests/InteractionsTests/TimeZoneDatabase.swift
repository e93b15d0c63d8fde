import Foundation
import Testing
import Units

/// What the C library and its time zone database say, asked in child processes, because the zone of a process
/// is a global variable.
struct TimeZoneDatabase {
    let zone: String

    /// The second before and the second of every change of the clocks, with the distance from UTC in seconds.
    func changes(from first: Int, until last: Int) throws -> [(moment: Moment, offset: Int64)] {
        let output = try run("/usr/bin/zdump", ["-v", "-c", "\(first),\(last)", zone], input: "")
        return try output.split(separator: "\n").compactMap { line in
            guard let offset = line.split(separator: "=").last, line.contains("gmtoff=") else { return nil }
            // Zone Sun Mar 31 00:59:59 1996 UT = …
            let words = line.split(separator: " ")
            let clock = words[4].split(separator: ":")
            let month = try #require(Self.months.firstIndex(of: String(words[2])))
            let date = CivilDate(
                year: try #require(Int(words[5])),
                month: month + 1,
                day: try #require(Int(words[3]))
            )
            let second = try #require(Int64(clock[0])) * 3600 + 60 * #require(Int64(clock[1]))
            return (
                Moment(seconds: date.daysSince1970 * 86_400 + second + (try #require(Int64(clock[2])))),
                try #require(Int64(offset))
            )
        }
    }

    /// `2026-03-29T03:00:00 7` for each moment: date, time and the day of the week, by `localtime`.
    func clocks(at moments: [Moment]) throws -> [String] {
        let input = moments.map { "@\($0.microseconds / 1_000_000)" }.joined(separator: "\n")
        let output = try run("/usr/bin/date", ["-f", "-", "+%FT%T %u"], input: input)
        return output.split(separator: "\n").map(String.init)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private func run(_ path: String, _ arguments: [String], input: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data(input.utf8).write(to: file)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: file) } }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ["TZ": zone, "LC_ALL": "C"]
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = try FileHandle(forReadingFrom: file)
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(path) could not tell the time in \(zone)")
        return String(decoding: bytes, as: UTF8.self)
    }
}
