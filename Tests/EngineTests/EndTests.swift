import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

@Suite("Who hears the end, and when it is one")
struct EndTests {
    /// The roles of whom a case speaks to besides its audience.
    private static func house() -> Directory {
        var house = Directory.house(lifts: DisciplineTests.lifts, tenants: ["t1"])
        house.people.append(.init(id: "kin", name: "N", phone: "+33620000009"))
        house.relations.append(.init(role: "relative", person: "kin", scope: ""))
        return house
    }

    /// Both contacts hear the end in their own words.
    private static func fall() -> Detect<Lift> {
        Detect("fall", severity: .critical) {
            Raised(\.isPressed, until: \.isEnded)
        } react: {
            Ask(.wearer, waiting: .minutes(2)) { _ in "All well?" }
            OpenCase(in: "care") { _ in "Fall" }
            Text("technician", when: .cleared) { _ in "Taken back" }
            Text("dispatcher", when: .cleared) { _ in "Taken back" }
            Escalate(.technicianFirst) { _ in "Fall" }
        }
    }

    private static func outage(_ contact: Contact, at hours: Hours = .waking) -> Detect<Lift> {
        Detect("outage", severity: .warning) {
            Holds(\.isStuck, for: .zero)
        } react: {
            OpenCase(in: "desk") { "Outage \($0.reading.lift)" }
            Text(contact, at: hours) { "Out \($0.reading.lift)" }
            Text(contact, when: .cleared) { "Back \($0.reading.lift)" }
            Inform(Audience("tenant"), by: .sixTexts)
        }
    }

    // MARK: - To whom

    @Test("Nobody hears that an alert was taken back who heard of none")
    func neverAlerted() throws {
        let story = try Story(Self.fall(), directory: Self.house())
        try story.say(at: 0, ["pressed": true])
        try story.reply("OK", from: Phone.wearer, at: 30)
        _ = story.log
        try story.say(at: 50, ["ended": true])
        #expect(story.log == [])
        try story.survivesRestarts()
    }

    @Test("Who was asked hears that the alert was taken back; who was not yet, and who heard the end, do not")
    func takenBack() throws {
        let story = try Story(Self.fall(), directory: Self.house())
        try story.say(at: 0, ["pressed": true])
        try story.tick(at: 121)
        _ = story.log
        try story.say(at: 130, ["ended": true])
        #expect(story.log == ["130 updated fall A", "130 cleared to tech"])
        #expect(story.notices.last?.follows == story.notices.filter { $0.phase == "ask-1" }.map(\.id))
        try story.survivesRestarts()
        let closed = try Story(Self.fall(), directory: Self.house())
        try closed.say(at: 0, ["pressed": true])
        try closed.tick(at: 121)
        try closed.update(.closed, at: 125)
        _ = closed.log
        try closed.say(at: 130, ["ended": true])
        #expect(closed.log == ["130 updated fall A"])
    }

    @Test("Who was told that it began hears the end, whoever is on duty by then")
    func rotaChanges() throws {
        var house = Self.house()
        house.relations.removeAll { $0.role == "technician" }
        house.relations += [
            .init(role: "technician", person: "tech", scope: "", duty: .init(until: Story.at(3600))),
            .init(role: "technician", person: "kin", scope: "", duty: .init(from: Story.at(3600))),
        ]
        let story = try Story(Self.outage("technician"), directory: house)
        try story.say(at: 0, ["stuck": true])
        _ = story.log
        try story.say(at: 5000)
        #expect(story.log == ["5000 resolved outage A", "5000 cleared to tech", "5000 cleared to t1"])
        try story.survivesRestarts()
    }

    @Test("A case of a snapshot that does not know whom texts told ends for those who have the role")
    func olderSnapshot() throws {
        let story = try Story(Self.outage("technician"), directory: Self.house())
        try story.say(at: 0, ["stuck": true])
        let file = try #require(story.engine.casebook[story.caseKey])
        let told = file.told
        #expect(told.map(\.person) == ["tech"])
        file.told = []
        story.engine.noteThoseTold(file)
        #expect(file.told == told)
    }

    @Test("Whom the first text did not reach does not hear the end, unless it arrives after all")
    func unreached() throws {
        for isLate in [false, true] {
            let story = try Story(Self.outage("technician"), directory: Self.house())
            try story.say(at: 0, ["stuck": true])
            try story.receipt(.failed, to: "tech", at: 5)
            if isLate { try story.receipt(.delivered, to: "tech", at: 6) }
            try story.say(at: 20)
            #expect(story.log.contains("20 cleared to tech") == isLate)
            try story.survivesRestarts()
        }
    }

    @Test("After STOP and REPRISE the end is told; after STOP alone it is said why it is not")
    func backAgain() throws {
        for isBack in [true, false] {
            let story = try Story(Detect.outage(), directory: .house(tenants: ["t1"]))
            try story.say(at: 0, ["stuck": true])
            try story.reply("STOP", from: Phone.tenant1, at: 10)
            if isBack { try story.reply("REPRISE", from: Phone.tenant1, at: 20) }
            _ = story.log
            try story.say(at: 30)
            #expect(
                story.log == ["30 resolved outage A", isBack ? "30 cleared to t1" : "30 held: unsubscribed"]
            )
            try story.survivesRestarts()
        }
    }

    // MARK: - Those whose work it is

    @Test("Whose work it is, and what cannot wait, is never capped; relatives and tenants are")
    func caps() throws {
        let discipline = Discipline(quiet: .never, hourly: 1, daily: 10)
        for (contact, hours, isCapped) in [
            ("technician", Hours.waking, false), ("relative", .anyHour, false), ("relative", .waking, true),
        ] as [(Contact, Hours, Bool)] {
            let story = try Story(
                Self.outage(contact, at: hours),
                directory: Self.house(),
                discipline: discipline
            )
            for (index, lift) in ["A", "B", "C"].enumerated() {
                try story.say(lift, at: Double(index) * 10, ["stuck": true])
            }
            let person = contact == "technician" ? "tech" : "kin"
            #expect(story.texts(to: person) == (isCapped ? ["Out A"] : ["Out A", "Out B", "Out C"]))
            #expect(story.texts(to: "t1").count == 1)
            try story.survivesRestarts()
        }
    }

    @Test("Several messages of one night are several in the morning for those whose work it is")
    func morning() throws {
        let story = try Story(Self.outage("technician"), directory: Self.house())
        for (index, lift) in ["A", "B", "C"].enumerated() {
            try story.say(lift, at: DisciplineTests.night + Double(index), ["stuck": true])
        }
        #expect(story.texts(to: "tech") == ["Out A", "Out B", "Out C"])
    }

    @Test("STOP silences neither what is somebody's work nor what they are asked")
    func stop() throws {
        let story = try Story(
            Self.outage("technician"),
            Detect.stuck(.warning, by: .relativeFirst),
            directory: Self.house()
        )
        try story.reply("STOP", from: "+33620000009", at: 1)
        try story.reply("STOP", from: Phone.technician, at: 2)
        try story.reply("STOP", from: Phone.tenant1, at: 3)
        _ = story.log
        try story.say(at: 10, ["stuck": true])
        try story.say("B", at: 20, ["pressed": true])
        #expect(
            story.log == [
                "10 opened outage A", "10 begins to tech", "10 held: unsubscribed",
                "20 opened stuck B", "20 updated stuck B", "20 ask-1 to kin",
            ]
        )
        try story.say("B", at: 30, ["ended": true])
        #expect(story.log == ["30 resolved stuck B", "30 over to kin"])
        try story.survivesRestarts()
    }

    @Test("STOP below a text that is somebody's work is for the team to settle")
    func stopAtWork() throws {
        let story = try Story(Self.outage("technician"), directory: Self.house())
        try story.say(at: 0, ["stuck": true])
        _ = story.log
        try story.reply("STOP", from: Phone.technician, id: "x", at: 10)
        #expect(story.log == ["10 noted reply tech", "10 reply x to tech"])
        #expect(story.interactions.last?.kind == .task)
    }

    // MARK: - Digests

    @Test("What waits for a digest makes nobody one of an audience that they are not of")
    func digestOfAnother() throws {
        let story = try Story(
            Self.outage("relative"),
            directory: Self.house(),
            discipline: Discipline(quiet: .never, hourly: 1, daily: 10)
        )
        try story.say("A", at: 0, ["stuck": true])
        try story.say("B", at: 10, ["stuck": true])
        try story.tick(at: 3601)
        try story.say("B", at: 3700)
        #expect(story.texts(to: "kin") == ["Out A", "Out B", "Back B"])
        #expect(story.texts(to: "t1").map { $0.prefix(4) } == ["OUT,", "OUT,", "BACK"])
        try story.survivesRestarts()
    }

    @Test("What opens no case is called in a digest as on a watch, and has one full stop")
    func digestTitles() throws {
        let story = try Story(
            Detect("outage", severity: .warning) {
                Holds(\.isStuck, for: .zero)
            } react: {
                Text("relative") { "Out \($0.reading.lift)" }
                Watch(french: "En panne.", english: "Out.")
            },
            directory: Self.house(),
            discipline: Discipline(quiet: .never, hourly: 1, daily: 10)
        )
        for lift in ["A", "B", "C"] { try story.say(lift, at: 0, ["stuck": true]) }
        try story.tick(at: 3601)
        #expect(
            story.texts(to: "kin").last
                == "2 messages : Ascenseur B : En panne ; Ascenseur C : En panne."
        )
        try story.survivesRestarts()
    }

    // MARK: - A person's word, and the sensor's

    @Test(
        "What is called over while the sensor sees it is resolved, and open again when the sensor goes on",
        arguments: [CaseUpdate.Status.closed, .cancelled, .resolved]
    )
    func closedTooEarly(status: CaseUpdate.Status) throws {
        let story = try Story(Detect.outage(), directory: .house(tenants: ["t1"]))
        try story.say(at: 0, ["stuck": true])
        _ = story.log
        try story.update(status, by: CaseUpdate.crm, at: 60)
        try story.say(from: 100, to: 1000, every: 100, ["stuck": true])
        #expect(
            story.log == ["60 resolved outage A", "960 held: not confirmed", "960 reopened outage A"]
        )
        try story.say(at: 1100)
        #expect(story.log == ["1100 resolved outage A", "1100 cleared-2 to t1"])
        try story.survivesRestarts()
    }

    @Test("What is closed while the sensor sees it is closed when that sees it no more, or says nothing")
    func closedAndConfirmed() throws {
        let story = try Story(Detect.outage(), directory: .house(tenants: ["t1"]))
        try story.say(at: 0, ["stuck": true])
        try story.update(.resolved, at: 50)
        _ = story.log
        try story.update(.closed, at: 60)
        #expect(story.log == ["60 noted outage A"])
        try story.say(at: 100)
        #expect(story.log == ["100 closed outage A", "100 cleared to t1"])
        #expect(story.interactions.last?.by == "Anne")
        try story.survivesRestarts()
        let silent = try Story(Detect.outage(), directory: .house(tenants: ["t1"]))
        try silent.say(at: 0, ["stuck": true])
        try silent.update(.closed, at: 60)
        _ = silent.log
        try silent.tick(at: 5000)
        #expect(silent.log == ["960 closed outage A", "960 cleared to t1"])
        try silent.survivesRestarts()
    }

    @Test("A person who cancels it overrules the sensor")
    func cancelled() throws {
        let story = try Story(Detect.outage(), directory: .house(tenants: ["t1"]))
        try story.say(at: 0, ["stuck": true])
        _ = story.log
        try story.update(.cancelled, at: 60)
        #expect(story.log == ["60 cancelled outage A", "60 cleared to t1"])
    }

    @Test("What was resolved by a person and by silence can be closed days later")
    func closedLater() throws {
        let story = try Story(Detect.outage(), directory: .house(tenants: ["t1"]))
        try story.say(at: 0, ["stuck": true])
        try story.update(.resolved, at: 60)
        try story.tick(at: 5000)
        _ = story.log
        try story.update(.closed, at: 200_000)
        #expect(story.log == ["200000 closed outage A"])
    }

    @Test("FINI does not close what threatens a life while the sensor sees it")
    func doneTooEarly() throws {
        func story(_ sense: (Story) throws -> Void) throws -> [String] {
            let story = try Story(Detect.danger(), directory: .house(tenants: ["t1"]))
            try story.say(at: 0, ["stuck": true])
            try story.reply("1", from: Phone.technician, at: 10)
            _ = story.log
            try story.reply("c'est fait", from: Phone.technician, at: 20)
            #expect(story.log == ["20 noted danger A", "20 resolved danger A"])
            try sense(story)
            try story.survivesRestarts()
            return story.log
        }
        #expect(
            try story { try $0.say(from: 100, to: 1000, every: 100, ["stuck": true]) }
                == [
                    "920 held: not confirmed", "920 reopened danger A", "920 updated danger A",
                    "920 ask-1-2 to tech",
                ]
        )
        #expect(
            try story { try $0.say(at: 100) }
                == ["100 updated danger A", "100 closed danger A", "100 cleared to t1"]
        )
        #expect(try story { try $0.tick(at: 1000) } == ["920 closed danger A", "920 cleared to t1"])
    }

    // MARK: - Taken up again

    @Test("What threatens a life and is taken up again does not wait, and somebody looks whether they arrive")
    func takenUpAgain() throws {
        func story() throws -> Story {
            let story = try Story(Detect.stuck(), directory: .house())
            try story.say(at: 0, ["pressed": true])
            try story.update(.inProgress, by: "Bob", at: 20)
            try story.update(.resolved, by: "Inès", at: 40)
            _ = story.log
            return story
        }
        let waiting = try story()
        try waiting.update(.pending, by: "Bob", at: 720)
        #expect(waiting.log == ["720 noted stuck A"])
        #expect(waiting.interactions.last?.status == .resolved)
        for arrives in [false, true] {
            let story = try story()
            try story.update(.inProgress, id: "x", by: "Bob", at: 720)
            #expect(story.log == ["720 reopened stuck A"])
            if arrives { try story.update(.inProgress, id: "y", by: "Bob", at: 800) }
            try story.tick(at: 2000)
            #expect(story.log.contains("1920 ask-1-2 to tech") == !arrives)
            try story.survivesRestarts()
        }
    }

    @Test("What comes back under a silence waits, also while somebody works on it")
    func silencedInProgress() throws {
        let story = try Story(Detect.outage(), directory: .house(tenants: ["t1"]))
        try story.say(at: 0, ["stuck": true])
        try story.update(.inProgress, at: 10)
        try story.say(at: 20)
        try story.order(.silence(.init(), until: Story.at(3600)), at: 30)
        _ = story.log
        try story.say(at: 40, ["stuck": true])
        try story.say(at: 50)
        #expect(story.log == ["40 held: silenced", "50 held: over before told"])
        try story.tick(at: 20_000)
        #expect(story.log == ["14450 resolved outage A"])
        try story.survivesRestarts()
    }
}

extension Escalation {
    fileprivate static let relativeFirst = Escalation("kin", arrivalWithin: .minutes(20)) {
        Ask("relative")
        Wait(.minutes(5))
    } lastResort: {
        Keep(asking: "dispatcher", every: .minutes(5))
    }
}
