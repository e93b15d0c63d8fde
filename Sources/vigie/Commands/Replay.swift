import Engine
import Interactions
import PipelineKit
import Telemetry
import Units

extension Command {
    static let replay = Command(
        name: "replay",
        summary: "shows what a recording would have sent; reaches no broker and no sink",
        flags: ["drops"],
        usage: """
            vigie replay FILE.jsonl [--pipelines NAME,NAME] [--directory FILE.json|FOLDER] [--drops]

            Prints the effects as JSON, one a line, as in expected.jsonl: the same bytes every time. FILE is - for
            standard input. --directory gives the sites, assets and people that were known before the first line,
            as a JSON document or a folder of CSV tables. --drops also prints each reading that was left out, with
            its reason. Times are written, and quiet hours kept, in the zone of VIGIE_ZONE. A line
            {"at":…,"restart":true} stops the engine and starts it from its snapshot.

            Exit codes: 0 replayed to the end, 65 a line or the directory cannot be read (the lines before it have
            been replayed), 74 no such file, 78 a pipeline or a setting is wrong.
            """,
        example: "vigie replay Fixtures/elevators/people-stuck-for-two-minutes/input.jsonl"
    ) { arguments in
        try arguments.allow(["pipelines", "directory"])
        guard arguments.rest.count == 1 else { throw CommandFailure(.usage, "expected one FILE.jsonl, or -") }
        let pipelines = try PipelineSet.chosen(arguments.value("pipelines"))
        try pipelines.requireSound()
        var output = LineBuffer()
        defer { output.flush() }
        let zone = try Settings.load().zone
        var replay = Replay(pipelines, zone: zone, tellsDrops: arguments.has("drops")) {
            output.append("\($0.json(in: zone))")
        }
        if let path = arguments.value("directory") {
            replay.know(try DirectorySource.sound(path).directory)
        }
        var recording = try RecordingFile(arguments.rest[0])
        try replay.run(&recording) { percent in Terminal.progress("\(percent) % replayed") }
        Terminal.progress("")
    }
}

/// Runs a recording through an engine of its own.
struct Replay {
    private let pipelines: PipelineSet
    private let zone: CivilZone
    private let tellsDrops: Bool
    private let tell: (Effect) -> Void
    private var engine: Engine
    private var batch = EntryBatch()
    /// Known from the first entry on, at its time: before it no device was waited for.
    private var directory: Directory?
    private static let batchSize = 1000

    /// - Parameter tell: takes each effect in order.
    init(
        _ pipelines: PipelineSet,
        zone: CivilZone = .paris,
        tellsDrops: Bool = false,
        tell: @escaping (Effect) -> Void
    ) {
        self.pipelines = pipelines
        self.zone = zone
        self.tellsDrops = tellsDrops
        self.tell = tell
        engine = Engine(pipelines, zone: zone, tellsDrops: tellsDrops)
    }

    /// Makes a directory known before every entry of the recording.
    mutating func know(_ directory: Directory) {
        self.directory = directory
    }

    /// - Parameter progress: called now and then with the hundredths done.
    mutating func run(_ recording: inout RecordingFile, progress: (Int) -> Void = { _ in }) throws {
        while true {
            let line: RecordedLine?
            do {
                line = try recording.next()
            } catch {
                try decide()
                throw CommandFailure(.data, "\(recording.place(error)); replay ends here")
            }
            switch line {
            case .none: return try decide()
            case .entry(let entry):
                if let directory { batch.append(.directory(at: entry.at, json: directory.json)) }
                directory = nil
                batch.append(entry)
            case .restart: try restart(at: recording)
            }
            if batch.count >= Self.batchSize {
                try decide()
                progress(recording.percent)
            }
        }
    }

    private mutating func decide() throws {
        let effects = try engine.apply(batch)
        batch.removeAll()
        for effect in effects { tell(effect) }
    }

    private mutating func restart(at recording: RecordingFile) throws {
        try decide()
        let snapshot = engine.snapshot()
        engine = Engine(pipelines, zone: zone, tellsDrops: tellsDrops)
        do {
            for sentence in try engine.restore(snapshot) { Terminal.say("\(recording.name): \(sentence)") }
        } catch {
            throw CommandFailure(
                .software,
                "\(recording.name):\(recording.line): the engine cannot go on from its own snapshot: \(error)"
            )
        }
    }
}
