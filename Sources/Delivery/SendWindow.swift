import Interactions
import Synchronization
import Units

/// How many service texts a gateway has and has not passed on, as far as its receipts tell.
///
/// A gateway has a queue of its own, and what lies there is before what comes next: over its HTTP links Kannel
/// sends in the order of arrival, whatever the priority (measured with 1.4.5 before a slow operator). So service
/// texts stay in our outbox, where a text about a life overtakes them, until the gateway has said of those before
/// that the network has taken or refused them. While it fills, as many more may pass as a dispatcher has threads.
public final class SendWindow: Sendable {
    /// So many at most: seconds at the pace of a slow operator.
    public static let limit = 20
    /// A text whose receipt does not come is forgotten after this; service texts go on slowly, and never stop.
    public static let patience = Duration.minutes(5)

    private let handed = Mutex<[String: Moment]>([:])

    public init() {}

    /// How many more service texts may be handed over now.
    public func room(at now: Moment) -> Int {
        handed.withLock { handed in
            handed = handed.filter { now.since($0.value) < Self.patience }
            return max(0, Self.limit - handed.count)
        }
    }

    /// A service text is being handed over.
    func begin(_ id: String, at now: Moment) {
        handed.withLock { $0[id] = now }
    }

    /// The gateway says something of a text, or never had it.
    /// - Returns: whether there is more room by it.
    @discardableResult
    public func end(_ id: String) -> Bool {
        handed.withLock { $0.removeValue(forKey: id) != nil }
    }
}
