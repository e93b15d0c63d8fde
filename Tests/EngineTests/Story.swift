import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

/// An engine, a clock that the test turns, and what was decided, in short lines: `90 opened stuck A`.
final class Story {
    static let start = Weather.start

    let pipelines: PipelineSet
    private(set) var engine: Engine
    private(set) var effects: [Effect] = []
    private(set) var entries: [Entry] = []
    private var read = 0

    init(
        _ pipelines: [Pipeline],
        directory: Directory? = nil,
        discipline: Discipline = .standard,
        tellsDrops: Bool = false
    ) throws {
        self.pipelines = PipelineSet(pipelines, discipline: discipline)
        #expect(self.pipelines.problems.filter { $0.kind == .error }.isEmpty)
        engine = Engine(self.pipelines, tellsDrops: tellsDrops)
        if let directory { try take(.directory(at: Self.start, json: directory.json)) }
    }

    convenience init(
        _ stages: any Stage<Lift>...,
        order: Duration? = nil,
        retained: Retained = .dropped,
        directory: Directory? = nil,
        discipline: Discipline = .standard,
        tellsDrops: Bool = false
    ) throws {
        try self.init(
            [liftPipeline(order: order, retained: retained, stages)],
            directory: directory,
            discipline: discipline,
            tellsDrops: tellsDrops
        )
    }

    static func at(_ seconds: Double) -> Moment {
        Weather.at(seconds)
    }

    func take(_ entry: Entry) throws {
        entries.append(entry)
        effects += try engine.apply(entry)
    }

    /// A message of a lift; `measured` in seconds, as is everything here.
    func say(
        _ lift: String = "A",
        at seconds: Double,
        _ fields: [String: JSON] = [:],
        measured: Double? = nil,
        flags: MessageFlags = .qos1
    ) throws {
        var members = fields.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value) }
        members.append(.init("at", .string(Self.at(measured ?? seconds).description)))
        let payload = JSON.object(members).bytes
        try take(
            .message(
                Message(topic: "lifts/\(lift)", payload: payload, flags: flags, arrivedAt: Self.at(seconds))
            )
        )
    }

    /// The same message every so many seconds, both ends included.
    func say(
        _ lift: String = "A",
        from first: Double,
        to last: Double,
        every step: Double,
        _ fields: [String: JSON] = [:]
    ) throws {
        for seconds in stride(from: first, through: last, by: step) {
            try say(lift, at: seconds, fields)
        }
    }

    func tick(at seconds: Double) throws {
        try take(.tick(at: Self.at(seconds)))
    }

    func reply(_ text: String, from phone: String, id: String = "", at seconds: Double) throws {
        let id = id.isEmpty ? "\(phone) \(seconds)" : id
        try take(.reply(Reply(id: id, from: phone, text: text, at: Self.at(seconds))))
    }

    /// A tap or a key below the last notice to somebody, or below another.
    func answer(
        _ action: Reply.Action,
        by person: String,
        to notice: Notice? = nil,
        _ words: String? = nil,
        id: String = "x",
        at seconds: Double
    ) throws {
        let notice = try notice ?? #require(notices.last { $0.recipient == person })
        let answered = Reply.Answered(
            notice: notice.id,
            key: notice.key,
            phase: notice.phase,
            recipient: person,
            action: action
        )
        let text = words ?? action.words
        try take(.reply(Reply(id: id, from: "", text: text, answered: answered, at: Self.at(seconds))))
    }

    /// News from the CRM, by default about the first case.
    func update(
        _ status: CaseUpdate.Status,
        id: String? = nil,
        of key: String? = nil,
        by person: String = "Anne",
        estimate: Double? = nil,
        at seconds: Double
    ) throws {
        let update = CaseUpdate(
            id: id ?? "\(status) \(seconds)",
            key: key ?? caseKey,
            status: status,
            by: person,
            estimate: estimate.map(Self.at),
            at: Self.at(seconds)
        )
        try take(.caseUpdate(update))
    }

    func order(_ order: Instruction.Order, by person: String = "boss", id: String? = nil, at seconds: Double)
        throws
    {
        let id = id ?? "order \(seconds)"
        try take(.instruction(Instruction(id: id, order: order, by: person, at: Self.at(seconds))))
    }

    /// What became of the last notice to somebody.
    func receipt(_ outcome: Receipt.Outcome, to person: String, at seconds: Double) throws {
        let notice = try #require(notices.last { $0.recipient == person })
        try take(.receipt(Receipt(id: notice.id, sink: "sms", outcome: outcome, at: Self.at(seconds))))
    }

    func change(_ directory: Directory, at seconds: Double) throws {
        try take(.directory(at: Self.at(seconds), json: directory.json))
    }

    /// Stops the engine and starts another one from its snapshot, of the same pipelines or of others.
    @discardableResult
    func restart(_ others: [Pipeline]? = nil) throws -> [String] {
        let next = Engine(others.map { PipelineSet($0) } ?? pipelines, tellsDrops: engine.tellsDrops)
        let report = try next.restore(engine.snapshot())
        engine = next
        return report
    }

    /// The same story decides the same with a restart between any two of its steps, the passing of time included.
    func survivesRestarts() throws {
        var engine = Engine(pipelines, tellsDrops: engine.tellsDrops)
        var again: [Effect] = []
        func step(_ entry: Entry) throws {
            again += try engine.apply(entry)
            let next = Engine(pipelines, tellsDrops: engine.tellsDrops)
            #expect(try next.restore(engine.snapshot()) == [])
            engine = next
        }
        for entry in entries {
            while let due = engine.nextDue, due < entry.at { try step(.tick(at: due)) }
            try step(entry)
        }
        let isSame = again == effects
        #expect(isSame, "\(PropertyTests.difference(effects, again))")
    }

    /// What was decided since it was last asked for.
    var log: [String] {
        defer { read = effects.count }
        return effects[read...].compactMap(Self.line)
    }

    /// The phases taken back so far; `*` for all of a case.
    var withdrawn: [String] {
        effects.flatMap { effect -> [String] in
            if case .withdrawn(let withdrawn) = effect {
                withdrawn.phases.isEmpty ? ["*"] : withdrawn.phases
            } else {
                []
            }
        }
    }

    /// The texts to one person.
    func texts(to person: String) -> [String] {
        notices.filter { $0.recipient == person }.map(\.text)
    }

    var notices: [Notice] {
        effects.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
    }

    var interactions: [Interaction] {
        effects.compactMap { if case .interaction(let interaction) = $0 { interaction } else { nil } }
    }

    var commands: [Interactions.Command] {
        effects.compactMap { if case .command(let command) = $0 { command } else { nil } }
    }

    /// The key of the first case of a subject.
    func key(_ subject: String) -> String? {
        interactions.first { $0.kind == .case && $0.subject == subject }?.key
    }

    /// The key of the first case.
    var caseKey: String { interactions.first { $0.kind == .case }?.key ?? "" }

    private static func line(_ effect: Effect) -> String? {
        switch effect {
        case .interaction(let told):
            "\(seconds(told.at)) \(told.verb.rawValue) \(told.detector) \(told.subject)"
        case .notice(let notice): "\(seconds(notice.at)) \(notice.phase) to \(notice.recipient)"
        case .command(let command): "\(seconds(command.at)) \(command.payload) on \(command.topic)"
        case .query(let query): "\(seconds(query.at)) asked on \(query.topic)"
        case .deadLetter(let letter): "\(seconds(letter.at)) dead: \(letter.reason)"
        case .dropped(let dropped): "\(seconds(dropped.at)) dropped: \(dropped.reason)"
        case .held(let held): "\(seconds(held.at)) held: \(held.reason.code)"
        case .withdrawn: nil
        }
    }

    private static func seconds(_ moment: Moment) -> String {
        let seconds = moment.since(start).inSeconds
        return seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
    }
}
