import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

/// The texts of a pipeline, tried before anybody reads them.
@Suite("Texts")
struct TextTests {
    private static let zone = CivilZone.paris

    private static let news = Announcement(wordWithin: .hours(2)) {
        "\($0.subjectName), \($0.address), en panne depuis \($0.since). Suite avant \($0.nextWord)."
    } onTheWay: {
        "\($0.subjectName) : on y travaille."
    } estimated: {
        "\($0.subjectName) : vers \($0.estimate)."
    } delayed: {
        "\($0.subjectName) : plus tard. Prochain message avant \($0.nextWord)."
    } stillOpen: {
        "\($0.subjectName) : toujours. Prochain message avant \($0.nextWord)."
    } cleared: {
        "\($0.subjectName) : terminé à \($0.at)."
    }

    private static func sound(privacy: PrivacyClass = .technical) -> Pipeline {
        Pipeline("samples", reading: Sample.self, privacy: privacy) {
            Listen(to: "a/{device}/b")
            Identify(by: \.device)
            Detect("open", severity: .critical, file: "Pipelines/S.swift", line: 20) {
                Holds(\.isOpen, for: .minutes(2))
            } react: {
                Ask(.wearer, waiting: .minutes(1)) { _ in "Tout va bien ? Répondez 1. Urgence : 15/112." }
                OpenCase(in: "desk") { "\($0.name) ouvert depuis \($0.since), \($0.reading.load)" }
                Text("caretaker", when: .cleared) { "\($0.name) : fermé à \($0.at)." }
                Inform(Audience("tenant"), by: news)
                Escalate(.trial) {
                    "\($0.name) : répondez 1 \(.code). Contact suivant à \($0.nextAt). Urgence : 15/112."
                }
                Watch(french: "Porte ouverte", english: "Door open")
            }
        }
    }

    private func texts(_ pipeline: Pipeline) -> [PlannedText] {
        pipeline.plan.texts.flatMap { $0.texts ?? [] }
    }

    @Test("Every text is there, in the order of the file, with what it is for")
    func all() {
        let texts = texts(Self.sound())
        #expect(
            texts.map(\.name) == [
                "question to wearer", "case in desk", "text to caretaker, when it is over",
                "news to every tenant: begin", "news to every tenant: on the way",
                "news to every tenant: estimate", "news to every tenant: delay",
                "news to every tenant: promised word", "news to every tenant: end", "question of \"trial\"",
            ]
        )
        let purposes = texts.map { $0.use?.purpose }
        #expect(purposes == [.question, nil, .reply] + Array(repeating: .service, count: 6) + [.alert])
        #expect(texts.map { $0.use?.expectsReply ?? false }.count { $0 } == 2)
        #expect(Self.sound().plan.textProblems(zone: Self.zone) == [])
        #expect(
            Self.sound(privacy: .health).plan.textProblems(zone: Self.zone).map(\.text).contains {
                $0.contains("is an address")
            }
        )
    }

    @Test(
        "By day the clock alone serves; what may be written days later, or promises the next day, says the day"
    )
    func trials() throws {
        let texts = texts(Self.sound())
        let subject = SampleSubject(name: "Porte 3", address: "4 rue Haute")
        let begin = texts[3]
        let day = begin.text(about: subject, in: .day, zone: Self.zone).french
        #expect(day == "Porte 3, 4 rue Haute, en panne depuis 09h14. Suite avant 11h16.")
        let night = begin.text(about: subject, in: .night, zone: Self.zone).french
        #expect(night == "Porte 3, 4 rue Haute, en panne depuis 09h14. Suite avant le 30 sept. à 09h16.")
        let question = try #require(texts.last).text(about: subject, in: .night, zone: Self.zone).french
        #expect(question.contains("Contact suivant à 20h26."))
        #expect(
            texts[1].text(about: subject, in: .day, zone: Self.zone).french
                == "Porte 3 ouvert depuis 09h14, 0 kg"
        )
    }

    @Test("Each problem is told once, with the place of its detector, and what it is the text of")
    func problems() {
        let wrong = Pipeline("samples", reading: Sample.self) {
            Listen(to: "a/{device}/b")
            Identify(by: \.device)
            Detect("open", severity: .critical, file: "Pipelines/S.swift", line: 20) {
                Happens(\.isOpen)
            } react: {
                Text("caretaker") { _ in French("Arrêté. Infos : bit.ly/3xY") }
                Escalate(.trial) {
                    "\($0.name), \($0.address) : \(String(repeating: "a", count: 90)). Répondez 1."
                }
            }
        }
        #expect(
            wrong.plan.textProblems(zone: Self.zone).map(\.description) == [
                "Pipelines/S.swift:20: warning: \"open\", text to caretaker: French text: readers will see \"ê\" (character 4, as \"e\")",
                "Pipelines/S.swift:20: error: \"open\", text to caretaker: French text: \"bit.ly\" shortens links; operators take such messages for spam; write the whole address",
                "Pipelines/S.swift:20: error: \"open\", text to caretaker: French text: the link \"bit.ly/3xY\" stands in a text that asks for an answer; operators block such messages; leave the link out",
                "Pipelines/S.swift:20: error: \"open\", text to caretaker: French text: it expects an answer, but does not say which; expected for example \"Répondez 1\" or \"Reply 1\"",
            ]
        )
        let named = SampleSubject(name: String(repeating: "N", count: 60), address: "1 rue Haute")
        let long = wrong.plan.textProblems(longest: named, zone: Self.zone).map(\.text)
        #expect(
            long.contains { $0.contains("2 parts (179 septets) with a name of 60 characters") },
            "\(long)"
        )
    }

    @Test(
        "Readings that a transformer makes need a sample; without one the texts are not tried, and that is said"
    )
    func samples() throws {
        let derived = pipeline {
            Listen(to: "a/{device}/b")
            Identify(by: \.device)
            Derive(Sample.self, with: Same()) { detector("without") }
            Derive(Sample.self, with: Shown()) { detector("with") }
        }
        let problems = derived.plan.textProblems(zone: Self.zone)
        #expect(problems.map(\.kind) == [.warning])
        #expect(
            problems.first?.text
                == "the texts of \"without\" cannot be tried: no Sample is known; add static var sample to the transformer that makes it"
        )
        let shown = try #require(derived.plan.texts.last?.texts?.first)
        let subject = SampleSubject(name: "Porte", address: "")
        #expect(shown.text(about: subject, in: .day, zone: Self.zone).french == "Porte is open")
    }

    @Test(
        "A watch shows the line that is given below the name, or else the title of the case; what does not fit is told"
    )
    func watch() throws {
        let subject = SampleSubject(name: "Porte 3", address: "")
        let watch = try #require(Self.sound().plan.texts.first?.watch)
        let words = watch.words(about: subject, in: .day, zone: Self.zone)
        #expect((words.title.english, words.line.english) == ("Porte 3", "Door open"))
        let plain = pipeline {
            Listen(to: "a/{device}/b")
            Identify(by: \.device)
            Detect("open", severity: .warning) {
                Happens(\.isOpen)
            } react: {
                OpenCase(in: "desk") { "\($0.name) est ouvert" }
                Text("caretaker") { "\($0.name) est ouvert" }
            }
            detector("told to nobody")
        }
        let usual = try #require(plain.plan.texts.first?.watch).words(
            about: subject,
            in: .day,
            zone: Self.zone
        )
        #expect((usual.title.french, usual.line.french) == ("Porte 3", "Porte 3 est ouvert"))
        #expect(plain.plan.texts.last?.watch == nil)
        #expect(plain.plan.textProblems(zone: Self.zone) == [])
        let long = SampleSubject(name: String(repeating: "N", count: 32), address: "")
        let problems = plain.plan.textProblems(longest: long, zone: Self.zone)
        #expect(problems.map(\.kind) == Array(repeating: .warning, count: 4))
        #expect(
            problems.first?.text
                == "\"open\", watch: French text: the title of the watch form has 32 characters, at most 20 fit; word it shorter, nothing is cut (with a name of 32 characters)"
        )
    }

    @Test("A watch alone tells nobody, and a second one has nothing to say")
    func watchProblems() {
        func problems(@ReactionBuilder<Sample> _ react: () -> [any Reaction<Sample>]) -> [String] {
            pipeline {
                Listen(to: "a/{device}/b")
                Identify(by: \.device)
                Detect("open", severity: .warning, { Happens(\.isOpen) }, react: react)
            }.texts
        }
        #expect(
            problems { Watch(french: "A", english: "A") } == [
                "\"open\" reacts with nothing; nobody would learn of it"
            ]
        )
        #expect(
            problems {
                Note(in: "desk") { _ in "A" }
                Watch(french: "A", english: "A")
                Watch { _ in "B" }
            } == ["\"open\" has 2 Watch; one holds for all that it says"]
        )
    }
}

/// Hands every reading on, and says what one looks like.
private struct Shown: Transformer {
    static var sample: Sample? { Sample() }

    mutating func step(_ reading: Sample) -> Sample? { reading }
}

extension Escalation {
    fileprivate static let trial = Escalation("trial", arrivalWithin: .hours(1)) {
        Ask("caretaker")
        Wait(.minutes(10))
    } lastResort: {
        Keep(asking: "dispatcher", every: .minutes(5))
    }
}
