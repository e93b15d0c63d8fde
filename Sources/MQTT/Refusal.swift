/// A broker's "no" to a connection, a subscription or a message.
///
/// Codes below 128 are MQTT 3.1.1's (section 3.2.2.3), the others MQTT 5's (section 2.4); they do not overlap.
public struct Refusal: Equatable, Sendable, CustomStringConvertible {
    public let code: Int

    public init(code: Int) {
        self.code = code
    }

    /// The broker does not speak the version of MQTT that we tried.
    var isAboutProtocol: Bool { code == 1 || code == 132 }

    /// The same attempt will be refused again until a person changes something.
    var isFinal: Bool {
        switch code {
        case 2, 4, 5, 133, 134, 135, 138, 140: true
        default: isAboutProtocol
        }
    }

    /// Somebody else connected with our client id.
    var isTakeOver: Bool { code == 142 }

    public var description: String { "\(meaning) (code \(code))" }

    private var meaning: String {
        switch code {
        case 1, 132: "it does not speak this version of MQTT"
        case 2, 133: "it does not accept the client id"
        case 3, 136: "the server is unavailable"
        case 4, 134: "bad user name or password"
        case 5, 135: "not authorised"
        case 128: "no reason given"
        case 129: "malformed packet"
        case 130: "protocol error"
        case 131: "a reason of the broker's own"
        case 137: "the server is busy"
        case 138: "this client is banned"
        case 139: "the server is shutting down"
        case 140: "bad authentication method"
        case 141: "nothing was heard from us within the keep-alive"
        case 142: "another connection uses our client id"
        case 143: "it does not accept the topic filter"
        case 144: "it does not accept the topic"
        case 147: "more messages in flight than it takes"
        case 149: "the packet is too large"
        case 150: "too many messages per second"
        case 151: "a quota is used up"
        case 152: "an operator ended it"
        case 153: "it does not accept the payload"
        case 154: "it keeps no retained messages"
        case 155: "it does not offer this quality of service"
        case 156, 157: "we are to use another server"
        case 158: "it has no shared subscriptions"
        case 159: "too many connections per second"
        case 160: "the connection was open for too long"
        case 162: "it has no wildcard subscriptions"
        default: "a reason that Vigie does not know"
        }
    }

    /// What a person can do about it; nil when waiting is all.
    var advice: String? {
        switch code {
        case 2, 133: "choose another client id"
        case 4, 134: "check the user name and the password file"
        case 5, 135: "check what the broker's access list allows this user"
        case 1, 132: "use a broker with MQTT 5 or 3.1.1"
        case 138, 140: "ask whoever runs the broker"
        case 142: "stop the other Vigie, or give it another client id"
        default: nil
        }
    }
}
