import Telemetry
import Units

/// Publishes messages and knows that the broker has them: recorded days for a trial, commands to devices.
///
/// It has a connection and a client id of its own. One thread calls it; `publish` sends at once and waits only
/// when `window` messages are without acknowledgement. When the connection breaks it is made again and what
/// was not acknowledged is sent again, so that the broker gets every message at least once.
public final class MQTTPublisher {
    private let settings: MQTTSettings
    private let window: Int
    private var machine: SessionMachine
    private var loop: MosquittoLoop?
    private var version: ProtocolVersion?
    private var sent = 0
    private var lastError: MQTTError?

    /// - Parameters:
    ///   - window: How many messages may be under way, 1 to 65 535. The broker may set a lower limit.
    ///   - seed: For the jitter of reconnecting.
    public init(_ settings: MQTTSettings, window: Int = 256, seed: UInt64) {
        self.settings = settings
        self.window = min(max(window, 1), 65_535)
        machine = SessionMachine(broker: settings.broker, protocols: settings.protocols, seed: seed)
    }

    /// Messages that the broker has not answered for yet.
    public var unacknowledged: Int {
        guard let loop else { return 0 }
        return sent - loop.inbox.published - loop.inbox.refusedPublishes
    }

    /// Connects, trying again until the limit. `publish` does it by itself; this tells early what is wrong.
    public func connect(within limit: Duration = .seconds(30)) throws(MQTTError) {
        try run(within: limit) { $0.machine.isAccepted }
    }

    /// Sends a message; with QoS 1, waits as long as the window is full.
    ///
    /// - Parameters:
    ///   - qos: 0 or 1.
    ///   - properties: As `Message` has them; with MQTT 3.1.1 the message goes without.
    /// - Throws: What the broker refused since the last call, a message that cannot be sent, or the reason why
    ///   there was no connection within `limit`.
    public func publish(
        to topic: String,
        _ payload: UnsafeRawBufferPointer,
        qos: Int = 1,
        retained: Bool = false,
        properties: [MessageProperty] = [],
        answer: AnswerAddress? = nil,
        within limit: Duration = .seconds(30)
    ) throws(MQTTError) {
        let window = window
        if !machine.isAccepted || unacknowledged >= window {
            try run(within: limit) { $0.machine.isAccepted && $0.unacknowledged < window }
        }
        try throwRefusals()
        guard let loop else { preconditionFailure("SessionMachine is accepted without a connection") }
        let problem = loop.publish(
            to: topic,
            payload,
            qos: Int32(min(max(qos, 0), 1)),
            retained: retained,
            machine.version == .v5
                ? PublishedProperties(answer: answer, properties: properties) : PublishedProperties()
        )
        if let problem {
            throw MQTTError(broker: settings.broker, cause: .unsendable(problem.text), next: .goOn)
        }
        sent += 1
        if let problem = loop.write() { ended(problem) }
    }

    public func publish(
        to topic: String,
        _ payload: String,
        qos: Int = 1,
        retained: Bool = false,
        properties: [MessageProperty] = [],
        answer: AnswerAddress? = nil,
        within limit: Duration = .seconds(30)
    ) throws(MQTTError) {
        var payload = payload
        let result = payload.withUTF8 { bytes in
            Result { () throws(MQTTError) in
                let bytes = UnsafeRawBufferPointer(bytes)
                try publish(
                    to: topic,
                    bytes,
                    qos: qos,
                    retained: retained,
                    properties: properties,
                    answer: answer,
                    within: limit
                )
            }
        }
        try result.get()
    }

    /// Waits until the broker has everything.
    public func flush(within limit: Duration = .seconds(30)) throws(MQTTError) {
        if unacknowledged > 0 {
            try run(within: limit) { $0.machine.isAccepted && $0.unacknowledged == 0 }
        }
        try throwRefusals()
    }

    /// Keeps the connection alive for a while in which there is nothing to publish.
    public func wait(for span: Duration) throws(MQTTError) {
        let end = Monotonic.now + span
        while Monotonic.now < end {
            try step(for: end.since(Monotonic.now))
        }
    }

    /// Says goodbye. What is not acknowledged by now may be lost: `flush` comes first.
    public func close(within limit: Duration = .seconds(2)) {
        if machine.isAccepted { loop?.disconnect(within: limit) }
        loop = nil
    }

    // MARK: - The connection

    private func run(within limit: Duration, until isDone: (MQTTPublisher) -> Bool) throws(MQTTError) {
        let deadline = Monotonic.now + limit
        while !isDone(self) {
            let rest = deadline.since(Monotonic.now)
            guard rest > .zero else {
                throw lastError
                    ?? MQTTError(
                        broker: settings.broker,
                        cause: .silent(.publish, after: limit),
                        next: .goOn
                    )
            }
            try step(for: rest)
        }
    }

    private func step(for span: Duration) throws(MQTTError) {
        let now = Monotonic.now
        switch machine.step(at: now) {
        case .wait(let until): Monotonic.sleep(min(span, until.since(now)))
        case .connect(let version): try open(version)
        case .abandon(let error): lastError = error
        case .giveUp(let error): throw error
        case .serve: serve(for: span)
        }
    }

    private func serve(for span: Duration) {
        guard let loop else { preconditionFailure("SessionMachine serves a connection that was never made") }
        let before = loop.inbox.published
        if let problem = loop.read() ?? loop.keepAlive() { return ended(problem) }
        if loop.inbox.connack != nil { hear(loop) }
        guard self.loop != nil, machine.isConnecting || machine.isAccepted else { return }
        if loop.wantsWrite, let problem = loop.write() { return ended(problem) }
        // Never for longer than a second: pings are due in between.
        guard loop.inbox.published == before else { return }
        _ = loop.wait(alsoWritable: loop.wantsWrite, for: min(span, .seconds(1)))
    }

    private func open(_ version: ProtocolVersion) throws(MQTTError) {
        let patience = SessionMachine.reachPatience
        if let problem = Reachability.problem(host: settings.host, port: settings.port, within: patience) {
            return failed(.unreachable(problem))
        }
        let configuration = MosquittoLoop.Configuration(
            settings: settings,
            clientID: settings.clientID,
            version: version,
            keepsSession: false,
            lastWill: nil,
            sendMaximum: window
        )
        // The same handle for every connection of a version: it holds what is to be sent again.
        if self.version != version || loop == nil {
            loop = try MosquittoLoop(configuration, inbox: Inbox(), clock: { Monotonic.now })
            self.version = version
            sent = 0
        }
        if let cause = loop?.connect(configuration) { failed(cause) }
    }

    private func hear(_ loop: MosquittoLoop) {
        guard let connack = loop.inbox.connack else { return }
        loop.inbox.connack = nil
        guard connack.code == 0 else {
            lastError = machine.refused(Refusal(code: connack.code), at: Monotonic.now)
            return
        }
        loop.listenForComplaints(false)
        machine.accepted(at: Monotonic.now)
        machine.subscribed()
        lastError = nil
    }

    private func ended(_ problem: LoopFailure) {
        guard let loop else { return }
        if loop.inbox.connack != nil { hear(loop) }
        guard machine.isConnecting || machine.isAccepted else { return }
        failed(loop.cause(of: problem, connected: machine.isAccepted))
        loop.inbox.dismissal = nil
    }

    private func failed(_ cause: MQTTError.Cause) {
        lastError = machine.failed(cause, at: Monotonic.now)
    }

    private func throwRefusals() throws(MQTTError) {
        guard let loop, let refusal = loop.inbox.newPublishRefusal else { return }
        loop.inbox.newPublishRefusal = nil
        throw MQTTError(
            broker: settings.broker,
            cause: .publishRefused(refusal, count: loop.inbox.refusedPublishes),
            next: .goOn
        )
    }
}
