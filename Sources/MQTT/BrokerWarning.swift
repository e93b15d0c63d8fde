/// Something about a broker that costs messages or speed, with what to do about it.
public struct BrokerWarning: Equatable, Sendable, CustomStringConvertible {
    public enum Weight: String, Equatable, Sendable {
        /// Messages can be lost although their publishers were told that they arrived.
        case losesMessages = "loses messages"
        /// It works, but not well.
        case hinders
        /// Cannot be seen from outside: somebody has to look.
        case unseen
    }

    public enum Subject: String, Equatable, Sendable, CaseIterable {
        case protocolVersion, session, sessionExpiry, queue, inflight, retained, qualityOfService
        case packetSize, keepAlive, version, persistence
    }

    public var weight: Weight
    public var subject: Subject
    /// What was found.
    public var finding: String
    public var meaning: String
    /// The line for `mosquitto.conf`, or what else to do.
    public var remedy: String

    public init(_ weight: Weight, _ subject: Subject, finding: String, meaning: String, remedy: String) {
        self.weight = weight
        self.subject = subject
        self.finding = finding
        self.meaning = meaning
        self.remedy = remedy
    }

    public var description: String { "\(finding): \(meaning); \(remedy)" }
}
