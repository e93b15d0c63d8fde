/// What is wrong with a directory that is to be imported, and where.
///
/// Its texts hold ids and roles, never a name, a number or an address: those appear as
/// `"…78" (12 characters)`.
public struct DirectoryProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Severity: String, Hashable, Sendable {
        /// Nothing is imported.
        case error
        /// Imported, but probably not what was meant.
        case warning
    }

    public var severity: Severity
    /// `people.csv`, or the name of the JSON document.
    public var file: String
    /// From 1; 0 for a problem with the file as a whole.
    public var line: Int
    public var text: String

    /// `people.csv:12: error: …`
    public var description: String {
        let place = line > 0 ? "\(file):\(line)" : file
        return "\(place): \(severity.rawValue): \(text)"
    }
}

/// The problems found so far, up to a limit; the rest is counted.
struct DirectoryProblems {
    private(set) var listed: [DirectoryProblem] = []
    private(set) var errorCount = 0
    private(set) var warningCount = 0

    /// More than a person corrects at once.
    static let limit = 1000

    mutating func add(_ problem: DirectoryProblem) {
        switch problem.severity {
        case .error: errorCount += 1
        case .warning: warningCount += 1
        }
        if listed.count < Self.limit { listed.append(problem) }
    }
}

/// A value from a table of people, as a problem may show it.
func masked(_ value: String) -> String {
    value.count <= 3 ? "\"\(value)\"" : "\"…\(value.suffix(2))\" (\(value.count) characters)"
}
