import Interactions
import PipelineKit
import Telemetry
import TestSupport
import Units

@testable import Engine

/// One history: an engine, the town around it and the outbox between them, and a script that is carried out to its
/// end, and on until all is quiet.
final class History {
    let script: Script
    var town: Town
    var gateway: Gateway
    var outbox = Outbox()
    var engine: Engine
    var record: Record
    var now: Moment
    var step = 0
    /// Which words of the pipelines are in force.
    private var isEdited = false
    private var stands: [String: CaseStand] = [:]
    private var members: [String: Set<String>] = [:]
    private var seen: [String: Seen] = [:]
    private var leftOut: Set<String> = []

    /// How many were told of a case, and by what first.
    private struct Seen: Hashable {
        var count: Int
        var first: String
    }

    /// Replies that came, for those that come again.
    var replies: [Reply] = []
    var updates: [CaseUpdate] = []
    /// Cases that the CRM knows, oldest first.
    var cases: [String] = []
    var silences: [String] = []
    var commands: [String] = []

    init(_ script: Script) {
        self.script = script
        town = Town(start: script.start)
        gateway = Gateway(seed: script.seed)
        engine = Engine(Town.pipelines())
        record = Record(seed: script.seed)
        now = script.start
    }

    static func run(_ script: Script) throws -> Record {
        let history = History(script)
        try history.run()
        return history.record
    }

    private func run() throws {
        try take(.directory(at: now, json: town.directory.json))
        for action in script.actions {
            try wait(until: action.at)
            step = action.number + 1
            try carryOut(action)
        }
        try comeToRest()
    }

    // MARK: - Time

    /// Lets everything happen that is due before then, each at its moment.
    func wait(until moment: Moment) throws {
        try send()
        while true {
            let due = [engine.nextDue, outbox.nextDue(after: now)].compactMap { $0 }.min() ?? .distantFuture
            guard due < moment else { break }
            now = max(now, due)
            if let engineDue = engine.nextDue, engineDue <= now { try take(.tick(at: now)) }
            try send()
        }
        now = max(now, moment)
    }

    /// What can leave, leaves; what comes of it is told to the engine.
    func send() throws {
        for _ in 0..<20 {
            let news = outbox.run(at: now, &gateway, town)
            guard !news.isEmpty else { return }
            try tell(news)
        }
    }

    func tell(_ news: [Outbox.News]) throws {
        for item in news {
            record.note(.outbox(item), step: step, at: now)
            if case .receipt(let receipt) = item { try take(.receipt(receipt)) }
        }
    }

    // MARK: - What comes in

    func take(_ entry: Entry) throws {
        record.note(.entry(entry), step: step, at: now)
        var news: [Outbox.News] = []
        for effect in try engine.apply(entry) {
            record.note(.effect(effect), step: step, at: now)
            switch effect {
            case .notice(let notice): news += outbox.insert(notice, at: now)
            case .withdrawn(let withdrawn): news += outbox.withdraw(withdrawn, at: now)
            case .interaction(let told) where told.kind == .case && told.seq == 1: cases.append(told.key)
            case .command(let command): commands.append(command.id)
            default: break
            }
        }
        look()
        lookAtWhoIsLeftOut()
        for item in news { record.note(.outbox(item), step: step, at: now) }
    }

    /// Writes down which cases stand elsewhere than before, and who is owed an end.
    private func look() {
        for key in stands.keys.sorted() where engine.casebook.files[key] == nil {
            stands[key] = nil
            record.note(.forgotten(key: key), step: step, at: now)
        }
        for file in engine.casebook.files.values.sorted(by: { $0.serial < $1.serial }) {
            let isAsked = file.isLifeSafety || file.escalation != nil
            if isAsked || stands[file.key] != nil { lookAtStand(of: file) }
            let count = file.audiences.values.map(\.members.count).reduce(0, +)
            let first = file.audiences.values.lazy.compactMap(\.members.first?.notice).min() ?? ""
            guard
                seen.updateValue(Seen(count: count, first: first), forKey: file.key)
                    != Seen(count: count, first: first)
            else { continue }
            for member in file.audiences.sorted(by: { $0.key < $1.key }).flatMap(\.value.members)
            where members[file.key, default: []].insert("\(member.notice) \(member.person)").inserted {
                let told = Record.What.told(key: file.key, person: member.person, notice: member.notice)
                record.note(told, step: step, at: now)
            }
        }
    }

    /// Who was to be asked and got no message, and who wants to hear no more.
    private func lookAtWhoIsLeftOut() {
        for file in engine.casebook.files.values.sorted(by: { $0.serial < $1.serial }) {
            let asks = file.escalation?.asks ?? []
            for asked in asks where asked.notice?.hasPrefix("MSG_") == false {
                let word = "\(file.key) \(file.chains) \(asked.order.number)"
                guard leftOut.insert(word).inserted else { continue }
                record.note(.unasked(key: file.key, person: asked.order.person), step: step, at: now)
            }
        }
        for person in engine.casebook.unsubscribed.sorted() where leftOut.insert(person).inserted {
            record.note(.unsubscribed(person: person), step: step, at: now)
        }
    }

    private func lookAtStand(of file: CaseFile) {
        let before = stands[file.key]
        if let before, before.isSettled, file.life.isSettled, before.status == file.life.status { return }
        let stand = CaseStand(file, detector: engine.plan(of: file).name)
        guard before != stand else { return }
        stands[file.key] = stand
        record.note(.stand(stand), step: step, at: now)
    }

    // MARK: - Ends of the process

    /// - Parameter isCrash: what is being sent is interrupted.
    func restart(isEdited: Bool, isCrash: Bool) throws {
        let snapshot = engine.snapshot()
        self.isEdited = isEdited
        let next = Engine(Town.pipelines(isEdited: isEdited))
        let report = try next.restore(snapshot)
        engine = next
        record.note(.action("starts again \(report)"), step: step, at: now)
        if isCrash { try tell(outbox.crash(at: now)) }
        look()
    }

    func restartWithOtherWords() throws {
        try restart(isEdited: !isEdited, isCrash: false)
    }

    func crash() throws {
        try restart(isEdited: isEdited, isCrash: true)
    }

    /// The script is over: all sensors find that all is well, the CRM closes what is open, and days pass.
    private func comeToRest() throws {
        step += 1
        record.note(.action("all comes to rest"), step: step, at: now)
        gateway.down = [:]
        for lift in Town.lifts { try say("lifts/\(lift)", []) }
        for lift in Town.lifts { try say("lifts/\(lift)", ["freed"]) }
        for pendant in Town.pendants { try say("pendants/\(pendant)", ["cancelled"]) }
        try say("gateways/gateway1", [])
        try wait(until: now + .minutes(45))
        for _ in 0..<2 {
            try closeAll { _ in true }
            try wait(until: now + .hours(40))
        }
    }

    /// The CRM closes every open case of these.
    func closeAll(_ isMeant: (CaseFile) -> Bool) throws {
        let open = engine.casebook.files.values.filter { !$0.life.isSettled && $0.queue != nil }
        for file in open.sorted(by: { $0.serial < $1.serial }) where isMeant(file) {
            let id = "close \(file.key) \(now)"
            try take(.caseUpdate(.init(id: id, key: file.key, status: .closed, by: "advisor", at: now)))
        }
    }

    func say(_ topic: String, _ flags: [String]) throws {
        let fields = flags.map { "\"\($0)\":true" }.joined(separator: ",")
        try take(.message(Message(topic: topic, payload: [UInt8]("{\(fields)}".utf8), arrivedAt: now)))
        try send()
    }
}
