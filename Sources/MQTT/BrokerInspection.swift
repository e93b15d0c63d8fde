import Glibc
import Telemetry
import Units

/// Tries out whether a broker would lose messages: brokers do not tell their configuration.
///
/// It leaves a session alone for a moment, publishes more than a broker keeps by default to a topic of its own,
/// comes back and counts. Needs the right to publish and subscribe on `vigie/check/#`, takes a few seconds, and
/// removes what it put there.
public struct BrokerInspection {
    /// More than Mosquitto keeps by default (1 000 queued and 20 under way).
    static let queued = 1_500
    /// A window smaller than this makes commits small: each batch waits for the acknowledgement of the last.
    static let leastWindow = 500
    private static let quiet = Duration.milliseconds(700)

    private let settings: MQTTSettings
    private let topic: String
    private var version = ProtocolVersion.v5
    private var warnings: [BrokerWarning] = []

    private init(_ settings: MQTTSettings) {
        let name = "\(settings.clientID)-check-\(getpid())"
        topic = "vigie/check/\(name)"
        self.settings = settings
        version = settings.protocols == .onlyV311 ? .v311 : .v5
    }

    /// All that was found; what cannot be seen from outside is always among it.
    ///
    /// - Throws: When there is no connection, or the broker does not allow `vigie/check/#`.
    public static func warnings(about settings: MQTTSettings) throws(MQTTError) -> [BrokerWarning] {
        var inspection = BrokerInspection(settings)
        try inspection.run()
        return inspection.warnings
    }

    private mutating func run() throws(MQTTError) {
        let publisher = MQTTPublisher(named("publisher"), seed: UInt64(getpid()))
        defer { publisher.close() }
        try publisher.connect(within: .seconds(10))
        try publisher.publish(to: "\(topic)/retained", "kept", retained: true)
        try publisher.flush()

        let first = try connect(keepsSession: true)
        let codes = try first.subscribe(to: ["\(topic)/#", "$SYS/broker/version"])
        if let code = codes.first, code != 1 {
            let refusal = code >= 128 ? Refusal(code: code) : nil
            let refused = RefusedSubscription(filter: "\(topic)/#", refusal: refusal)
            let cause = MQTTError.Cause.subscriptionsRefused([refused])
            throw MQTTError(broker: settings.broker, cause: cause, next: .giveUp)
        }
        try first.readUntilQuiet(acknowledging: true, for: Self.quiet)
        judgeVersion(first.messages)
        judgeRetained(first.messages)
        try publisher.publish(to: "\(topic)/retained", "", retained: true)
        try publisher.flush()
        try first.readUntilQuiet(acknowledging: true, for: Self.quiet)
        first.disconnect()

        for number in 0..<Self.queued { try publisher.publish(to: "\(topic)/queue", "\(number)") }
        try publisher.flush()

        let second = try connect(keepsSession: true)
        if try !second.answer().sessionPresent {
            add(
                .losesMessages,
                .session,
                finding: "the broker forgot a session as soon as its client had left",
                meaning: "whatever is published while Vigie restarts is lost",
                remedy: "persistent_client_expiration 7d"
            )
        } else {
            try second.readUntilQuiet(acknowledging: false, for: Self.quiet)
            judgeWindow(queueNumbers(second.messages).count)
            try second.readUntilQuiet(acknowledging: true, for: Self.quiet)
            judgeQueue(queueNumbers(second.messages).count)
        }
        second.disconnect()
        // A clean start removes the session and what is still in it.
        try connect(keepsSession: false).disconnect()
        add(
            .unseen,
            .persistence,
            finding: "whether the broker writes its queues to disk cannot be seen from outside",
            meaning: "without it, a killed broker forgets all sessions and messages",
            remedy: "persistence true, autosave_interval 10"
        )
    }

    private mutating func connect(keepsSession: Bool) throws(MQTTError) -> BrokerProbe {
        let probe = try BrokerProbe(named("subscriber"), version: version, keepsSession: keepsSession)
        let connack = try probe.answer()
        let refusal = Refusal(code: connack.code)
        if refusal.isAboutProtocol, version == .v5, settings.protocols == .newest {
            version = .v311
            add(
                .hinders,
                .protocolVersion,
                finding: "the broker has no MQTT 5",
                meaning: "it decides alone how long it keeps our session and how much it sends at once",
                remedy: "use a broker with MQTT 5, Mosquitto 1.6 or later"
            )
            return try connect(keepsSession: keepsSession)
        }
        guard connack.code == 0 else {
            throw MQTTError(broker: settings.broker, cause: .refused(refusal), next: .giveUp)
        }
        if keepsSession, warnings.allSatisfy({ $0.subject != .sessionExpiry }) { judge(connack) }
        return probe
    }

    private func named(_ role: String) -> MQTTSettings {
        var settings = settings
        settings.clientID = "\(settings.clientID)-check-\(getpid())-\(role)"
        settings.statusPrefix = nil
        return settings
    }

    private func queueNumbers(_ messages: [Message]) -> Set<[UInt8]> {
        Set(messages.filter { $0.topic == "\(topic)/queue" }.map(\.payload))
    }

    private mutating func add(
        _ weight: BrokerWarning.Weight,
        _ subject: BrokerWarning.Subject,
        finding: String,
        meaning: String,
        remedy: String
    ) {
        guard warnings.allSatisfy({ $0.subject != subject }) else { return }
        warnings.append(
            BrokerWarning(weight, subject, finding: finding, meaning: meaning, remedy: remedy)
        )
    }
}

// MARK: - What to think of it

extension BrokerInspection {
    private mutating func judge(_ connack: Connack) {
        if let expiry = connack.sessionExpiry, expiry < settings.sessionExpiry {
            add(
                .losesMessages,
                .sessionExpiry,
                finding: "the broker keeps sessions for \(spoken(expiry)), "
                    + "\(spoken(settings.sessionExpiry)) was asked",
                meaning: "after a longer outage of Vigie everything published meanwhile is lost",
                remedy:
                    "allow session expiry intervals of \(settings.sessionExpiry.components.seconds) seconds"
            )
        }
        if let highest = connack.highestQoS, highest < 1 {
            add(
                .losesMessages,
                .qualityOfService,
                finding: "the broker offers QoS 0 only",
                meaning: "it promises no message to anyone",
                remedy: "max_qos 1"
            )
        }
        if connack.keepsRetained == false {
            add(
                .hinders,
                .retained,
                finding: "the broker keeps no retained messages",
                meaning: "Vigie's status and the last states of devices are not seen by who comes later",
                remedy: "retain_available true"
            )
        }
        if let largest = connack.largestPacket, largest < settings.largestPayload {
            add(
                .hinders,
                .packetSize,
                finding: "the broker takes packets of up to \(largest) bytes",
                meaning:
                    "devices that send more are disconnected; Vigie would take \(settings.largestPayload)",
                remedy: "max_packet_size \(settings.largestPayload)"
            )
        }
        if let keepAlive = connack.keepAlive, keepAlive < MQTTSettings.leastKeepAlive {
            add(
                .hinders,
                .keepAlive,
                finding: "the broker wants to hear from us every \(spoken(keepAlive))",
                meaning: "a commit that takes longer costs the connection and a redelivery",
                remedy: "max_keepalive \(MQTTSettings.leastKeepAlive.components.seconds)"
            )
        }
    }

    private mutating func judgeVersion(_ messages: [Message]) {
        guard let message = messages.first(where: { $0.topic == "$SYS/broker/version" }) else { return }
        if let warning = BrokerVersion(String(decoding: message.payload, as: UTF8.self))?.warning {
            warnings.append(warning)
        }
    }

    private mutating func judgeRetained(_ messages: [Message]) {
        let isKept = messages.contains { $0.topic == "\(topic)/retained" && $0.flags.contains(.retained) }
        guard !isKept else { return }
        add(
            .hinders,
            .retained,
            finding: "a retained message did not come back",
            meaning: "Vigie's status and the last states of devices are not seen by who comes later",
            remedy: "retain_available true"
        )
    }

    private mutating func judgeWindow(_ count: Int) {
        guard count < min(Self.leastWindow, Self.queued) else { return }
        add(
            .hinders,
            .inflight,
            finding: "the broker sends at most \(count) messages before it waits for an acknowledgement",
            meaning: "a commit to disk is paid for every \(count) messages",
            remedy: "max_inflight_messages 20000"
        )
    }

    private mutating func judgeQueue(_ count: Int) {
        guard count < Self.queued else { return }
        add(
            .losesMessages,
            .queue,
            finding: "of \(Self.queued) messages for a client that was away the broker kept \(count)",
            meaning: "the others are lost, and their publishers were told that they arrived",
            remedy: "max_queued_messages 0"
        )
    }
}
