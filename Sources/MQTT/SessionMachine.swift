import Units

/// When to connect, when to wait, when to give up: the whole life of a connection as a value.
///
/// It does no I/O and reads no clock. Every call says what happened and when; the answer says what to do.
struct SessionMachine {
    private enum State {
        /// There is no connection; the next attempt is due at this moment.
        case waiting(until: Moment)
        /// CONNECT is on its way; the broker has not answered.
        case connecting(since: Moment)
        /// The broker accepted us and has not yet confirmed all subscriptions. Messages may flow already.
        case subscribing(since: Moment, accepted: Moment)
        /// Messages flow and the subscriptions are what they should be.
        case running(since: Moment)
        /// A person has to change something first.
        case stopped(MQTTError)
    }

    enum Action: Equatable {
        /// Make a connection now, then say `accepted`, `refused` or `failed`.
        case connect(ProtocolVersion)
        /// Nothing to do before this moment.
        case wait(until: Moment)
        /// Read from the connection that there is.
        case serve
        /// Close the connection: the broker does not answer. The next attempt is planned already.
        case abandon(MQTTError)
        /// Nothing will happen any more.
        case giveUp(MQTTError)
    }

    /// How long the broker's machine may take to answer at all.
    static let reachPatience = Duration.seconds(4)
    /// How long the broker may take to answer CONNECT.
    static let patience = Duration.seconds(20)
    /// How long it may take to confirm subscriptions: the answer stands behind the messages already sent to us.
    static let subscribePatience = Duration.seconds(120)
    /// A connection that held this long was a good one: after it, waiting starts anew at the shortest span.
    static let settledAfter = Duration.seconds(10)
    /// The least wait after another client took our name, or two of us would throw each other out in turns.
    static let takeOverPause = Duration.seconds(30)

    private let broker: String
    private let preference: ProtocolPreference
    private var backoff: Backoff
    private var failures = 0
    private var state: State
    private(set) var version: ProtocolVersion

    init(broker: String, protocols: ProtocolPreference, seed: UInt64) {
        self.broker = broker
        preference = protocols
        backoff = Backoff(seed: seed)
        state = .waiting(until: .distantPast)
        version = protocols == .onlyV311 ? .v311 : .v5
    }

    /// What to do at this moment.
    mutating func step(at now: Moment) -> Action {
        switch state {
        case .waiting(let until):
            guard now >= until else { return .wait(until: until) }
            state = .connecting(since: now)
            return .connect(version)
        case .connecting(let since):
            guard now.since(since) > Self.patience else { return .serve }
            return .abandon(failed(.silent(.connect, after: Self.patience), at: now))
        case .subscribing(let since, _):
            guard now.since(since) > Self.subscribePatience else { return .serve }
            return .abandon(failed(.silent(.subscribe, after: Self.subscribePatience), at: now))
        case .running:
            return .serve
        case .stopped(let error):
            return .giveUp(error)
        }
    }

    /// The broker accepted the connection.
    mutating func accepted(at now: Moment) {
        state = .subscribing(since: now, accepted: now)
    }

    /// The broker confirmed (or refused) every subscription that was asked for.
    mutating func subscribed() {
        guard case .subscribing(_, let accepted) = state else { return }
        state = .running(since: accepted)
    }

    /// The broker refused the connection.
    mutating func refused(_ refusal: Refusal, at now: Moment) -> MQTTError {
        if refusal.isAboutProtocol, version == .v5, preference == .newest {
            version = .v311
            state = .waiting(until: now)
            return MQTTError(broker: broker, cause: .refused(refusal), next: .olderProtocol)
        }
        guard refusal.isFinal else { return failed(.refused(refusal), at: now) }
        return stopped(.refused(refusal))
    }

    /// The attempt came to nothing, or the connection ended.
    mutating func failed(_ cause: MQTTError.Cause, at now: Moment) -> MQTTError {
        if case .unusable = cause { return stopped(cause) }
        if let since = connectedSince, now.since(since) >= Self.settledAfter { failures = 0 }
        failures += 1
        var delay = backoff.delay(before: failures)
        if case .dismissed(let refusal) = cause, refusal.isTakeOver { delay = max(delay, Self.takeOverPause) }
        state = .waiting(until: now + delay)
        return MQTTError(broker: broker, cause: cause, next: .retry(after: delay, attempt: failures))
    }

    /// We dropped the connection ourselves, to be sent everything unacknowledged again.
    mutating func discarded(at now: Moment) {
        failures += 1
        state = .waiting(until: now + backoff.delay(before: failures))
    }

    /// The broker has accepted the connection that there is.
    var isAccepted: Bool { connectedSince != nil }

    var isConnecting: Bool {
        if case .connecting = state { true } else { false }
    }

    var isSubscribing: Bool {
        if case .subscribing = state { true } else { false }
    }

    private var connectedSince: Moment? {
        switch state {
        case .subscribing(_, let accepted): accepted
        case .running(let since): since
        case .waiting, .connecting, .stopped: nil
        }
    }

    /// Gives up: a person has to change something first.
    mutating func stopped(_ cause: MQTTError.Cause) -> MQTTError {
        let error = MQTTError(broker: broker, cause: cause, next: .giveUp)
        state = .stopped(error)
        return error
    }
}
