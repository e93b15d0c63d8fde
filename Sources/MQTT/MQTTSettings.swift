import Units

/// Where the broker is, who we are to it, and how much of it we take at once.
public struct MQTTSettings: Equatable, Sendable {
    public var host: String
    public var port: Int
    /// The name of the broker's session. It must stay the same over restarts: the broker keeps unacknowledged
    /// messages under it, and two connections with one name throw each other out.
    public var clientID: String
    /// Silence after which either side takes the connection for dead. A commit that takes longer than this
    /// costs the connection and a redelivery, so it is at least `leastKeepAlive` outside of tests.
    public var keepAlive: Duration = .seconds(60)
    /// How long the broker keeps our messages while we are away (MQTT 5; with 3.1.1 the broker decides).
    public var sessionExpiry: Duration = .days(7)
    /// How many unacknowledged messages the broker may send us, 1 to 65 535 (MQTT 5). It bounds the largest
    /// batch; it is not back-pressure.
    public var receiveMaximum = 65_535
    public var protocols = ProtocolPreference.newest
    public var user: String?
    public var password: Secret?
    public var tls: TLSSettings?
    /// Vigie's own retained "online"/"offline" goes to `<statusPrefix>/<clientID>`; nil: no status, no last will.
    public var statusPrefix: String? = "vigie/status"
    /// A longer payload is cut and marked `.oversized`, to become a dead letter instead of a batch.
    public var largestPayload = 1 << 20

    /// The shortest keep-alive that leaves room for a slow disk between two batches.
    public static let leastKeepAlive = Duration.seconds(60)

    public init(host: String, port: Int = 1883, clientID: String) {
        self.host = host
        self.port = port
        self.clientID = clientID
    }

    /// `host:port`, as error texts name the broker.
    public var broker: String { "\(host):\(port)" }

    var statusTopic: String? {
        statusPrefix.map { "\($0)/\(clientID)" }
    }

    /// What is wrong with these settings, one sentence each; empty when they can be used.
    public var problems: [String] {
        var problems: [String] = []
        if host.isEmpty { problems.append("the broker's host is empty") }
        if !(1...65_535).contains(port) {
            problems.append("the broker's port is \(port); expected 1 to 65535")
        }
        if clientID.isEmpty {
            problems.append("the client id is empty; a fixed one is needed, or the broker keeps no session")
        }
        if keepAlive < Self.leastKeepAlive {
            problems.append(
                "the keep-alive is \(spoken(keepAlive)); expected at least \(spoken(Self.leastKeepAlive)), "
                    + "or a slow commit costs the connection"
            )
        }
        if !(1...65_535).contains(receiveMaximum) {
            problems.append("the receive maximum is \(receiveMaximum); expected 1 to 65535")
        }
        if password != nil, user == nil {
            problems.append("there is a password but no user name; MQTT 3.1.1 brokers refuse that")
        }
        if let tls, (tls.certificate == nil) != (tls.privateKey == nil) {
            problems.append("a client certificate and its private key are needed together, found only one")
        }
        return problems
    }
}

/// Which versions of MQTT may be spoken.
public enum ProtocolPreference: Equatable, Sendable {
    /// MQTT 5; when the broker says that it does not have it, 3.1.1 with a session that is kept.
    case newest
    case onlyV5
    case onlyV311
}

public enum ProtocolVersion: Equatable, Sendable, CustomStringConvertible {
    case v311, v5

    public var description: String {
        switch self {
        case .v311: "MQTT 3.1.1"
        case .v5: "MQTT 5"
        }
    }
}

/// Files in PEM format for an encrypted connection.
public struct TLSSettings: Equatable, Sendable {
    /// Who must have signed the broker's certificate; nil: whom the operating system trusts.
    public var authority: String?
    public var certificate: String?
    /// Without a passphrase: a service has nobody to ask for it.
    public var privateKey: String?

    public init(authority: String? = nil, certificate: String? = nil, privateKey: String? = nil) {
        self.authority = authority
        self.certificate = certificate
        self.privateKey = privateKey
    }
}

/// A password that does not print itself.
public struct Secret: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    let clear: String

    public init(_ clear: String) {
        self.clear = clear
    }

    public var description: String { "(secret)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// `1.5 s`, `60 s`, `7 d`: as error texts write spans.
func spoken(_ span: Duration) -> String {
    let milliseconds = span.inMicroseconds / 1000
    if milliseconds < 1000 { return "\(milliseconds) ms" }
    let seconds = milliseconds / 1000
    if seconds >= 172_800, seconds % 86_400 == 0 { return "\(seconds / 86_400) d" }
    if seconds >= 100 || milliseconds % 1000 < 100 { return "\(seconds) s" }
    return "\(seconds).\(milliseconds % 1000 / 100) s"
}
