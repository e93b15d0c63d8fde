import Units

/// What a text is for: it decides which rules hold.
public struct TextUse: Hashable, Sendable {
    public enum Purpose: String, Hashable, Sendable, CaseIterable {
        /// Asks people to act: a technician, a carer, a relative.
        case alert
        /// Asks the person whom it is about.
        case question
        /// Tells an audience: out of order, technician on the way, back in service.
        case service
        /// Answers a text, or ends an alert.
        case reply
    }

    public var purpose: Purpose
    public var expectsReply: Bool
    public var privacy: PrivacyClass
    public var severity: Severity
    /// Whom it is about, for the check that the full name is not in it.
    public var person: Directory.Person?
    /// Of its site, for the check that it is not in it.
    public var address: String
    /// When the next message comes, where a timer sends it: a text that promises one has to name it.
    public var promise: Moment?

    public init(
        _ purpose: Purpose,
        expectsReply: Bool = false,
        privacy: PrivacyClass = .technical,
        severity: Severity = .warning,
        person: Directory.Person? = nil,
        address: String = "",
        promise: Moment? = nil
    ) {
        self.purpose = purpose
        self.expectsReply = expectsReply
        self.privacy = privacy
        self.severity = severity
        self.person = person
        self.address = address
        self.promise = promise
    }

    /// Someone's life may depend on it.
    public var isVital: Bool {
        severity == .critical && privacy == .health && (purpose == .alert || purpose == .question)
    }
}
