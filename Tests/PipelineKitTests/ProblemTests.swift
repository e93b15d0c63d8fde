import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

/// What `vigie check` says about a pipeline that the compiler accepts.
@Suite("Problems")
struct ProblemTests {
    @Test("A sound pipeline has none")
    func sound() {
        let sound = pipeline {
            Listen(to: "a/{device}/b")
            Identify(by: \.device)
            Order(by: \.measuredAt, waiting: .seconds(1))
            DropRepeats(of: \.sequence, within: .minutes(1))
            Reject(\.load, below: .zero, above: .kilograms(500))
            detector()
        }
        #expect(sound.problems == [])
        #expect(sound.subscriptions == ["a/+/b"])
    }

    @Test("All problems are told at once, each with its line")
    func allAtOnce() throws {
        let wrong = Pipeline("samples", reading: Sample.self) {
            Listen(to: "a/#/b", file: "Pipelines/S.swift", line: 20)
            Drop("", when: \.isOpen, file: "Pipelines/S.swift", line: 30)
            Reject(\.load, below: .kilograms(9), above: .zero, file: "Pipelines/S.swift", line: 31)
        }
        let lines = wrong.problems.filter { $0.place.file == "Pipelines/S.swift" }.map(\.description)
        #expect(
            lines == [
                "Pipelines/S.swift:20: error: '#' is only allowed as the last level of a topic filter, found \"a/#/b\"",
                "Pipelines/S.swift:30: error: a drop needs its reason; it is counted by it",
                "Pipelines/S.swift:31: error: Reject leaves nothing: below 9.0 and above 0.0",
            ]
        )
        #expect(
            wrong.texts.contains("\"samples\" does not say whose readings these are; add Identify(by: …)")
        )
        #expect(wrong.texts.contains("\"samples\" detects nothing"))
    }

    @Test("Two Listen that take the same topic are told: its messages would be read twice")
    func overlappingListens() {
        let twice = pipeline {
            Listen(to: "a/{device}/b")
            Listen(to: "c/+/b", line: 7)
            Listen(to: "+/{device}/b", line: 9)
            Identify(by: \.device)
            detector()
        }
        let problems = twice.problems.filter { $0.place.line == 9 }.map(\.text)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("\"+/+/b\" takes topics that line ") == true)
        #expect(twice.problems.filter { $0.place.line == 7 }.isEmpty)
    }

    @Test(
        "A topic filter is looked at before the broker sees it",
        arguments: [
            ("", "the topic filter is empty; write the topic that the devices send on"),
            ("a/b+", "a level is a word, '+', '#' or '{name}', found \"b+\" in \"a/b+\""),
            (
                "a/{device}/{device}",
                "each name stands once in a topic filter, found {device} twice in \"a/{device}/{device}\""
            ),
            (
                "a/{room}/b",
                "{room} fills no field of the reading; its fields: device, load, open, seq, ts"
            ),
        ]
    )
    func filters(_ filter: String, _ text: String) {
        let wrong = pipeline {
            Listen(to: filter)
            Identify(by: \.device)
            detector()
        }
        #expect(wrong.texts.contains(text), "\(wrong.texts)")
    }

    @Test("A pipeline needs a name, a topic, a subject, and what it is for")
    func shape() {
        let empty = pipeline("") { Drop("open", when: \.isOpen) }
        #expect(
            empty.texts.sorted()
                == [
                    "\"\" detects nothing",
                    "\"\" does not say whose readings these are; add Identify(by: …)",
                    "\"\" listens to nothing; begin with Listen(to: …)",
                    "a pipeline needs a name; ids and state are kept by it",
                ].sorted()
        )
    }

    @Test("What is dropped as of another kind needs the kind")
    func others() {
        let wrong = pipeline {
            Listen(to: "a/{device}")
            Identify(by: \.device, others: .dropped)
            detector()
        }
        #expect(wrong.texts == ["others: .dropped needs the kind of asset that is not dropped; add as: …"])
    }

    @Test("A bare payload goes to a field that is there")
    func bare() {
        let wrong = pipeline {
            Listen(to: "a/{device}", as: .bare(field: "weight"))
            Identify(by: \.device)
            detector()
        }
        #expect(wrong.texts == ["the payload goes to \"weight\", which is not in the reading's table"])
    }

    @Test("Where readings come from stands first and once")
    func head() {
        let wrong = pipeline {
            Listen(to: "a/{device}")
            Identify(by: \.device)
            Identify(by: \.device)
            Order(by: \.measuredAt, waiting: .hours(2))
            Order(by: \.measuredAt, waiting: .zero)
            detector()
            Listen(to: "b/{device}")
            Derive(Sample.self, with: Same()) {
                Order(by: \.measuredAt, waiting: .zero)
                detector("inner")
            }
        }
        #expect(wrong.texts.contains { $0.hasPrefix("a pipeline identifies once; the first is at line ") })
        #expect(wrong.texts.contains { $0.hasPrefix("a pipeline orders once; the first is at line ") })
        #expect(wrong.texts.contains { $0.hasPrefix("waiting must be between zero and an hour, found ") })
        #expect(wrong.texts.contains("Listen belongs before the stages that look at readings; move it up"))
        #expect(wrong.texts.contains("Order belongs at the beginning of the pipeline, found inside Derive"))
        #expect(wrong.problems.count == 5, "\(wrong.texts)")
    }

    @Test("What lies in a reading is stored there, not computed")
    func computed() {
        let wrong = pipeline {
            Listen(to: "a/{device}")
            Identify(by: \.alias)
            Order(by: \.arrivedAt, waiting: .zero)
            DropRepeats(of: \.arrivedAt, within: .minutes(1))
            Enrich(\.alias, from: .name)
            detector()
        }
        for stage in ["Identify", "Order", "DropRepeats", "Enrich"] {
            let text = "\(stage) needs a stored property of the reading, found a computed one"
            #expect(wrong.texts.contains(text), "\(wrong.texts)")
        }
    }

    @Test("A detector has a name of its own, a sign and a reaction")
    func detectors() {
        let wrong = pipeline {
            Listen(to: "a/{device}")
            Identify(by: \.device)
            detector("open", line: 40)
            detector("open", line: 50)
            Detect("", severity: .info) {
            } react: {
            }
        }
        #expect(
            wrong.texts.contains("the detector \"open\" is there already, at line 40; ids are made of it")
        )
        #expect(wrong.texts.contains("a detector needs a name; ids are made of it"))
        #expect(wrong.texts.contains("\"\" looks for nothing; add a sign"))
        #expect(wrong.texts.contains("\"\" reacts with nothing; nobody would learn of it"))
        #expect(wrong.problems.count == 4, "\(wrong.texts)")
    }

    @Test("Two pipelines do not share a name")
    func names() {
        let set = PipelineSet([
            pipeline("doors", line: 7) {
                Listen(to: "a/{device}")
                Identify(by: \.device)
                detector()
            },
            pipeline("doors", line: 70) {
                Listen(to: "b/{device}")
                Identify(by: \.device)
                detector()
            },
        ])
        #expect(
            set.problems.map(\.description) == [
                "Pipelines/Samples.swift:70: error: the name \"doors\" is taken by Pipelines/Samples.swift:7; ids and state are kept by name"
            ]
        )
    }
}
