import Telemetry
import Units

/// Takes messages from the broker in batches and acknowledges them when the caller has made them durable.
///
/// One thread calls it, in a loop: `nextBatch`, commit, `acknowledge`. It connects, waits, reconnects and
/// subscribes by itself inside `nextBatch`. Delivers every message published with QoS 1 or 2 at least once as
/// long as the broker keeps its session; those after a crash or a broken connection twice, whole batches of
/// them. Loses messages published with QoS 0 whenever the connection does not stand.
///
/// Subscriptions are QoS 1, never 2: libmosquitto hands a QoS 2 message over only after it has taken it from
/// the broker for good, in memory that a crash loses (measured: 629 of 20 000).
public final class MQTTIntake {
    public let settings: MQTTSettings
    private let filters: Set<String>
    private let memory: any SubscriptionMemory
    private let clock: () -> Moment

    private var machine: SessionMachine
    private var loop: MosquittoLoop?
    private var changes = SubscriptionChanges()
    /// Why the connection is over, found while a batch was read; told after that batch.
    private var failure: MQTTError.Cause?
    private var notices: [BatchOutcome] = []
    /// Messages handed out and neither acknowledged nor discarded.
    private var openBatch = 0
    private var hasBeenConnected = false
    private var lastArrival: Moment
    private var counts = IntakeStatistics()

    /// - Parameters:
    ///   - filters: The topic filters that the broker's session is made to hold, exactly.
    ///   - memory: Where the filters of the session are kept between runs.
    ///   - notBefore: The newest time of arrival in the journal: no arrival is stamped earlier, whatever the
    ///     clock says.
    ///   - seed: For the jitter of reconnecting.
    ///   - clock: The time of day; asked once for each message.
    public init(
        _ settings: MQTTSettings,
        filters: Set<String>,
        memory: any SubscriptionMemory,
        notBefore: Moment = .distantPast,
        seed: UInt64,
        clock: @escaping () -> Moment
    ) {
        self.settings = settings
        self.filters = filters
        self.memory = memory
        self.clock = clock
        lastArrival = notBefore
        machine = SessionMachine(broker: settings.broker, protocols: settings.protocols, seed: seed)
    }

    public var statistics: IntakeStatistics { loop?.inbox.statistics ?? counts }

    /// Whether the broker has accepted us and the connection stands.
    public var isConnected: Bool { loop != nil && failure == nil && machine.isAccepted }

    /// Whether the broker has answered for every subscription as well.
    public var isSubscribed: Bool { isConnected && !machine.isSubscribing }

    /// Waits for messages and reads them into `batch`, which is emptied first.
    ///
    /// After `.messages` the next call must be `acknowledge()` or `discard()`. Messages read before a connection
    /// breaks are handed out all the same: the broker sends them again, but a broker that lost its session
    /// would not.
    ///
    /// - Throws: Only what needs a person: bad credentials, unusable files, a session that cannot be compared.
    ///   Every further call throws it again.
    public func nextBatch(
        into batch: inout EntryBatch,
        limits: BatchLimits = BatchLimits()
    ) throws(MQTTError) -> BatchOutcome {
        precondition(openBatch == 0, "acknowledge() or discard() comes before the next batch")
        batch.removeAll()
        if let failure { disconnected(failure) }
        if !notices.isEmpty { return notices.removeFirst() }

        let now = Monotonic.now
        switch machine.step(at: now) {
        case .wait(let until):
            Monotonic.sleep(min(limits.idle, until.since(now)))
            return .idle
        case .connect(let version):
            try open(version)
        case .abandon(let error):
            close()
            return .disconnected(error)
        case .giveUp(let error):
            throw error
        case .serve:
            try fill(&batch, limits)
        }
        guard batch.isEmpty else {
            openBatch = batch.count
            return .messages(openBatch)
        }
        if let failure { disconnected(failure) }
        return notices.isEmpty ? .idle : notices.removeFirst()
    }

    /// The batch is durable: the broker may forget its messages.
    ///
    /// When the connection is gone they stay unacknowledged and come again; that is told by the next batch.
    public func acknowledge() {
        openBatch = 0
        guard let loop, failure == nil else { return }
        // A ping that was due while the commit ran leaves right behind the acknowledgements.
        if let problem = loop.write(together: true) ?? loop.keepAlive() ?? flush(loop) {
            failure = loop.cause(of: problem, connected: true)
        }
    }

    /// Publishes a message that is worth something only now, at QoS 0 and not retained.
    ///
    /// To be called with no batch open, for what is written then would acknowledge it.
    /// - Returns: false when the connection does not stand; the message is not kept.
    public func publish(to topic: String, _ payload: [UInt8]) -> Bool {
        precondition(openBatch == 0, "acknowledge() or discard() comes before a message is published")
        guard let loop, isConnected else { return false }
        // What cannot be sent says nothing of the connection; one that is gone is found by reading.
        guard payload.withUnsafeBytes({ loop.publish(to: topic, $0, qos: 0, retained: false) }) == nil else {
            return false
        }
        if let problem = flush(loop) {
            failure = loop.cause(of: problem, connected: true)
            return false
        }
        return true
    }

    /// The batch could not be made durable: the connection is dropped, for the acknowledgements are queued in
    /// it already. The broker sends everything again after the next connect.
    public func discard() {
        guard openBatch > 0 else { return }
        loop?.inbox.statistics.discarded += openBatch
        openBatch = 0
        guard failure == nil else { return }
        close()
        machine.discarded(at: Monotonic.now)
    }

    /// Ends the session's connection, so that the broker has read all acknowledgements and keeps the session.
    ///
    /// - Parameter limit: After it the connection is cut; unread acknowledgements then mean messages sent twice.
    public func stop(within limit: Duration) {
        defer { close() }
        // With an uncommitted batch nothing may be written any more; cut like this, its messages come again.
        guard let loop, failure == nil, openBatch == 0, machine.isAccepted else { return }
        publishStatus("offline", reason: "stopped", loop)
        loop.disconnect(within: limit)
    }

    // MARK: - Reading

    private func fill(_ batch: inout EntryBatch, _ limits: BatchLimits) throws(MQTTError) {
        guard let loop else { preconditionFailure("SessionMachine serves a connection that was never made") }
        swap(&batch, &loop.inbox.batch)
        defer { swap(&batch, &loop.inbox.batch) }
        let began = Monotonic.now
        var first = began
        while true {
            let before = loop.inbox.statistics.messages
            if let problem = loop.read() { return try ended(problem, loop) }
            if loop.inbox.hasNews { try hear(loop) }
            guard failure == nil, self.loop != nil else { return }
            // With a batch open nothing is written: acknowledgements of its messages would leave too.
            let mayWrite = loop.inbox.batch.isEmpty
            if mayWrite, loop.wantsWrite, let problem = loop.write() { return try ended(problem, loop) }

            let count = loop.inbox.batch.count
            let isFull = count >= limits.maxMessages || loop.inbox.batch.bytes.count >= limits.maxBytes
            if isFull { break }
            let isDrained = loop.inbox.statistics.messages == before
            // On a busy socket the clock is asked only now and then.
            guard isDrained || count <= 1 || count % 64 == 0 else { continue }
            let now = Monotonic.now
            if count == 1, !isDrained { first = now }
            let end = mayWrite ? began + limits.idle : first + (isDrained ? limits.window : limits.longest)
            guard now < end else { break }
            if isDrained { _ = loop.wait(alsoWritable: mayWrite && loop.wantsWrite, for: end.since(now)) }
        }
        if let problem = loop.keepAlive() ?? (loop.inbox.batch.isEmpty ? flush(loop) : nil) {
            try ended(problem, loop)
        }
    }

    private func flush(_ loop: MosquittoLoop) -> LoopFailure? {
        loop.wantsWrite ? loop.write() : nil
    }

    /// A call failed: the connection is over. A refusal that came with it says more than the failure does.
    private func ended(_ problem: LoopFailure, _ loop: MosquittoLoop) throws(MQTTError) {
        if loop.inbox.hasNews { try hear(loop) }
        guard failure == nil, self.loop != nil else { return }
        failure = loop.cause(of: problem, connected: machine.isAccepted)
    }

    // MARK: - Connecting

    private func open(_ version: ProtocolVersion) throws(MQTTError) {
        if let filter = filters.sorted().first(where: { !MosquittoLoop.accepts(filter: $0) }) {
            throw stopped(.unusable("the topic filter \"\(filter)\" is not one that MQTT knows"))
        }
        let patience = SessionMachine.reachPatience
        if let problem = Reachability.problem(host: settings.host, port: settings.port, within: patience) {
            return disconnected(.unreachable(problem))
        }
        let configuration = MosquittoLoop.Configuration(
            settings: settings,
            clientID: settings.clientID,
            version: version,
            keepsSession: true,
            lastWill: settings.statusTopic.map {
                ($0, StatusMessage.text("offline", reason: "connection lost"))
            }
        )
        var inbox = Inbox(lastArrival: lastArrival)
        inbox.statistics = counts
        do {
            let loop = try MosquittoLoop(configuration, inbox: inbox, clock: clock)
            self.loop = loop
            if let cause = loop.connect(configuration) { disconnected(cause) }
        } catch {
            throw stopped(error.cause)
        }
    }

    /// Deals with what the callbacks said.
    private func hear(_ loop: MosquittoLoop) throws(MQTTError) {
        if let connack = loop.inbox.connack {
            loop.inbox.connack = nil
            guard connack.code == 0 else {
                let error = machine.refused(Refusal(code: connack.code), at: Monotonic.now)
                close()
                if error.next == .giveUp { throw error }
                notices.append(.disconnected(error))
                return
            }
            try accepted(connack, loop)
        }
        if let refusal = loop.inbox.dismissal { failure = .dismissed(refusal) }
        for grant in loop.inbox.grants { changes.granted(grant) }
        for request in loop.inbox.unsubscribed { changes.unsubscribed(request) }
        loop.inbox.grants.removeAll()
        loop.inbox.unsubscribed.removeAll()
        if changes.areDone { try subscribed() }
    }

    private func accepted(_ connack: Connack, _ loop: MosquittoLoop) throws(MQTTError) {
        loop.listenForComplaints(false)
        loop.inbox.statistics.connections += 1
        machine.accepted(at: Monotonic.now)
        let remembered = try remember { try memory.load() }
        let hadSession = hasBeenConnected || remembered != SessionSubscriptions()
        let state: SessionState = connack.sessionPresent ? .resumed : hadSession ? .lost : .new
        if state == .lost { loop.inbox.statistics.sessionsLost += 1 }
        hasBeenConnected = true
        notices.append(.connected(machine.version, state))
        publishStatus("online", reason: nil, loop)

        let plan = SubscriptionPlan(
            wanted: filters,
            remembered: remembered,
            resumed: connack.sessionPresent,
            version: machine.version
        )
        // Written down before it is asked for: a filter may be in the session although we crash before the answer.
        if plan.meanwhile != remembered { try remember { try memory.save(plan.meanwhile) } }
        changes = SubscriptionChanges(held: filters)
        let onlyIfNew = machine.version == .v5
        for filters in plan.unsubscribe.inPackets {
            let (request, problem) = loop.unsubscribe(from: filters)
            if let problem {
                failure = loop.cause(of: problem, connected: true)
                return
            }
            changes.asked(toUnsubscribeIn: request)
        }
        for filters in plan.subscribe.inPackets {
            let (request, problem) = loop.subscribe(to: filters, retainedOnlyIfNew: onlyIfNew)
            if let problem {
                failure = loop.cause(of: problem, connected: true)
                return
            }
            changes.asked(toSubscribe: filters, in: request)
        }
        if changes.areDone { try subscribed() }
    }

    private func subscribed() throws(MQTTError) {
        guard machine.isSubscribing else { return }
        machine.subscribed()
        let held = SessionSubscriptions(confirmed: changes.held)
        try remember { if try memory.load() != held { try memory.save(held) } }
        guard !changes.refused.isEmpty else { return }
        let cause = MQTTError.Cause.subscriptionsRefused(changes.refused)
        notices.append(
            .subscriptionsRefused(MQTTError(broker: settings.broker, cause: cause, next: .goOn))
        )
    }

    private func publishStatus(_ status: String, reason: String?, _ loop: MosquittoLoop) {
        guard let topic = settings.statusTopic else { return }
        var text = StatusMessage.text(status, reason: reason)
        // QoS 0: it is bound to this very connection, and when that breaks the last will says otherwise.
        text.withUTF8 { bytes in
            if let problem = loop.publish(to: topic, UnsafeRawBufferPointer(bytes), qos: 0, retained: true) {
                failure = loop.cause(of: problem, connected: true)
            }
        }
    }

    // MARK: - Ends

    private func disconnected(_ cause: MQTTError.Cause) {
        notices.append(.disconnected(machine.failed(cause, at: Monotonic.now)))
        close()
    }

    private func stopped(_ cause: MQTTError.Cause) -> MQTTError {
        close()
        return machine.stopped(cause)
    }

    private func close() {
        failure = nil
        guard let loop else { return }
        lastArrival = loop.inbox.lastArrival
        counts = loop.inbox.statistics
        self.loop = nil
    }

    private func remember<Value>(_ body: () throws -> Value) throws(MQTTError) -> Value {
        do {
            return try body()
        } catch {
            throw stopped(.memory("\(error)"))
        }
    }
}
