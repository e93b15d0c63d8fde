/// One word after `vigie`: what it does, how it is called, and the code that does it.
struct Command: Sendable {
    let name: String
    let summary: String
    /// Options that take no value.
    let flags: Set<String>
    let usage: String
    let example: String
    let run: @Sendable (Arguments) throws -> Void

    static let all: [Command] = [
        .run, .check, .describe, .texts, .replay, .play, .decode, .listen, .status, .why, .report, .directory,
        .case, .silence, .outbox, .deadLetters,
    ]

    static var overview: String {
        let width = all.map(\.name.count).max() ?? 0
        let lines = all.map { command in
            "  \(command.name)\(String(repeating: " ", count: width - command.name.count))  \(command.summary)"
        }
        return """
            vigie: from sensors on MQTT to CRM interactions and SMS alert jobs

            \(lines.joined(separator: "\n"))

            vigie COMMAND --help says more. Exit codes: 0 done, 64 wrong use, 65 bad data, 69 a server cannot be
            reached, 70 a bug in Vigie, 74 a file cannot be read or written, 78 a pipeline or setting is wrong.
            """
    }

    var help: String {
        """
        vigie \(name): \(summary)

        \(usage)

        Example:
          \(example)
        """
    }
}

/// The exit codes of sysexits.h, so that scripts and systemd can tell failures apart.
enum ExitCode: Int32 {
    case usage = 64
    case data = 65
    case unavailable = 69
    case software = 70
    case file = 74
    case configuration = 78
}

/// A command that could not do what it was asked for.
struct CommandFailure: Error {
    let code: ExitCode
    let text: String

    init(_ code: ExitCode, _ text: String) {
        self.code = code
        self.text = text
    }
}
