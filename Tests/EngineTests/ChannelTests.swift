import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

/// By which channels people are told, and what their watches show.
@Suite("Channels and watches")
struct ChannelTests {
    private static func stuck(title: Phrase = "Bloqué") -> Detect<Lift> {
        Detect("stuck", severity: .critical) {
            Raised(\.isPressed, until: \.isEnded)
        } react: {
            OpenCase(in: "desk") { _ in French(title) }
            Escalate(.watched) { "Stuck \($0.reading.lift), next at \($0.nextAt)" }
        }
    }

    private static func outage(watch: Phrase = "En panne") -> Detect<Lift> {
        Detect("outage", severity: .warning) {
            Raised(\.isPressed, until: \.isEnded)
        } react: {
            OpenCase(in: "desk") { "Outage \($0.reading.lift)" }
            Text("technician") { _ in "Outage" }
            Text("ghost") { _ in "Outage" }
            Inform(Audience("tenant"), by: Announcement(begins: { _ in "out" }, cleared: { _ in "back" }))
            Watch(french: watch, english: "Out of order")
        }
    }

    /// What a press of lift A and its end at noon make people read.
    private func notices(
        _ detector: Detect<Lift>,
        routing: Routing,
        _ more: (Engine) throws -> [Effect] = { _ in [] }
    ) throws -> (notices: [Notice], held: [Held]) {
        let pipelines = PipelineSet([liftPipeline([detector])], routing: routing)
        #expect(pipelines.problems.filter { $0.kind == .error } == [])
        let engine = Engine(pipelines)
        let noon = Story.at(0)
        var effects = try engine.apply(.directory(at: noon, json: Directory.house().json))
        for (name, seconds) in [("pressed", 1.0), ("ended", 60)] {
            let payload: JSON = [.init(name, true)].object
            effects += try engine.apply(
                .message(
                    Message(
                        topic: "lifts/A",
                        payload: payload.bytes,
                        flags: .qos1,
                        arrivedAt: Story.at(seconds)
                    )
                )
            )
        }
        effects += try more(engine)
        return (
            effects.compactMap { if case .notice(let notice) = $0 { notice } else { nil } },
            effects.compactMap { if case .held(let held) = $0 { held } else { nil } }
        )
    }

    @Test("Text only: one notice each, as before, with the form of a watch in it")
    func textOnly() throws {
        let (notices, _) = try notices(Self.outage(), routing: .textOnly)
        #expect(!notices.isEmpty && notices.allSatisfy { $0.channel == .text })
        let first = try #require(notices.first { $0.recipient == "tech" })
        let watch = try #require(first.watch)
        #expect((watch.title, watch.line) == ("Ascenseur A", "En panne"))
        #expect(watch.since == Story.at(1) && watch.severity == .warning && watch.actions == [])
        let end = try #require(notices.last { $0.role == "tenant" })
        #expect(end.watch?.state == "Terminé")
    }

    @Test(
        "Each channel gets a notice of its own with an id of its own; audiences get texts; a chat gets one card"
    )
    func several() throws {
        let routing = Routing(Routing.Rule(.warning, by: .text, .watch, .chat, .task))
        let (notices, _) = try notices(Self.outage(), routing: routing)
        #expect(Set(notices.map(\.id)).count == notices.count)
        let technician = notices.filter { $0.recipient == "tech" && $0.phase == "begins" }
        // Nothing is asked: nobody has to call.
        #expect(technician.map(\.channel) == [.text, .watch, .chat])
        #expect(Set(technician.map(\.text)).count == 1)
        #expect(notices.filter { $0.role == "tenant" }.allSatisfy { $0.channel == .text })
        let texts = try self.notices(Self.outage(), routing: .textOnly).notices
        #expect(Set(notices.filter { $0.channel == .text }.map(\.id)) == Set(texts.map(\.id)))
    }

    @Test("Who has no number is told by what needs none, and that is said")
    func noNumber() throws {
        let (notices, held) = try notices(
            Self.outage(),
            routing: Routing(Routing.Rule(.warning, by: .text, .watch))
        )
        #expect(notices.filter { $0.recipient == "mute" }.map(\.channel) == [.watch])
        #expect(held.contains { $0.reason == .noNumber && $0.recipient == "mute" })
        let only = try self.notices(Self.outage(), routing: .textOnly)
        #expect(!only.notices.contains { $0.recipient == "mute" })
        #expect(only.held.contains { $0.reason == .noNumber && $0.recipient == "mute" })
    }

    @Test("What does not fit a watch is refused whole, said, and told by text")
    func refused() throws {
        let long: Phrase = "Une ligne bien trop longue pour le cadran d'une montre"
        let (notices, held) = try notices(
            Self.outage(watch: long),
            routing: Routing(Routing.Rule(.warning, by: .watch))
        )
        let technician = notices.filter { $0.recipient == "tech" }
        #expect(technician.map(\.channel) == [.text])
        #expect(technician.allSatisfy { $0.watch == nil })
        #expect(held.contains { $0.reason == .noWatchForm && $0.recipient == "tech" })
    }

    @Test(
        "A life in danger is asked by text whatever the rules say, and by a task when an advisor shall call"
    )
    func lifeSafety() throws {
        let routing = Routing(Routing.Rule(.critical, by: .watch, .task))
        let (notices, _) = try notices(Self.stuck(), routing: routing)
        let asked = notices.filter { $0.recipient == "tech" && $0.phase == "ask-1" }
        #expect(asked.map(\.channel) == [.text, .watch, .task])
        #expect(asked.allSatisfy { $0.expectsReply && $0.urgency == .lifeSafety })
    }

    @Test("What a watch offers is what is asked: take it or not, then arrived or done, then nothing")
    func actions() throws {
        let (notices, _) = try notices(Self.stuck(), routing: .textOnly) { engine in
            var effects: [Effect] = []
            for (text, seconds) in [("1", 70.0), ("sur place", 90), ("fini", 200)] {
                let reply = Reply(id: text, from: "+33620000001", text: text, at: Story.at(seconds))
                effects += try engine.apply(.reply(reply))
            }
            return effects
        }
        let toTechnician = notices.filter { $0.recipient == "tech" }.map { $0.watch }
        #expect(toTechnician.first??.actions == [.ack, .decline])
        #expect(toTechnician.first??.line == "Bloqué")
        #expect(toTechnician.dropFirst().first??.actions == [.arrived, .done])
    }

    @Test("The last resort is not offered to decline")
    func lastResort() throws {
        let (notices, _) = try notices(Self.stuck(), routing: .textOnly) { engine in
            try engine.apply(.tick(at: Story.at(400)))
        }
        let boss = try #require(notices.first { $0.recipient == "boss" })
        #expect(boss.watch?.actions == [.ack, .call] && boss.watch?.state == "Personne n'y va")
    }

    @Test("Two people who are told the same at once see the same, each in their language")
    func languages() throws {
        let pipelines = PipelineSet([liftPipeline([Self.outage()])])
        let engine = Engine(pipelines)
        var house = Directory.house()
        for index in house.people.indices where house.people[index].id == "t2" {
            house.people[index].language = .english
        }
        _ = try engine.apply(.directory(at: Story.at(0), json: house.json))
        let payload: JSON = [.init("pressed", true)].object
        let effects = try engine.apply(
            .message(Message(topic: "lifts/A", payload: payload.bytes, flags: .qos1, arrivedAt: Story.at(1)))
        )
        let tenants = effects.compactMap { effect -> Notice? in
            if case .notice(let notice) = effect, notice.role == "tenant" { notice } else { nil }
        }
        #expect(tenants.map { $0.watch?.line } == ["En panne", "Out of order"])
    }
}

extension Escalation {
    fileprivate static let watched = Escalation("stuck", arrivalWithin: .hours(1)) {
        Ask("technician")
        Wait(.minutes(5))
    } lastResort: {
        Keep(asking: "dispatcher", every: .minutes(5))
    }
}

extension [JSON.Member] {
    fileprivate var object: JSON { .object(self) }
}
