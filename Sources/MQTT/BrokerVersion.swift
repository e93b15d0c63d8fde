/// The version that a Mosquitto tells on `$SYS/broker/version`.
struct BrokerVersion: Equatable, Comparable, CustomStringConvertible {
    var major: Int
    var minor: Int
    var patch: Int

    init(_ major: Int, _ minor: Int, _ patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// From `mosquitto version 2.0.11`; nil for another broker's words.
    init?(_ text: String) {
        guard text.hasPrefix("mosquitto version ") else { return nil }
        let numbers = text.dropFirst("mosquitto version ".count).split(separator: ".").map {
            Int($0.prefix { $0.isNumber })
        }
        guard numbers.count == 3, let major = numbers[0], let minor = numbers[1], let patch = numbers[2]
        else {
            return nil
        }
        self.init(major, minor, patch)
    }

    static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    var description: String { "\(major).\(minor).\(patch)" }

    /// Mosquitto's ChangeLog, 2.0.17: "Fix max_queued_messages 0 stopping clients from receiving messages".
    /// 2.0.11 does not have it yet (tried), so the versions between are suspect.
    var warning: BrokerWarning? {
        guard (BrokerVersion(2, 0, 12)...BrokerVersion(2, 0, 16)).contains(self) else { return nil }
        return BrokerWarning(
            .losesMessages,
            .version,
            finding: "the broker is Mosquitto \(self)",
            meaning: "with max_queued_messages 0 these versions stop delivering to a client",
            remedy: "use 2.0.11, or 2.0.17 and later"
        )
    }
}
