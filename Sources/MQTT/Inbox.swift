import Telemetry
import Units

/// What libmosquitto's callbacks have said and nobody has dealt with yet.
struct Inbox {
    /// The batch being filled.
    var batch = EntryBatch()
    /// The properties of the message being taken; kept for their memory.
    var properties = PropertyBlock()
    /// That the number of messages stands still after a read is the only sign that a socket is drained:
    /// libmosquitto's `errno` also tells of its own inner socket pair.
    var statistics = IntakeStatistics()
    /// The newest time of arrival: the clock may go back, arrivals do not.
    var lastArrival: Moment

    var connack: Connack?
    var grants: [SubscriptionGrant] = []
    var unsubscribed: [Int32] = []
    /// Messages of ours that the broker took.
    var published = 0
    /// Messages of ours that it did not take, and why not the newest of them.
    var refusedPublishes = 0
    var newPublishRefusal: Refusal?
    /// Why the broker ended the connection, where it said so.
    var dismissal: Refusal?
    /// The last complaint of libmosquitto while a connection is made: it alone tells what TLS found wrong.
    var complaint: String?

    init(lastArrival: Moment = .distantPast) {
        self.lastArrival = lastArrival
    }

    /// Something other than a message was said.
    var hasNews: Bool {
        connack != nil || dismissal != nil || !grants.isEmpty || !unsubscribed.isEmpty
    }
}

/// The broker's answer to CONNECT.
struct Connack: Equatable {
    var code: Int
    var sessionPresent: Bool
    /// What the broker made of our wishes; nil where it left them alone (MQTT 5 only).
    var sessionExpiry: Duration?
    var receiveMaximum: Int?
    var largestPacket: Int?
    var highestQoS: Int?
    var keepsRetained: Bool?
    var keepAlive: Duration?
}

/// The broker's answer to one SUBSCRIBE, a code for each filter in the order asked.
struct SubscriptionGrant: Equatable {
    var request: Int32
    var codes: [Int]
}
