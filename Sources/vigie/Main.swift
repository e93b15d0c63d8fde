import Glibc

/// `vigie COMMAND …`
@main
enum Main {
    static func main() {
        var words = Array(CommandLine.arguments.dropFirst())
        guard let name = words.first else {
            Terminal.say(Command.overview)
            exit(ExitCode.usage.rawValue)
        }
        words.removeFirst()
        if name == "--help" || name == "help" {
            Terminal.print(Command.overview)
            return
        }
        guard let command = Command.all.first(where: { $0.name == name }) else {
            Terminal.say("vigie: no command is called \"\(name)\"\n\n\(Command.overview)")
            exit(ExitCode.usage.rawValue)
        }
        if words.contains("--help") {
            Terminal.print(command.help)
            return
        }
        do {
            try command.run(Arguments(words, flags: command.flags))
        } catch {
            let failure = CommandFailure(error)
            Terminal.progress("")
            Terminal.say("vigie \(name): \(failure.text)")
            exit(failure.code.rawValue)
        }
    }
}
