import Store
import Units

extension Command {
    static let play = Command(
        name: "play",
        summary: "publishes a recording to the broker, as fast as life or faster",
        flags: ["loop"],
        usage: """
            vigie play FILE.jsonl … [--factor N] [--from TIME] [--loop]

            Publishes the messages of the recordings, merged by time, with the QoS, the retain flag and the MQTT 5
            properties they were recorded with (QoS 2 becomes 1). --factor N keeps the recorded distances divided by N; standard 1. --from
            TIME begins there. --loop begins again at the end. Nothing is published when a line cannot be read.
            Answers and news about cases are left in VIGIE_DATA for the Vigie that runs there.

            The times inside the payloads stay as they were recorded. A Vigie that is to take them for now runs on
            the same clock: vigie run --clock-from TIME --clock-factor N. With --loop the second round is then
            late for it.

            Exit codes: 0 the broker has all of it, 65 a line cannot be read, 69 the broker cannot be reached or
            refuses, 74 no such file, 78 a setting is wrong.
            """,
        example: "vigie play Fixtures/elevators/people-stuck-for-two-minutes/input.jsonl --factor 60"
    ) { arguments in
        try arguments.allow(["factor", "from"])
        guard !arguments.rest.isEmpty else { throw CommandFailure(.usage, "expected one or more FILE.jsonl") }
        let factor = try playFactor(arguments)
        let start = try arguments.moment("from")
        let settings = try Settings.load()
        let files = try arguments.rest.map { try RecordingFile($0) }
        let survey = try RecordingSurvey(files, from: start)
        guard let first = survey.first else {
            let since = start.map { " from \($0) on" } ?? ""
            throw CommandFailure(.data, "the recordings hold no message\(since); nothing was published")
        }
        let pace = PlayPace(first: start ?? first, factor: factor)
        let player = Player(try settings.mqtt, pace: pace) { entry in
            try Store(path: settings.database).post(entry)
        }
        defer { player.close() }
        repeat {
            try player.play(MergedRecordings(files, from: start), of: survey.messages)
        } while arguments.has("loop")
    }

    private static func playFactor(_ arguments: Arguments) throws -> Double {
        guard let text = arguments.value("factor") else { return 1 }
        guard let factor = Double(text), factor > 0, factor.isFinite else {
            throw CommandFailure(.usage, "--factor is \"\(text)\"; expected a number above zero, as 600")
        }
        return factor
    }
}
