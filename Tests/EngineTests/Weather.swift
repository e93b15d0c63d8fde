import Interactions
import PipelineKit
import Telemetry
import TestSupport
import Units

/// A random stream of everything that can come in: several devices, duplicates, late and lost messages, garbage,
/// ticks, answers, receipts, news and new directories.
struct Weather {
    var dice: Dice
    private var seconds = 0.0
    private var sequences = [String: Int]()
    private var sent: [Entry] = []
    /// Ids that earlier effects had, so that receipts and news meet them.
    var known: [String] = []

    init(seed: UInt64) {
        dice = Dice(seed: seed)
    }

    static let start = Moment(seconds: 1_767_596_400)

    static func at(_ seconds: Double) -> Moment {
        start + .microseconds(Int64(seconds * 1e6))
    }

    static let lifts = ["A", "B", "C", "D"]

    /// Every stage, sign and reaction at once.
    ///
    /// - Parameter withMemories: also a model and a transformer, whose memories are bytes of their own.
    static func pipelines(withMemories: Bool = true) -> [Pipeline] {
        let announcement = Announcement(begins: { "out since \($0.since)" }, cleared: { "back at \($0.at)" })
        return [
            everything("ordered", order: .seconds(10), announcement, withMemories),
            everything("arrival", order: nil, announcement, withMemories),
        ]
    }

    private static func everything(
        _ name: String,
        order: Duration?,
        _ announcement: Announcement,
        _ withMemories: Bool
    ) -> Pipeline {
        liftPipeline(
            named: name,
            order: order,
            retained: order == nil ? .isState : .dropped,
            [
                DropRepeats(of: \.sequence, within: .minutes(10)),
                DropRepeats(of: \.event, within: .minutes(1)),
                Enrich(\.floors, from: .attribute("floors-count")),
                detect("silent") { Silent(for: .minutes(5)) },
                Drop("technician", when: \.isInspected),
                Reject(\.load, below: .zero, above: .kilograms(900)),
                Detect("stuck", severity: .critical, remindEvery: .minutes(3)) {
                    Holds(\.isStuck, for: .seconds(30))
                } react: {
                    OpenCase(in: "desk") { "\($0.reading.lift) \($0.reading.doors.rawValue)" }
                    Text("technician") { "\($0.reading.lift) since \($0.since)" }
                    Escalate(.weather) { "\($0.reading.lift), next at \($0.nextAt)" }
                },
                Detect("outage", severity: .warning, clearsAfter: .minutes(1)) {
                    Exceeds(\.load, .kilograms(500), for: .seconds(20), until: .kilograms(400))
                } react: {
                    OpenCase(in: "desk") { "\($0.reading.lift) \($0.reading.load)" }
                    Inform(Audience("tenant"), by: announcement)
                    Note(in: "desk", when: .cleared) { "\($0.reading.lift)" }
                },
                detect("flapping") { Flaps(\.isOpen, atLeast: 3, within: .minutes(2)) },
                detect("fall", atMostEvery: .seconds(20), among: .consenting(to: "watch")) {
                    First(\.isStuck)
                    Then(\.isPressed, within: .seconds(30))
                },
                Detect("alarm", severity: .critical) {
                    Raised(\.isPressed, until: \.isEnded)
                } react: {
                    Ask(.wearer, waiting: .seconds(40)) { _ in "All well?" }
                    OpenCase(in: "care") { "\($0.reading.lift)" }
                    Escalate(.weather) { "\($0.reading.lift), next at \($0.nextAt)" }
                    Command("beep", to: { "lifts/\($0.reading.lift)/set" })
                },
            ] + (withMemories ? memories() : [])
        )
    }

    private static func memories() -> [any Stage<Lift>] {
        [
            detect("drifting") { Unusual(\.load, to: .slowDrift(warmUp: .minutes(10))) },
            Derive(LoadChange.self, with: LoadStep()) {
                Detect("jump", severity: .info, atMostEvery: .seconds(5)) {
                    Happens(\.isJump)
                } react: {
                    Note(in: "desk") { "\($0.reading.lift) \($0.reading.change)" }
                }
            },
        ]
    }

    mutating func entries(_ count: Int) -> [Entry] {
        (0..<count).map { _ in
            let entry = next()
            if sent.count < 400 { sent.append(entry) } else { sent[dice.below(400)] = entry }
            return entry
        }
    }

    private mutating func next() -> Entry {
        seconds += dice.oneIn(40) ? Double(dice.below(600)) : Double(dice.below(3000)) / 1000
        let at = Self.at(seconds)
        switch dice.below(100) {
        case 0..<4: return .tick(at: at)
        case 4..<6:
            let text = dice.pick(["1", "oui", "2", "quoi", ""])
            let phone = "+3362000000\(dice.below(5))"
            return .reply(Reply(id: "r\(dice.below(500))", from: phone, text: text, at: at))
        case 6..<8 where !known.isEmpty:
            return .receipt(
                Receipt(id: dice.pick(known), sink: "s", outcome: dice.pick(Receipt.Outcome.allCases), at: at)
            )
        case 8..<10 where !known.isEmpty:
            return .caseUpdate(
                CaseUpdate(
                    id: "u\(dice.below(99))",
                    key: dice.pick(known),
                    status: dice.pick(CaseUpdate.Status.allCases),
                    by: dice.oneIn(8) ? CaseUpdate.crm : "Anne",
                    at: at
                )
            )
        case 10: return .directory(at: at, json: directory())
        case 11: return .message(Message(topic: "lifts/A", payload: garbage(), arrivedAt: at))
        case 12:
            return .message(
                Message(topic: dice.pick(["nobody/x", "lifts", "lifts/"]), payload: [], arrivedAt: at)
            )
        case 13..<18 where !sent.isEmpty:
            // What came before comes again, as the broker may do it.
            guard case .message(var message) = dice.pick(sent) else { return .tick(at: at) }
            message.flags.insert(.duplicate)
            message.arrivedAt = at
            return .message(message)
        default: return .message(reading(at: at))
        }
    }

    private mutating func reading(at: Moment) -> Message {
        let lift = dice.pick(Self.lifts)
        let sequence = dice.oneIn(200) ? 0 : sequences[lift, default: 0] + 1
        sequences[lift] = sequence
        let lag = dice.oneIn(10) ? Double(dice.below(30)) : dice.oneIn(50) ? -Double(dice.below(400)) : 0
        var members: [JSON.Member] = [
            .init("n", .integer(Int64(sequence))),
            .init("at", .string((at - .microseconds(Int64(lag * 1e6))).description)),
            // The state of a lift lasts for minutes.
            .init("stuck", .bool(Int(seconds) / 90 % 3 == lift.utf8.count % 3)),
            .init(
                "load",
                .number(
                    Double(dice.below(dice.oneIn(30) ? 1000 : 300)) + (Int(seconds) / 200 % 2 == 0 ? 0 : 400)
                )
            ),
            .init("doors", .string(dice.oneIn(4) ? "open" : "closed")),
            .init("inspected", .bool(dice.oneIn(30))), .init("pressed", .bool(dice.oneIn(30))),
            .init("ended", .bool(dice.oneIn(30))),
        ]
        if dice.oneIn(3) { members.append(.init("event", .string("e\(dice.below(40))"))) }
        members.shuffle(using: &dice)
        return Message(
            topic: "lifts/\(lift)",
            payload: JSON.object(members).bytes,
            flags: dice.oneIn(20) ? [.qos1, .retained] : .qos1,
            arrivedAt: at
        )
    }

    private mutating func directory() -> [UInt8] {
        if dice.oneIn(10) { return garbage() }
        let lifts = Self.lifts.filter { _ in !dice.oneIn(4) } + (dice.oneIn(2) ? ["never"] : [])
        let tenants = ["t1", "t2", "t3"].filter { _ in !dice.oneIn(4) }
        return Directory.house(lifts: lifts, tenants: tenants, consents: dice.oneIn(2) ? ["watch"] : []).json
    }

    private mutating func garbage() -> [UInt8] {
        (0..<dice.below(30)).map { _ in dice.pick([UInt8]("{}\"lift:,0é".utf8)) }
    }
}

extension Escalation {
    static let weather = Escalation("weather", arrivalWithin: .minutes(10), otherwiseBy: .secondText) {
        Ask("technician")
        Wait(.minutes(2))
        InTurn("dispatcher", every: .minutes(1))
    } lastResort: {
        Keep(asking: "dispatcher", "technician", every: .minutes(5))
    }
}
