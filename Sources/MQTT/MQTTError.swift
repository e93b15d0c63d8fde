import Units

/// Something is wrong between us and the broker: what, and what happens next.
public struct MQTTError: Error, Equatable, Sendable {
    public enum Cause: Equatable, Sendable {
        /// The broker answered CONNECT with a no.
        case refused(Refusal)
        /// No connection came about: name not found, nobody listens, no route.
        case unreachable(String)
        /// A connection that stood has ended; the text is the system's.
        case lost(String)
        /// A connection that stood was ended by the broker, with its reason (MQTT 5).
        case dismissed(Refusal)
        /// No common ground in TLS: certificate, host name, version.
        case insecure(String)
        /// The broker did not answer in time.
        case silent(Step, after: Duration)
        /// The settings or the files they name cannot be used.
        case unusable(String)
        /// The list of subscriptions that the broker holds for us could not be read or written.
        case memory(String)
        /// The broker does not let us have these topics.
        case subscriptionsRefused([RefusedSubscription])
        /// A message of ours that MQTT or this broker has no way to carry.
        case unsendable(String)
        /// The broker did not take messages of ours.
        case publishRefused(Refusal, count: Int)
    }

    /// What we were waiting for.
    public enum Step: String, Equatable, Sendable {
        case connect = "CONNECT"
        case subscribe = "SUBSCRIBE"
        case publish = "PUBLISH"
    }

    public enum Next: Equatable, Sendable {
        case retry(after: Duration, attempt: Int)
        /// The broker has no MQTT 5; 3.1.1 is tried now.
        case olderProtocol
        case giveUp
        /// Everything else goes on.
        case goOn
    }

    /// `host:port`.
    public var broker: String
    public var cause: Cause
    public var next: Next

    public init(broker: String, cause: Cause, next: Next) {
        self.broker = broker
        self.cause = cause
        self.next = next
    }
}

/// A topic filter that the broker did not grant, or granted with less than QoS 1.
public struct RefusedSubscription: Equatable, Sendable, CustomStringConvertible {
    public var filter: String
    /// Nil when it was granted, but only with QoS 0, so that messages may be lost on the way.
    public var refusal: Refusal?

    public init(filter: String, refusal: Refusal?) {
        self.filter = filter
        self.refusal = refusal
    }

    public var description: String {
        "\"\(filter)\": \(refusal?.description ?? "only with QoS 0, messages may be lost on the way")"
    }
}

extension MQTTError: CustomStringConvertible {
    public var description: String {
        ["MQTT broker \(broker) \(finding)", consequence, advice].compactMap(\.self).joined(separator: "; ")
    }

    private var finding: String {
        switch cause {
        case .refused(let refusal): "refused the connection: \(refusal)"
        case .unreachable(let reason): "cannot be reached: \(reason)"
        case .lost(let reason): "went away: \(reason)"
        case .dismissed(let refusal): "closed the connection: \(refusal)"
        case .insecure(let reason): "cannot be trusted: \(reason)"
        case .silent(let step, let span): "did not answer \(step.rawValue) within \(spoken(span))"
        case .unusable(let reason): "cannot be used: \(reason)"
        case .memory(let reason): "keeps subscriptions that cannot be compared with ours: \(reason)"
        case .subscriptionsRefused(let refused):
            "refused \(refused.count) of our subscriptions: "
                + refused.map(\.description).joined(separator: ", ")
        case .unsendable(let reason): "cannot be sent this message: \(reason)"
        case .publishRefused(let refusal, let count):
            "refused \(count) \(count == 1 ? "message" : "messages") of ours: \(refusal)"
        }
    }

    private var consequence: String? {
        switch next {
        case .retry(let span, let attempt):
            switch cause {
            case .lost, .dismissed:
                "retrying in \(spoken(span)) (attempt \(attempt)); "
                    + "what is not acknowledged stays with the broker"
            default: "retrying in \(spoken(span)) (attempt \(attempt))"
            }
        case .olderProtocol: "trying MQTT 3.1.1 now"
        case .giveUp: "not retrying"
        case .goOn:
            switch cause {
            case .subscriptionsRefused: "nothing arrives from them, the others go on"
            default: nil
            }
        }
    }

    private var advice: String? {
        switch cause {
        case .refused(let refusal):
            next == .olderProtocol ? nil : refusal.advice
        case .dismissed(let refusal): refusal.advice
        case .lost:
            // Not every broker says why it closes a connection whose client id has come again.
            if case .retry(_, let attempt) = next, attempt >= 3 {
                "if this goes on, look for another Vigie with the same client id"
            } else {
                nil
            }
        case .insecure: "check the CA file, and that the broker's certificate names this host"
        case .subscriptionsRefused: "check what the broker's access list allows this user"
        case .unreachable, .silent, .unusable, .memory, .unsendable, .publishRefused: nil
        }
    }
}
