import Interactions
import Store
import Units

extension Command {
    static let why = Command(
        name: "why",
        summary: "tells why somebody was told, or was not, and what became of it",
        flags: ["json"],
        usage: """
            vigie why KEY|ID|SUBJECT [--language fr|en] [--json]
            vigie why TIME|"nobody was told at 03:12" [--language fr|en] [--json]

            KEY is a case: what was found, who was told and why, who was not and why, what became of each message,
            who took it, in the order of time. ID is one notice or interaction; SUBJECT an asset or person: what was
            held back about it. A sentence with a time (03:12, 3h12, 2026-01-05 03:12, 2026-01-05T03:12:00Z; a clock
            alone means its last time) shows everything that was decided within \(SpanText.exact(Timeline.reach)) of
            it, readings that were left out and messages that could not be read included. Times are local.

            People are named by their ids; numbers are masked, texts are not shown. --json prints one object a line.

            Exit codes: 0 answered, 64 no key and no time, 65 nothing is known of it, 74 no database.
            """,
        example: "vigie why \"nobody was told at 03:12\" --language fr"
    ) { arguments in
        try arguments.allow(["language"])
        let question = arguments.rest.joined(separator: " ")
        guard !question.isEmpty else { throw CommandFailure(.usage, "expected a key, an id or a time") }
        let settings = try Settings.load()
        let language = try arguments.language(or: settings)
        let zone = try settings.zone
        var timeline = Timeline(try Operator(settings).store(.readOnly), zone)
        try answer(question, in: zone, &timeline)
        var output = LineBuffer()
        defer { output.flush() }
        for entry in timeline.sorted {
            output.append(
                arguments.has("json") ? "\(entry.json(in: language))" : entry.text(in: language, zone)
            )
        }
        for remark in timeline.remarks {
            let text = remark.text(in: language)
            output.append(arguments.has("json") ? "\(["remark": .string(text)] as JSON)" : text)
        }
    }

    private static func answer(_ question: String, in zone: CivilZone, _ timeline: inout Timeline) throws {
        if try timeline.add(key: question) { return }
        if try timeline.add(id: question) { return }
        if try timeline.add(subject: question) { return }
        if let time = WrittenTime(in: question) {
            for moment in time.past(in: zone, before: SystemClock.read()) { try timeline.add(around: moment) }
            return
        }
        guard !question.contains(" ") else {
            throw CommandFailure(.usage, "found no time in \"\(question)\"; expected one like 03:12")
        }
        throw CommandFailure(
            .data,
            "nothing is known of \"\(question)\": no case, notice, interaction, asset or person with something to "
                + "tell has this id; see vigie outbox, or ask for a time"
        )
    }
}

extension Arguments {
    /// The language of `--language`, or that of the installation.
    func language(or settings: Settings) throws -> Language {
        guard let word = value("language") else { return try settings.language }
        guard let language = Language(rawValue: word) else {
            throw CommandFailure(.usage, "--language is \"\(word)\"; expected fr or en")
        }
        return language
    }
}
