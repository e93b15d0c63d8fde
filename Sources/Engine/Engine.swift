import Interactions
import PipelineKit
import Telemetry
import Units

/// Decides: a fold from journal entries to effects.
///
/// No clock, no I/O and no randomness: time is in the entries, so the same entries give the same effects, byte for
/// byte, whatever the batches, on any machine, and after any restart from a snapshot. Not thread-safe: one thread
/// owns it.
public final class Engine {
    let units: [Unit]
    let router: TopicRouter
    /// Where messages go that a filter of the router takes: the unit, which of its `Listen` stages, and the source that
    /// decodes them; -1: none, the stage reads them itself.
    struct Route: BitwiseCopyable {
        let unit: Int
        let listen: Int
        let source: Int
    }

    private let routes: Frozen<Route>
    /// The formats that pipelines listen to, each once.
    let sources: [FormatSource]
    let zone: CivilZone
    /// How much people are told, and when they are left in peace.
    let discipline: Discipline
    /// Where messages from people go that belong to no case.
    let inbox: Queue
    /// By which channels people are told.
    let routing: Routing
    /// Whether each reading left out is an effect of its own (`replay`) or only counted (`run`).
    let tellsDrops: Bool
    let levels = TopicLevels()

    /// The latest time of any entry; never goes back.
    public internal(set) var now = Moment(microseconds: .min)
    var timers = TimerHeap()
    /// The heap of timers is made anew when it holds so many.
    var timerLimit = Engine.leastTimerLimit
    static let leastTimerLimit = 4096
    var casebook = Casebook()
    var directory = DirectoryIndex(Directory())
    var directoryJSON: [UInt8] = []
    /// Counts directories, so that what was looked up in an older one is looked up again.
    var directoryVersion: UInt32 = 1
    var effects: [Effect] = []
    /// The watch forms made last.
    var watchForms: WatchForms?
    /// What clocks on the wall show more than UTC in the hour last asked for.
    private var civilHour = (hour: Int64.min, offset: Int64(0))
    var counts = Counts()

    /// - Parameters:
    ///   - pipelines: checked before: their problems are not looked at here.
    ///   - zone: where the people live who read the texts.
    public init(_ pipelines: PipelineSet, zone: CivilZone = .paris, tellsDrops: Bool = false) {
        units = pipelines.pipelines.enumerated().map { Unit($1.plan, index: Int32($0)) }
        var filters: [TopicFilter] = []
        var routes: [Route] = []
        var formats: [MessageFormat] = []
        for (unit, pipeline) in pipelines.pipelines.enumerated() {
            for (listen, plan) in pipeline.plan.listens.enumerated() {
                filters.append(plan.filter)
                var source = -1
                if case .decoded(let format) = plan.format {
                    source = formats.firstIndex(of: format) ?? formats.count
                    if source == formats.count { formats.append(format) }
                }
                routes.append(Route(unit: unit, listen: listen, source: source))
            }
        }
        router = TopicRouter(filters)
        self.routes = Frozen(routes)
        sources = formats.map { FormatSource($0) }
        self.zone = zone
        discipline = pipelines.discipline.kept(in: zone)
        inbox = pipelines.inbox
        routing = pipelines.routing
        self.tellsDrops = tellsDrops
    }

    deinit {
        routes.deallocate()
    }

    /// How long a case is remembered after its end; later news about it finds nothing.
    public static let caseMemory = Casebook.memory

    /// Takes a batch of entries and hands out what they decide, in order.
    public func apply(_ batch: EntryBatch) throws(EntryFormatError) -> [Effect] {
        try batch.forEach { try take($0) }
        defer { effects.removeAll(keepingCapacity: true) }
        return effects
    }

    public func apply(_ entry: Entry) throws(EntryFormatError) -> [Effect] {
        var batch = EntryBatch()
        batch.append(entry)
        return try apply(batch)
    }

    /// The next time something is due without a new entry; a tick at or after it makes it happen.
    public var nextDue: Moment? {
        let due = [timers.first?.due, casebook.timers.first?.due].compactMap { $0 }.min()
        return due.map(Moment.init(microseconds:))
    }

    private func take(_ entry: EntryView) throws(EntryFormatError) {
        advance(to: entry.at)
        counts.entries += 1
        switch entry.kind {
        case .message: take(message: entry)
        case .tick: return
        case .reply, .answer, .receipt, .caseUpdate, .instruction, .directory:
            switch try entry.copied() {
            case .reply(let reply): take(reply)
            case .receipt(let receipt): take(receipt)
            case .caseUpdate(let update): take(update)
            case .directory(_, let json): take(directory: json)
            case .instruction(let instruction): take(instruction)
            case .message, .tick: return
            }
        }
    }

    /// Lets everything happen that was due before `moment`, in the order in which it was due.
    private func advance(to moment: Moment) {
        let target = moment.microseconds
        while true {
            let device = timers.first?.due ?? .max
            let person = casebook.timers.first?.due ?? .max
            guard min(device, person) <= target else { break }
            if device <= person {
                let timer = timers.removeFirst()
                now = max(now, Moment(microseconds: timer.due))
                fire(timer)
            } else {
                let timer = casebook.timers.removeFirst()
                now = max(now, Moment(microseconds: timer.due))
                resume(timer)
            }
        }
        now = max(now, moment)
    }

    private func take(message: EntryView) {
        if casebook.awaitsAnswers, takeAnswer(message) { return }
        guard levels.split(message.topic) else {
            bury(message, .tooManyLevels, pipeline: nil)
            return
        }
        var isRouted = false
        router.match(levels) { index in
            isRouted = true
            let route = routes[index]
            if route.source < 0 {
                take(message: message, unit: units[route.unit], listen: route.listen)
            } else {
                take(message: message, route)
            }
        }
        if !isRouted {
            counts.unrouted += 1
            if tellsDrops {
                let topic = String(decoding: message.topic, as: UTF8.self)
                effects.append(.dropped(Dropped(reason: "unrouted", pipeline: "", subject: topic, at: now)))
            }
        }
    }

    private func take(message: EntryView, unit: Unit, listen: Int) {
        let program = unit.program
        if message.flags.contains(.retained), !program.takesRetained[listen] {
            drop(Program.Reason.retained.rawValue, unit, subject: "")
            return
        }
        do throws(DecodeProblem) {
            if message.flags.contains(.oversized) { throw .tooLarge(bytes: PayloadDecoder.sizeLimit + 1) }
            guard case .payload(let decoder) = program.listeners[listen] else { return }
            try decoder.decode(message.payload, topic: levels, into: unit.scratch)
        } catch {
            bury(message, error, pipeline: program.plan.name)
            return
        }
        guard arrive(unit, flags: message.flags) else {
            bury(message, Self.withoutName, pipeline: program.plan.name)
            return
        }
    }

    static let withoutName = DecodeProblem.missing(field: "the name that Identify takes")

    /// A reading lies in the unit's scratch memory; false when nobody knows whose it is.
    func arrive(_ unit: Unit, flags: MessageFlags) -> Bool {
        let name = unit.scratch.load(fromByteOffset: unit.program.identity, as: Name.self)
        guard !name.isEmpty else { return false }
        if let kind = unit.program.onlyKind, directory.asset(name.text, ofKind: kind) == nil {
            drop(Program.Reason.unknown.rawValue, unit, subject: name.text)
            return true
        }
        unit.readings += 1
        let slot = unit.slot(of: name) ?? unit.addSlot(for: name)
        arrive(unit, slot, flags: flags)
        return true
    }

    /// - Parameter more: what else is to be said, behind the problem.
    func bury(_ message: EntryView, _ problem: DecodeProblem, pipeline: String?, more: String = "") {
        counts.deadLetters[problem.reason, default: 0] += 1
        effects.append(
            .deadLetter(
                DeadLetter(
                    topic: String(decoding: message.topic, as: UTF8.self),
                    payload: [UInt8](message.payload),
                    properties: [UInt8](message.propertyBlock),
                    reason: problem.reason,
                    detail: problem.description + more,
                    pipeline: pipeline,
                    at: now
                )
            )
        )
    }

    /// - Parameter detail: what else is to be said, behind the reason.
    func drop(
        _ reason: Int32,
        _ unit: Unit,
        subject: @autoclosure () -> String,
        detail: @autoclosure () -> String = ""
    ) {
        unit.drops[Int(reason)] += 1
        guard tellsDrops else { return }
        effects.append(
            .dropped(
                Dropped(
                    reason: unit.program.reasons[Int(reason)] + detail(),
                    pipeline: unit.program.plan.name,
                    subject: subject(),
                    at: now
                )
            )
        )
    }

    /// What clocks on the wall show more than UTC; it changes at full hours only.
    func civilOffset(at event: Int64) -> Int64 {
        let hour = event.dividedFloor(by: 3_600_000_000).quotient
        if hour != civilHour.hour {
            let offset = zone.offset(at: Moment(microseconds: event)).inMicroseconds
            civilHour = (hour, offset)
        }
        return civilHour.offset
    }

    private func take(directory json: [UInt8]) {
        let imported: Directory
        do {
            imported = try Directory(json: json)
        } catch {
            effects.append(
                .deadLetter(
                    DeadLetter(
                        topic: "directory",
                        payload: json,
                        reason: "malformed",
                        detail:
                            "the directory in the journal cannot be read: \(error); the one before stays in force",
                        pipeline: nil,
                        at: now
                    )
                )
            )
            return
        }
        directory = DirectoryIndex(imported)
        directoryJSON = json
        directoryVersion += 1
        for unit in units { expectDevices(of: unit) }
        catchUpAudiences()
    }

    /// A device of the directory that never spoke is silent from the moment it is known; one that spoke and was left
    /// out of the directory for a while is waited for again.
    func expectDevices(of unit: Unit) {
        guard unit.program.expectsDevices, let kind = unit.program.plan.identity?.kind else { return }
        for asset in directory.assets(ofKind: kind) {
            guard let name = Name(asset.id) else { continue }
            if let slot = unit.slot(of: name) {
                if unit.header(slot).pointee.armedAt == .max { arm(unit, slot, due: now.microseconds) }
                continue
            }
            let slot = unit.addSlot(for: name)
            unit.header(slot).pointee.lastArrival = now.microseconds
            look(unit, slot)
        }
    }
}

/// What the engine has counted since it was made.
public struct Counts: Sendable {
    public var entries = 0
    /// Messages on topics that no pipeline listens to.
    public var unrouted = 0
    /// Messages that could not be read, by reason.
    public var deadLetters: [String: Int] = [:]
    /// Findings and notices that led to nothing, by reason.
    public var held: [String: Int] = [:]
}

extension Engine {
    /// What was counted: entries, unrouted messages, dead letters.
    public var counted: Counts { counts }

    /// Readings taken, by pipeline.
    public var readings: [(pipeline: String, count: Int)] {
        units.map { ($0.program.plan.name, $0.readings) }
    }

    /// Readings left out, by pipeline and reason.
    public var drops: [(pipeline: String, reason: String, count: Int)] {
        units.flatMap { unit in
            zip(unit.program.reasons, unit.drops).compactMap { reason, count in
                count == 0 ? nil : (unit.program.plan.name, reason, count)
            }
        }
    }

    /// Devices known, by pipeline.
    public var devices: [(pipeline: String, count: Int)] {
        units.map { ($0.program.plan.name, $0.records.count) }
    }

    /// Cases and other episodes that are open.
    public var openEpisodes: Int { casebook.files.count }
}
