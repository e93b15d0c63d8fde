import Interactions
import PipelineKit
import Telemetry
import TestSupport
import Testing
import Units

@testable import Engine

@Suite("Snapshots")
struct SnapshotTests {
    private func stuck(_ name: String = "stuck", for span: Duration = .seconds(60)) -> Detect<Lift> {
        detect(name) { Holds(\.isStuck, for: span) }
    }

    private func alarm(_ name: String = "alarm") -> Detect<Lift> {
        detect(name) { Raised(\.isPressed, until: \.isEnded) }
    }

    private func story() throws -> Story {
        let story = try Story([liftPipeline([stuck(), alarm()])])
        try story.say(from: 0, to: 50, every: 10, ["stuck": true, "pressed": true])
        #expect(story.log == ["0 opened alarm A"])
        return story
    }

    @Test("The same pipelines go on as if nothing had been")
    func same() throws {
        let story = try story()
        #expect(try story.restart() == [])
        try story.say(at: 60, ["stuck": true])
        try story.say(at: 70, ["ended": true])
        #expect(story.log == ["60 opened stuck A", "70 resolved stuck A", "70 resolved alarm A"])
    }

    @Test("A stage and a detector that were added leave the others their memory")
    func added() throws {
        let story = try story()
        let report = try story.restart([
            liftPipeline([
                DropRepeats(of: \.event, within: .minutes(1)), alarm(), alarm("second"), stuck(),
            ])
        ])
        #expect(report.count == 3)
        #expect(report.allSatisfy { $0.hasSuffix("is new or changed, it starts anew") })
        try story.say(at: 60, ["stuck": true])
        #expect(story.log == ["60 opened stuck A"])
    }

    @Test("A detector that was renamed starts anew, and what the old one knew is reported")
    func renamed() throws {
        let story = try story()
        let report = try story.restart([liftPipeline([stuck("trapped"), alarm("call")])])
        #expect(report.contains { $0.contains("/stuck") && $0.contains("is gone") })
        #expect(report.contains { $0.contains("case CASE_") && $0.contains("\"alarm\"") })
        #expect(report.contains { $0.contains("/trapped") && $0.contains("starts anew") })
        try story.say(from: 60, to: 110, every: 10, ["stuck": true])
        #expect(story.log == [])
        try story.say(at: 120, ["stuck": true])
        #expect(story.log == ["120 opened trapped A"])
    }

    @Test("A pipeline that is gone is reported, and the others go on")
    func pipelineGone() throws {
        let story = try Story([liftPipeline(named: "one", [stuck()]), liftPipeline(named: "two", [stuck()])])
        try story.say(from: 0, to: 50, every: 10, ["stuck": true])
        #expect(
            try story.restart([
                liftPipeline(named: "two", [stuck()]), liftPipeline(named: "three", [stuck()]),
            ])
                == ["pipeline \"one\" is gone: what it knew of its devices is dropped"]
        )
        try story.say(at: 60, ["stuck": true])
        #expect(story.log == ["60 opened stuck A"])
        #expect(story.engine.devices.map(\.count) == [1, 1])
    }

    @Test("What a new version finds due is found without waiting for the device's next word")
    func dueAtOnce() throws {
        let story = try Story([liftPipeline([detect("silent") { Silent(for: .hours(10)) }])])
        try story.say(at: 0)
        try story.tick(at: 3600)
        try story.restart([
            liftPipeline([
                detect("silent") { Silent(for: .minutes(30)) }, detect("mute") { Silent(for: .minutes(5)) },
            ])
        ])
        try story.tick(at: 3601)
        #expect(story.log == ["3600 opened silent A", "3600 opened mute A"])
    }

    @Test("A reading of another form is not taken for one of today's")
    func otherReading() throws {
        let story = try Story([
            liftPipeline(
                order: .seconds(10),
                [Derive(LoadChange.self, with: LoadStep()) { change() }, alarm()]
            )
        ])
        try story.say(at: 0, ["pressed": true])
        try story.tick(at: 30)
        #expect(story.log == ["15 opened alarm A"])
        // This one still waits for its turn, and is lost with its form.
        try story.say(at: 31, ["load": 700])
        let report = try story.restart([otherLifts()])
        #expect(report.contains { $0.contains("Lift ") && $0.contains("is gone") })
        #expect(report.contains { $0.contains("OtherLift") && $0.contains("starts anew") })
        try story.say(at: 40, ["ended": true])
        #expect(story.log.contains("40 resolved alarm A"))
    }

    private func change() -> Detect<LoadChange> {
        Detect("jump", severity: .info) {
            Happens(\.isJump)
        } react: {
            Note(in: "desk") { "\($0.reading.lift)" }
        }
    }

    /// The same names at other places.
    struct OtherLift: Reading {
        var isEnded = false
        var isPressed = false
        var lift = Name()

        static var fields: [Field<Self>] {
            Field("pressed", \.isPressed, missing: .keepsInitialValue)
            Field("lift", \.lift)
            Field("ended", \.isEnded, missing: .keepsInitialValue)
        }
    }

    private func otherLifts() -> Pipeline {
        Pipeline("lifts", reading: OtherLift.self) {
            Listen(to: "lifts/{lift}")
            Identify(by: \.lift, as: "lift")
            Detect("alarm", severity: .warning) {
                Raised(\.isPressed, until: \.isEnded)
            } react: {
                OpenCase(in: "desk") { "\($0.reading.lift)" }
            }
        }
    }

    @Test("Bytes that are no snapshot, or of another format, are refused with a reason")
    func refused() throws {
        func problem(_ bytes: [UInt8]) -> SnapshotProblem? {
            do {
                _ = try Engine(PropertyTests.pipelines).restore(bytes)
                return nil
            } catch {
                return error
            }
        }
        #expect(problem([]) == .truncated(at: 0))
        #expect(problem([1, 2, 3, 4, 5]) == .notASnapshot)
        let snapshot = Engine(PropertyTests.pipelines).snapshot()
        #expect(problem(snapshot) == nil)
        #expect(problem([UInt8](snapshot.prefix(4)) + [9, 0, 0, 0]) == .otherFormat(9))
        for problem in [.notASnapshot, .otherFormat(9), .truncated(at: 7), .namesTaken, .malformed("x")]
            as [SnapshotProblem]
        {
            #expect(!problem.description.isEmpty)
        }
    }

    @Test("A snapshot of a format before this one is read", arguments: [4, 5] as [UInt8])
    func formatBefore(format: UInt8) throws {
        var snapshot = Engine(PropertyTests.pipelines).snapshot()
        #expect(snapshot[4] == 6)
        // Without a silence and a case nothing else differs.
        snapshot[4] = format
        #expect(try Engine(PropertyTests.pipelines).restore(snapshot) == [])
    }

    @Test("A case from before it was kept who was ever asked is read")
    func caseBefore() throws {
        let file = CaseFile(
            key: "CASE_1",
            pipeline: 0,
            detector: 0,
            subject: "A",
            site: nil,
            severity: .critical,
            begunAt: Story.start,
            openedAt: Story.start,
            reading: []
        )
        file.noteAsked("tech", by: "MSG_1")
        file.asks = [.init(person: "w1", notice: "MSG_2", question: .wellbeing, at: Story.at(5))]
        file.everAsked = []
        var writer = SnapshotWriter()
        file.write(to: &writer)
        // Three empty lists and a status that is not there end it.
        let bytes = writer.bytes.dropLast(13)
        let read = try bytes.withUnsafeBytes { buffer in
            var reader = SnapshotReader(buffer)
            reader.format = 5
            let read = try CaseFile(from: &reader)
            #expect(reader.position == buffer.count)
            return read
        }
        #expect(read.everAsked == ["tech"])
        #expect(read.askedHow == [CaseFile.AskedHow(person: "w1", at: Story.at(5))])
    }

    /// Without models and transformers: whether their memories are whole is for the store's checksums to say.
    static let pipelines = PipelineSet(Weather.pipelines(withMemories: false))

    static func snapshot() throws -> [UInt8] {
        try PropertyTests.run(PropertyTests.entries(71, 400), on: Engine(pipelines)).engine.snapshot()
    }

    @Test("A snapshot that was cut off is refused wherever it was cut")
    func cut() throws {
        let snapshot = try Self.snapshot()
        for length in stride(from: 0, to: snapshot.count, by: 97) {
            #expect(throws: SnapshotProblem.self) {
                try Engine(Self.pipelines).restore([UInt8](snapshot.prefix(length)))
            }
        }
    }

    @Test("A snapshot with changed bytes is refused, or the engine goes on without a crash")
    func changed() throws {
        var dice = Dice(seed: 72)
        let snapshot = try Self.snapshot()
        let more = try PropertyTests.entries(71, 450).suffix(50)
        var refused = 0
        let known = NameTable.shared.count
        for _ in 0..<200 {
            var bytes = snapshot
            for _ in 0...dice.below(3) {
                bytes[dice.below(bytes.count)] = dice.pick([0, 1, 0x7F, 0x80, 0xFF, UInt8(dice.below(256))])
            }
            let engine = Engine(Self.pipelines)
            do {
                _ = try engine.restore(bytes)
                for entry in more { _ = try engine.apply(entry) }
                _ = engine.snapshot()
            } catch is SnapshotProblem {
                refused += 1
            }
        }
        #expect(refused > 40)
        // Other tests, which run at the same time, learn names that people can read.
        let damaged = (known..<NameTable.shared.count).filter { index in
            Name(index: UInt32(index)).text.unicodeScalars.contains { scalar in
                scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0xFFFD
            }
        }
        #expect(damaged.count < 200, "damaged snapshots leave names behind")
    }

    @Test("The record of an elevator with five detectors is at most 1 KB")
    func recordSize() throws {
        let story = try Story(
            DropRepeats(of: \.sequence, within: .minutes(10)),
            Drop("technician", when: \.isInspected),
            stuck(),
            detect("outage", clearsAfter: .minutes(10)) { Holds(\.isEnded, for: .minutes(3)) },
            detect("flapping") { Flaps(\.isEnded, atLeast: 4, within: .hours(1)) },
            detect("drifting") { Unusual(\.load, to: .slowDrift(warmUp: .weeks(2))) },
            detect("silent") { Silent(for: .minutes(15)) },
            order: .seconds(10)
        )
        let size = story.engine.units[0].program.recordSize
        #expect(size <= 1024, "\(size) bytes")
        #expect(size > 256)
    }
}
