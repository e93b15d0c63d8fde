import Telemetry
import Units

/// A connection that tries things out on a broker; unlike the intake it acknowledges when it is told to.
final class BrokerProbe {
    private let settings: MQTTSettings
    private let loop: MosquittoLoop
    /// What arrived since it was last taken.
    private(set) var messages: [Message] = []

    /// - Parameter clock: what messages are stamped with on their arrival.
    init(
        _ settings: MQTTSettings,
        version: ProtocolVersion,
        keepsSession: Bool,
        clock: @escaping () -> Moment = { Monotonic.now }
    ) throws(MQTTError) {
        self.settings = settings
        let configuration = MosquittoLoop.Configuration(
            settings: settings,
            clientID: settings.clientID,
            version: version,
            keepsSession: keepsSession,
            lastWill: nil
        )
        loop = try MosquittoLoop(configuration, inbox: Inbox(), clock: clock)
        let patience = SessionMachine.reachPatience
        if let problem = Reachability.problem(host: settings.host, port: settings.port, within: patience) {
            throw error(.unreachable(problem))
        }
        if let cause = loop.connect(configuration) { throw error(cause) }
    }

    /// The broker's answer to CONNECT, be it a refusal.
    func answer() throws(MQTTError) -> Connack {
        try read(acknowledging: true, for: SessionMachine.patience) { $0.loop.inbox.connack != nil }
        guard let connack = loop.inbox.connack else {
            throw error(.silent(.connect, after: SessionMachine.patience))
        }
        loop.listenForComplaints(false)
        return connack
    }

    /// The codes that the broker granted.
    func subscribe(to filters: [String], qos: Int32 = 1) throws(MQTTError) -> [Int] {
        let (request, problem) = loop.subscribe(to: filters, qos: qos, retainedOnlyIfNew: false)
        if let problem { throw error(loop.cause(of: problem, connected: true)) }
        let limit = SessionMachine.patience
        try read(acknowledging: true, for: limit) { $0.loop.inbox.grants.contains { $0.request == request } }
        guard let grant = loop.inbox.grants.first(where: { $0.request == request }) else {
            throw error(.silent(.subscribe, after: limit))
        }
        return grant.codes
    }

    /// Reads until the condition holds or the time is over. Acknowledges nothing unless told to.
    func read(
        acknowledging: Bool,
        for span: Duration,
        until isDone: (BrokerProbe) -> Bool
    ) throws(MQTTError) {
        let deadline = Monotonic.now + span
        while !isDone(self), Monotonic.now < deadline {
            let before = loop.inbox.statistics.messages
            if let problem = loop.read() {
                // A refusal ends the connection too, and says more.
                guard loop.inbox.connack == nil || loop.inbox.connack?.code == 0 else { return }
                throw error(loop.cause(of: problem, connected: loop.inbox.connack != nil))
            }
            try fetchMessages()
            if acknowledging {
                let failed = loop.keepAlive() ?? (loop.wantsWrite ? loop.write() : nil)
                if let failed { throw error(loop.cause(of: failed, connected: true)) }
            }
            guard loop.inbox.statistics.messages == before else { continue }
            let rest = min(deadline.since(Monotonic.now), .milliseconds(50))
            _ = loop.wait(alsoWritable: acknowledging && loop.wantsWrite, for: rest)
        }
    }

    /// Reads until nothing has come for this long.
    func readUntilQuiet(acknowledging: Bool, for span: Duration) throws(MQTTError) {
        var count = -1
        while messages.count != count {
            count = messages.count
            try read(acknowledging: acknowledging, for: span) { $0.messages.count != count }
        }
    }

    func disconnect() {
        loop.disconnect(within: .seconds(2))
    }

    /// What arrived since it was last asked.
    func takeMessages() -> [Message] {
        defer { messages.removeAll() }
        return messages
    }

    private func fetchMessages() throws(MQTTError) {
        guard !loop.inbox.batch.isEmpty else { return }
        do {
            try loop.inbox.batch.forEach { view in
                if case .message(let message) = try view.copied() { messages.append(message) }
            }
        } catch {
            throw self.error(.lost("\(error)"))
        }
        loop.inbox.batch.removeAll()
    }

    private func error(_ cause: MQTTError.Cause) -> MQTTError {
        MQTTError(broker: settings.broker, cause: cause, next: .giveUp)
    }
}
