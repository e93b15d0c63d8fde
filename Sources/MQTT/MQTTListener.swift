import Glibc
import Telemetry
import Units

/// Looks at what a broker sends, and leaves no trace there: a session of its own that ends with the connection, QoS 0,
/// nothing retained, nothing journaled.
///
/// Messages that come faster than they are looked at are lost, as QoS 0 allows. One thread calls it.
public final class MQTTListener {
    private let probe: BrokerProbe

    /// Connects and subscribes.
    ///
    /// - Parameters:
    ///   - settings: the client id is made another one, so that the service under it is not thrown out.
    ///   - clock: the time of day; asked once for each message.
    /// - Throws: why there is no connection, or which filter the broker does not allow.
    public init(_ settings: MQTTSettings, filters: [String], clock: @escaping () -> Moment) throws(MQTTError)
    {
        var settings = settings
        settings.clientID += "-listen-\(getpid())"
        settings.statusPrefix = nil
        if let filter = filters.first(where: { !MosquittoLoop.accepts(filter: $0) }) {
            let text = "the topic filter \"\(filter)\" is not one that MQTT knows"
            throw MQTTError(broker: settings.broker, cause: .unusable(text), next: .giveUp)
        }
        probe = try Self.connect(settings, clock)
        let codes = try probe.subscribe(to: filters, qos: 0)
        let refused = zip(filters, codes).filter { $0.1 >= 128 }.map { filter, code in
            RefusedSubscription(filter: filter, refusal: Refusal(code: code))
        }
        guard refused.isEmpty else {
            throw MQTTError(broker: settings.broker, cause: .subscriptionsRefused(refused), next: .giveUp)
        }
    }

    /// With MQTT 5, or else with 3.1.1 where the broker has nothing newer.
    private static func connect(
        _ settings: MQTTSettings,
        _ clock: @escaping () -> Moment
    ) throws(MQTTError) -> BrokerProbe {
        let isNewest = settings.protocols != .onlyV311
        let probe = try BrokerProbe(
            settings,
            version: isNewest ? .v5 : .v311,
            keepsSession: false,
            clock: clock
        )
        let refusal = Refusal(code: try probe.answer().code)
        if refusal.code == 0 { return probe }
        guard refusal.isAboutProtocol, settings.protocols == .newest else {
            throw MQTTError(broker: settings.broker, cause: .refused(refusal), next: .giveUp)
        }
        var older = settings
        older.protocols = .onlyV311
        return try connect(older, clock)
    }

    /// Waits a while and hands over what came, in its order.
    public func listen(for span: Duration, _ take: (Message) -> Void) throws(MQTTError) {
        try probe.read(acknowledging: true, for: span) { !$0.messages.isEmpty }
        for message in probe.takeMessages() { take(message) }
    }

    /// Says goodbye; the broker forgets the session.
    public func close() {
        probe.disconnect()
    }
}
