import Delivery
import Engine
import Foundation
import Interactions
import MQTT
import Observability
import PipelineKit
import Store
import Telemetry
import Units

/// Everything that runs in `vigie run`: the loop that takes, decides and commits, and around it the dispatchers, the
/// HTTP server and the maintenance of the database.
final class VigieProcess {
    private static let partition = "0"
    /// How long the parts have to come to an end.
    private static let stopTime = Duration.seconds(2)

    private let settings: Settings
    private let options: RunOptions
    private let log: Log
    private let clock: RunClock
    private let store: Store
    private let engine: Engine
    private let intake: MQTTIntake
    private let sinks: Sinks
    private let inbox = Inbox()
    private let outboxNews = Flag(raised: true)
    private let figures = Figures()
    private let maintenance: Maintenance
    private let supervisor = Supervisor()
    private let snapshotEvery: Duration
    private var dispatchers: [Dispatcher] = []
    private var position: Position
    private var snapshotAt: Moment
    private var story: Story?
    private var entriesSinceSnapshot = 0

    init(_ settings: Settings, _ pipelines: PipelineSet, _ options: RunOptions) throws {
        self.settings = settings
        self.options = options
        log = try settings.log
        snapshotEvery = try settings.snapshotEvery
        try FileAccess.makeFolder(settings[.data])
        store = try Store(path: settings.database)
        let recovery = try store.recoverInFlight(at: SystemClock.read(), recognising: Sinks.recognising)
        if recovery.requeued + recovery.unknown > 0 {
            log.warning(
                "\(recovery.requeued + recovery.unknown) deliveries were under way when Vigie ended: "
                    + "\(recovery.requeued) are sent again, \(recovery.unknown) texts may have been sent and are not"
            )
        }
        engine = Engine(pipelines, zone: try settings.zone)
        position = try Self.recover(engine, from: store, log)
        clock = RunClock(
            from: options.clockFrom,
            factor: options.clockFactor,
            notBefore: engine.now < Moment() ? Moment() : engine.now
        )
        let clock = clock
        snapshotAt = clock.now()
        maintenance = Maintenance(
            path: settings.database,
            partition: Self.partition,
            clock: clock,
            log: log.part("store")
        )
        sinks = try Sinks(settings)
        intake = MQTTIntake(
            try settings.mqtt,
            filters: Set(pipelines.pipelines.flatMap(\.subscriptions)),
            memory: StoredSubscriptions(store: store),
            notBefore: clock.now(),
            seed: UInt64.random(in: 0 ... .max),
            clock: { clock.now() }
        )
    }

    /// The engine as it was: the newest readable snapshot, and what the journal has after it.
    private static func recover(_ engine: Engine, from store: Store, _ log: Log) throws -> Position {
        let started = RunClock.monotonicSeconds()
        let search = try store.newestSnapshot(of: partition)
        for skipped in search.skipped { log.warning("\(skipped)") }
        var position = Position.start
        if let snapshot = search.snapshot {
            do {
                for sentence in try engine.restore(snapshot.bytes) { log.warning(sentence) }
                position = snapshot.position
            } catch {
                throw CommandFailure(
                    .software,
                    "the snapshot at \(snapshot.position.entries) cannot be used: \(error); nothing was started"
                )
            }
        }
        var replayed = 0
        var reader = store.journal(of: partition, from: position)
        while let batch = try reader.next() {
            // A snapshot is made between two batches, so none begins before it.
            _ = try engine.apply(batch.entries)
            replayed += batch.entries.count
            position = batch.end
            if replayed % 1_000_000 < batch.entries.count {
                Terminal.progress("\(replayed) entries of the journal read again")
            }
        }
        Terminal.progress("")
        let seconds = RunClock.monotonicSeconds() - started
        if search.snapshot != nil || replayed > 0 {
            log.info(
                "going on at journal position \(position.entries)",
                [("replayed", "\(replayed)"), ("seconds", String(format: "%.2f", seconds))]
            )
        }
        return position
    }

    func run() throws {
        let server = try startServer()
        try startDispatchers()
        maintenance.start()
        if options.tells { story = Story(zone: try settings.zone, names: try names()) }
        supervisor.tell("READY=1")
        log.info(
            "running",
            [("broker", try settings.mqtt.broker), ("http", server.map { "\($0.port)" } ?? "none")]
        )
        defer {
            stop()
            server?.stop()
        }
        var lastSign = 0.0
        var batch = EntryBatch()
        while !StopSignal.isRaised {
            try step(&batch)
            let now = RunClock.monotonicSeconds()
            if now - lastSign > min(supervisor.watchdog ?? 1, 1) {
                lastSign = now
                supervisor.tell("WATCHDOG=1")
                refreshFigures()
            }
        }
    }

    /// One batch: take, decide, commit, acknowledge.
    private func step(_ batch: inout EntryBatch) throws {
        let outcome = try intake.nextBatch(into: &batch)
        tell(outcome)
        var isFromBroker = false
        if case .messages = outcome { isFromBroker = true }
        var commit = Commit(after: position, entries: EntryBatch())
        let tickets = try addInbound(to: &batch, &commit)
        if let due = engine.nextDue, due <= clock.now() { batch.append(.tick(at: clock.now())) }
        guard !batch.isEmpty else { return }
        commit.effects = try engine.apply(batch)
        commit.entries = batch
        let committed = commitWhenPossible(commit)
        guard committed else {
            // Stopped while the store could not be written: nothing was acknowledged, all of it comes again.
            if isFromBroker { intake.discard() }
            return
        }
        if isFromBroker { intake.acknowledge() }
        for ticket in tickets { ticket.isDurable() }
        figures.committed(batch.count)
        if !commit.effects.isEmpty {
            for dispatcher in dispatchers { dispatcher.wake() }
            if let directory = commit.directory { story?.names = Story.names(in: directory.directory) }
            for effect in commit.effects { story?.tell(effect) }
        }
        entriesSinceSnapshot += batch.count
        snapshotWhenDue()
    }

    /// Answers, receipts and mail from other processes become entries of this batch.
    private func addInbound(to batch: inout EntryBatch, _ commit: inout Commit) throws -> [Inbox.Ticket] {
        var tickets: [Inbox.Ticket] = []
        for (item, ticket) in inbox.take() {
            let id = Commit.InboundID(source: item.source, id: item.id)
            tickets.append(ticket)
            if try commit.inbound.contains(id) || store.seenInbound(source: item.source, id: item.id) {
                continue
            }
            commit.inbound.append(id)
            batch.append(item.entry)
        }
        for mail in try store.mail(limit: 100) {
            commit.mail.append(mail.row)
            batch.append(mail.entry.at(clock.now()))
            if case .directory(_, let json) = mail.entry {
                commit.directory = DirectoryChange(
                    directory: try Directory(json: json),
                    json: json,
                    version: "\(clock.now())",
                    at: clock.now()
                )
            }
        }
        if outboxNews.take() {
            let news = try store.news(limit: 1000)
            for one in news {
                commit.told.append(one.row)
                var receipt = one.receipt
                receipt.at = clock.now()
                batch.append(.receipt(receipt))
            }
            if news.count == 1000 { outboxNews.raise() }
        }
        return tickets
    }

    /// Waits as long as the store cannot be written; the broker keeps what comes meanwhile. False when Vigie is
    /// asked to stop before it can.
    private func commitWhenPossible(_ commit: Commit) -> Bool {
        var pause = 0.1
        var isWaiting = false
        while true {
            do {
                let started = RunClock.monotonicSeconds()
                position = try store.commit(
                    commit,
                    to: Self.partition,
                    routes: sinks.routes,
                    render: CloudEvent.bytes(of:)
                )
                figures.commitTook(RunClock.monotonicSeconds() - started)
                if isWaiting { log.info("the store can be written again: intake goes on") }
                figures.obstacle(nil)
                return true
            } catch {
                figures.obstacle("\(error)")
                if !isWaiting { log.error("\(error)") }
                isWaiting = true
                if error.remedy != .wait { StopSignal.raise() }
                if StopSignal.isRaised { return false }
                supervisor.tell("WATCHDOG=1")
                Thread.sleep(forTimeInterval: pause)
                pause = min(pause * 2, 5)
            }
        }
    }

    private func tell(_ outcome: BatchOutcome) {
        switch outcome {
        case .messages, .idle: return
        case .connected(let version, let session):
            switch session {
            case .resumed: log.info("connected to the broker, session resumed", [("protocol", "\(version)")])
            case .new: log.info("connected to the broker, new session", [("protocol", "\(version)")])
            case .lost:
                log.error(
                    "connected to the broker, but it has lost our session: what was published meanwhile is lost; "
                        + "see persistence in deploy/mosquitto.conf"
                )
            }
        case .disconnected(let error): log.warning("\(error)")
        case .subscriptionsRefused(let error): log.error("\(error)")
        }
    }

    private func snapshotWhenDue() {
        let now = clock.now()
        guard entriesSinceSnapshot > 0, now.since(snapshotAt) >= snapshotEvery else { return }
        snapshot(at: now)
    }

    private func snapshot(at now: Moment) {
        maintenance.save(
            Snapshot(position: position, version: "engine", at: now, bytes: engine.snapshot())
        )
        snapshotAt = now
        entriesSinceSnapshot = 0
    }

    private func startDispatchers() throws {
        let log = log.part("delivery")
        let clock = clock
        for sink in sinks.sinks {
            let outbox = try StoreOutbox(path: settings.database)
            let dispatcher = Dispatcher(sink, outbox: outbox, clock: { clock.now() }) {
                [outboxNews, story = TellOnce()] event in
                switch event {
                case .report: outboxNews.raise()
                case .failure(let failure): log.warning("\(failure)")
                case .paused(let sink, let until):
                    log.warning("sink \(sink) cannot be reached; trying again at \(until)")
                case .outboxFailed(let sink, let reason):
                    if story.isNew(reason) { log.error("sink \(sink): the outbox cannot be read: \(reason)") }
                }
            }
            guard dispatcher.start() > 0 else {
                throw CommandFailure(.software, "no thread could be started for the sink \(sink.name)")
            }
            dispatchers.append(dispatcher)
        }
    }

    private func startServer() throws -> Server? {
        guard let address = try settings.http else { return nil }
        return try Server(address, settings, inbox: inbox, figures: figures, clock: clock)
    }

    private func refreshFigures() {
        figures.refresh(
            engine: engine,
            intake: intake,
            position: position,
            dispatchers: dispatchers.map(\.counters),
            snapshotAge: clock.now().since(max(maintenance.savedAt, Moment())),
            store: store,
            now: clock.now()
        )
    }

    private func names() throws -> [String: String] {
        guard let directory = try store.directory() else { return [:] }
        return Story.names(in: try Directory(json: directory.json))
    }

    private func stop() {
        supervisor.tell("STOPPING=1")
        intake.stop(within: Self.stopTime)
        for dispatcher in dispatchers where !dispatcher.stop(within: Self.stopTime) {
            log.warning("a delivery was under way when Vigie stopped; the next start deals with it")
        }
        if entriesSinceSnapshot > 0 { snapshot(at: clock.now()) }
        maintenance.stop(within: Self.stopTime.inSeconds)
        log.info("stopped", [("position", "\(position.entries)")])
    }
}

extension Entry {
    /// The same entry, arrived at another time.
    fileprivate func at(_ moment: Moment) -> Entry {
        switch self {
        case .message(var message):
            message.arrivedAt = moment
            return .message(message)
        case .tick: return .tick(at: moment)
        case .reply(var reply):
            reply.at = moment
            return .reply(reply)
        case .receipt(var receipt):
            receipt.at = moment
            return .receipt(receipt)
        case .caseUpdate(var update):
            update.at = moment
            return .caseUpdate(update)
        case .directory(_, let json): return .directory(at: moment, json: json)
        }
    }
}
