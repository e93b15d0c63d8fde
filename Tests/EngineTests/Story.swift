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
    private var read = 0

    init(_ pipelines: [Pipeline], directory: Directory? = nil, tellsDrops: Bool = false) throws {
        self.pipelines = PipelineSet(pipelines)
        #expect(self.pipelines.problems.filter { $0.kind == .error }.isEmpty)
        engine = Engine(self.pipelines, tellsDrops: tellsDrops)
        if let directory { try take(.directory(at: Self.start, json: directory.json)) }
    }

    convenience init(
        _ stages: any Stage<Lift>...,
        order: Duration? = nil,
        retained: Retained = .dropped,
        directory: Directory? = nil,
        tellsDrops: Bool = false
    ) throws {
        try self.init(
            [liftPipeline(order: order, retained: retained, stages)],
            directory: directory,
            tellsDrops: tellsDrops
        )
    }

    static func at(_ seconds: Double) -> Moment {
        Weather.at(seconds)
    }

    func take(_ entry: Entry) throws {
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

    func update(_ status: CaseUpdate.Status, id: String = "u", of key: String? = nil, at seconds: Double)
        throws
    {
        let key = key ?? caseKey
        try take(.caseUpdate(CaseUpdate(id: id, key: key, status: status, by: "crm", at: Self.at(seconds))))
    }

    /// Stops the engine and starts another one from its snapshot, of the same pipelines or of others.
    @discardableResult
    func restart(_ others: [Pipeline]? = nil) throws -> [String] {
        let next = Engine(others.map { PipelineSet($0) } ?? pipelines, tellsDrops: engine.tellsDrops)
        let report = try next.restore(engine.snapshot())
        engine = next
        return report
    }

    /// What was decided since it was last asked for.
    var log: [String] {
        defer { read = effects.count }
        return effects[read...].compactMap(Self.line)
    }

    var notices: [Notice] {
        effects.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
    }

    var interactions: [Interaction] {
        effects.compactMap { if case .interaction(let interaction) = $0 { interaction } else { nil } }
    }

    /// The key of the first case.
    var caseKey: String { interactions.first { $0.kind == .case }?.key ?? "" }

    private static func line(_ effect: Effect) -> String? {
        switch effect {
        case .interaction(let told):
            "\(seconds(told.at)) \(told.verb.rawValue) \(told.detector) \(told.subject)"
        case .notice(let notice): "\(seconds(notice.at)) \(notice.phase) to \(notice.recipient)"
        case .command(let command): "\(seconds(command.at)) \(command.payload) on \(command.topic)"
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
