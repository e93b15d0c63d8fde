import Glibc

/// One line per event on stderr: time, level, component, sentence, facts as `name=value`.
///
/// Lines are for people first: the sentence says what happened, what follows and what to do. Nothing about people
/// goes in: no numbers, names or texts of messages.
public struct Log: Sendable {
    public enum Level: String, Comparable, Sendable, CaseIterable {
        case debug, info, warning, error

        public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .debug: 0
            case .info: 1
            case .warning: 2
            case .error: 3
            }
        }
    }

    private let component: String
    private let least: Level
    private let time: @Sendable () -> String
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - time: the time of now in words; empty under a supervisor that stamps lines itself.
    ///   - write: takes one whole line without its end.
    public init(
        _ component: String,
        least: Level = .info,
        time: @escaping @Sendable () -> String,
        write: @escaping @Sendable (String) -> Void = Log.writeToStandardError
    ) {
        self.component = component
        self.least = least
        self.time = time
        self.write = write
    }

    /// The same log for another part of the program.
    public func part(_ component: String) -> Log {
        Log(component, least: least, time: time, write: write)
    }

    public func debug(_ sentence: @autoclosure () -> String, _ facts: [(String, String)] = []) {
        say(.debug, sentence, facts)
    }

    public func info(_ sentence: @autoclosure () -> String, _ facts: [(String, String)] = []) {
        say(.info, sentence, facts)
    }

    public func warning(_ sentence: @autoclosure () -> String, _ facts: [(String, String)] = []) {
        say(.warning, sentence, facts)
    }

    public func error(_ sentence: @autoclosure () -> String, _ facts: [(String, String)] = []) {
        say(.error, sentence, facts)
    }

    private func say(_ level: Level, _ sentence: () -> String, _ facts: [(String, String)]) {
        guard level >= least else { return }
        let time = time()
        var line = time.isEmpty ? "" : time + " "
        line += "\(level.rawValue) \(component): \(Self.oneLine(sentence()))"
        for (name, value) in facts { line += " \(name)=\(Self.quoted(value))" }
        write(line)
    }

    /// A sentence never breaks the log into lines of its own.
    private static func oneLine(_ text: String) -> String {
        text.contains(where: \.isNewline)
            ? text.split(whereSeparator: \.isNewline).joined(separator: " · ") : text
    }

    private static func quoted(_ value: String) -> String {
        let value = oneLine(value)
        let isPlain = !value.isEmpty && !value.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        return isPlain
            ? value
            : "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "'")
                + "\""
    }

    public static let writeToStandardError: @Sendable (String) -> Void = { line in
        var line = line + "\n"
        line.withUTF8 { bytes in
            // One call for one line, so that threads do not mix theirs; a log that nobody takes is no reason to stop.
            _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
