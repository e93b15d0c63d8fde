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
    /// One machine has one partition.
    static let partition = "0"
    /// How long the parts have to come to an end; there are two such steps, and 5 s in all.
    private static let stopTime = Duration.seconds(2)

    let settings: Settings
    private let options: RunOptions
    let log: Log
    let clock: RunClock
    let store: Store
    private let lock: RunLock
    private let zone: CivilZone
    private let pipelines: PipelineSet
    private let engine: Engine
    private let intake: MQTTIntake
    private let sinks: Sinks
    let inbox = Inbox()
    let outboxNews = Flag(raised: true)
    private let figures = Figures()
    private let maintenance: Maintenance
    private let supervisor: Supervisor
    private let snapshotEvery: Duration
    private var dropTally: DropTally
    private var dispatchers: [Dispatcher] = []
    private var position: Position
    private var snapshotAt = RunClock.monotonicSeconds()
    private var story: Story?
    private var entriesSinceSnapshot = 0
    /// What devices are to be asked as soon as the batch is acknowledged.
    private var queries: [DeviceQuery] = []
    /// The engine has taken entries that the journal does not hold: its state is not to be kept.
    private var isAhead = false
    /// Taken from the inbox and not committed yet.
    private var arrived: [(item: Inbox.Item, ticket: Inbox.Ticket)] = []

    /// Nil when it was asked to stop before it had begun.
    init?(_ settings: Settings, _ pipelines: PipelineSet, _ options: RunOptions) throws {
        self.settings = settings
        self.options = options
        log = try settings.log
        snapshotEvery = try settings.snapshotEvery
        let mqtt = try settings.mqtt
        sinks = try Sinks(settings)
        zone = try settings.zone
        self.pipelines = pipelines
        engine = Engine(pipelines, zone: zone)
        supervisor = Supervisor()
        try FileAccess.makeFolder(settings[.data])
        lock = try RunLock(folder: settings[.data])
        store = try Store(path: settings.database)
        let recovery = try store.recoverInFlight(at: SystemClock.read())
        if recovery.requeued + recovery.unknown > 0 {
            log.warning(
                "\(recovery.requeued + recovery.unknown) deliveries were under way when Vigie ended: "
                    + "\(recovery.requeued) are sent again, \(recovery.unknown) texts may have been sent and are not"
            )
        }
        let supervisor = supervisor
        guard let start = try Start(engine, from: store, log, isComing: { supervisor.tell(Self.patience) })
        else { return nil }
        position = start.position
        clock = RunClock(
            from: options.clockFrom,
            factor: options.clockFactor,
            notBefore: max(engine.now, Moment())
        )
        let clock = clock
        dropTally = DropTally(engine, now: clock.now())
        maintenance = Maintenance(
            path: settings.database,
            partition: Self.partition,
            savedAt: start.snapshotAt ?? clock.now(),
            clock: clock,
            log: log.part("store")
        )
        intake = MQTTIntake(
            mqtt,
            filters: pipelines.subscriptions,
            memory: StoredSubscriptions(store: store),
            notBefore: clock.now(),
            seed: UInt64.random(in: 0 ... .max),
            clock: { clock.now() }
        )
    }

    /// Asks systemd for more time to start: half a minute from now.
    private static let patience = "EXTEND_TIMEOUT_USEC=30000000"

    /// - Parameter isOver: asked after each batch.
    func run(until isOver: () -> Bool = { StopSignal.isRaised }) throws {
        // Callers that wait for an answer hear it before the server ends.
        var server: Server?
        defer { server?.stop() }
        defer { stop() }
        try startDispatchers()
        server = try startServer()
        maintenance.start()
        if options.tells { story = Story(zone: zone, names: try names()) }
        supervisor.tell("READY=1")
        log.info(
            "running",
            [("broker", try settings.mqtt.broker), ("http", server.map { "\($0.port)" } ?? "none")]
        )
        var batch = EntryBatch()
        while !isOver() {
            try step(&batch)
            giveSign()
        }
    }

    private var lastSign = -Double.infinity

    /// Tells the supervisor and the figures about once a second that the loop comes round.
    private func giveSign() {
        let now = RunClock.monotonicSeconds()
        guard now - lastSign > min(supervisor.watchdog ?? 1, 1) else { return }
        lastSign = now
        supervisor.tell("WATCHDOG=1")
        figures.refresh(
            engine: engine,
            intake: intake,
            position: position,
            dispatchers: dispatchers.map(\.counters),
            snapshotAge: clock.now().since(maintenance.savedAt),
            store: store,
            now: clock.now()
        )
    }

    /// One batch: take, decide, commit, acknowledge.
    private func step(_ batch: inout EntryBatch) throws {
        let outcome = try intake.nextBatch(into: &batch)
        if case .messages = outcome { clock.begin() }
        tell(outcome)
        arrived += inbox.take()
        let hasNews = outboxNews.take()
        // Stopped while the store could not be used: nothing is acknowledged, all of it comes again.
        let items = arrived.map(\.item)
        let found = try whenPossible { () throws(StoreError) in try inbound(items, withNews: hasNews) }
        guard let inbound = found else { return }
        for entry in inbound.entries { batch.append(entry) }
        if let due = engine.nextDue, due <= clock.now() { batch.append(.tick(at: clock.now())) }
        if !batch.isEmpty { guard try commit(batch, inbound) else { return } }
        // What had come before is durable as well, and told so to whoever sent it again.
        for (_, ticket) in arrived { ticket.isDurable() }
        arrived.removeAll()
        if case .messages = outcome { intake.acknowledge() }
        ask()
        snapshotWhenDue()
    }

    /// Decides and commits; false when Vigie is asked to stop before the store can be written.
    private func commit(_ batch: EntryBatch, _ inbound: Inbound) throws -> Bool {
        isAhead = true
        let commit = Commit(
            after: position,
            entries: batch,
            effects: try engine.apply(batch),
            inbound: inbound.ids,
            told: inbound.told,
            mail: inbound.mail,
            directory: inbound.directory,
            drops: dropTally.take(engine, now: clock.now())
        )
        let next = try whenPossible { () throws(StoreError) in
            let started = RunClock.monotonicSeconds()
            defer { figures.commitTook(RunClock.monotonicSeconds() - started) }
            return try store.commit(
                commit,
                to: Self.partition,
                routes: sinks.routes,
                zone: zone,
                render: CloudEvent.bytes(of:)
            )
        }
        guard let next else { return false }
        position = next
        isAhead = false
        figures.committed(batch.count)
        if let directory = commit.directory { story?.names = Story.names(in: directory.directory) }
        if !commit.effects.isEmpty {
            for dispatcher in dispatchers { dispatcher.wake() }
            for effect in commit.effects {
                story?.tell(effect)
                if case .query(let query) = effect { queries.append(query) }
            }
        }
        entriesSinceSnapshot += batch.count
        return true
    }

    /// Asks devices what can only be asked now. Nothing is kept for later: who still wants to know asks anew.
    private func ask() {
        for query in queries where !intake.publish(to: query.topic, query.payload) {
            log.warning("a device was not asked, for the broker is not there", [("topic", query.topic)])
        }
        queries.removeAll()
    }

    /// Tries again as long as the store cannot be used; the broker keeps what comes meanwhile.
    ///
    /// - Returns: nil when Vigie is asked to stop first.
    /// - Throws: What does not heal by itself.
    private func whenPossible<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value? {
        var pause = 0.1
        var isWaiting = false
        while true {
            do throws(StoreError) {
                let value = try body()
                if isWaiting {
                    log.info("the store can be used again: intake goes on")
                    figures.obstacle(nil)
                }
                return value
            } catch {
                guard error.remedy == .wait else { throw error }
                figures.obstacle("\(error)")
                if !isWaiting { log.error("\(error)") }
                isWaiting = true
                let end = RunClock.monotonicSeconds() + pause
                while RunClock.monotonicSeconds() < end {
                    if StopSignal.isRaised { return nil }
                    giveSign()
                    Thread.sleep(forTimeInterval: 0.05)
                }
                pause = min(pause * 2, 5)
            }
        }
    }

    private func snapshotWhenDue() {
        guard entriesSinceSnapshot > 0,
            RunClock.monotonicSeconds() - snapshotAt >= snapshotEvery.inSeconds
        else { return }
        snapshot()
    }

    private func snapshot() {
        maintenance.save(
            Snapshot(position: position, version: "engine", at: clock.now(), bytes: engine.snapshot())
        )
        snapshotAt = RunClock.monotonicSeconds()
        entriesSinceSnapshot = 0
    }

    private func startDispatchers() throws {
        for sink in sinks.sinks {
            let outbox = try StoreOutbox(path: settings.database)
            let clock = clock
            let dispatcher = Dispatcher(
                sink,
                outbox: outbox,
                clock: { clock.now() },
                observe: dispatchObserver()
            )
            guard dispatcher.start() > 0 else {
                throw CommandFailure(.software, "no thread could be started for the sink \(sink.name)")
            }
            dispatchers.append(dispatcher)
        }
    }

    private func startServer() throws -> Server? {
        guard let address = try settings.http else { return nil }
        let dispatchers = Dictionary(uniqueKeysWithValues: zip(sinks.sinks.map(\.name), dispatchers))
        return try Server(address, settings, pipelines, inbox: inbox, figures: figures, clock: clock) {
            [windows = sinks.windows] id, sink in
            guard windows[sink]?.end(id) == true else { return }
            dispatchers[sink]?.wake()
        }
    }

    private func names() throws -> [String: String] {
        guard let directory = try store.directory() else { return [:] }
        return Story.names(in: try Directory(json: directory.json))
    }

    /// Ends within `stopTime` for what speaks to others, and as long again for the snapshot.
    private func stop() {
        supervisor.tell("STOPPING=1")
        inbox.close()
        for (_, ticket) in arrived { ticket.isLeft() }
        let endings = dispatchers.map { Ending(of: $0, within: Self.stopTime) }
        intake.stop(within: Self.stopTime)
        for ending in endings where !ending.wait() {
            log.warning("a delivery was under way when Vigie stopped; the next start deals with it")
        }
        if entriesSinceSnapshot > 0, !isAhead { snapshot() }
        maintenance.stop(within: Self.stopTime.inSeconds)
        log.info("stopped", [("position", "\(position.entries)")])
    }
}
