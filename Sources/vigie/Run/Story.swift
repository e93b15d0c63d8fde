import Interactions
import Units

/// Tells what happens in lines that a person likes to read.
struct Story {
    let zone: CivilZone
    /// What people and assets are called, by id.
    var names: [String: String]

    static func names(in directory: Directory) -> [String: String] {
        let pairs =
            directory.assets.map { ($0.id, "\($0.name) (\($0.id))") }
            + directory.people.map { ($0.id, $0.name) }
        return Dictionary(pairs) { first, _ in first }
    }

    func tell(_ effect: Effect) {
        if let line = line(effect) { Terminal.print(line) }
    }

    private func line(_ effect: Effect) -> String? {
        switch effect {
        case .interaction(let interaction):
            let what = interaction.kind == .case ? "CASE" : interaction.kind.rawValue.uppercased()
            let text = interaction.text.map { Self.told($0.french) } ?? ""
            return
                "\(zone.words(interaction.at))  \(mark(interaction.severity)) \(what) \(interaction.verb.rawValue) "
                + "[\(interaction.queue)] \(name(interaction.subject)): \(interaction.title.french)\(text)"
        case .notice(let notice):
            return
                "\(zone.words(notice.at))  ✉ SMS to \(name(notice.recipient)) (\(notice.role)): “\(notice.text)”"
        case .command(let command):
            return "\(zone.words(command.at))  ⚙ COMMAND to \(command.topic): \(command.payload)"
        case .query(let query): return "\(zone.words(query.at))  ? ASKED on \(query.topic)"
        case .deadLetter(let letter):
            return "\(zone.words(letter.at))  ✗ unreadable message on \(letter.topic): \(letter.detail)"
        case .dropped(let dropped):
            return
                "\(zone.words(dropped.at))  · \(dropped.pipeline) \(name(dropped.subject)): \(dropped.reason)"
        case .held(let held):
            let why = held.reason.wording.rendered(in: zone, at: held.at).english
            let who = held.recipient.map { " to \(name($0))" } ?? ""
            return
                "\(zone.words(held.at))  · nothing sent\(who) about \(name(held.subject)), \(held.detector): \(why)"
        case .withdrawn: return nil
        }
    }

    /// One line goes behind the title, several below it.
    private static func told(_ text: String) -> String {
        let lines = text.split(separator: "\n")
        guard lines.count > 1 else { return " — \(text)" }
        return lines.map { "\n" + String(repeating: " ", count: 22) + $0 }.joined()
    }

    private func name(_ id: String) -> String { names[id] ?? id }

    private func mark(_ severity: Severity) -> String {
        switch severity {
        case .critical: "‼"
        case .warning: "!"
        case .advice: "i"
        case .info: " "
        }
    }
}
