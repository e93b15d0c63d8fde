import Units

/// What became of one case and of what was said about it: what figures are made of.
public struct CaseHistory: Hashable, Sendable {
    /// One message to a person about the case.
    public struct Message: Hashable, Sendable {
        public var channel: Channel
        public var decidedAt: Moment
        /// When a gateway took it; nil when none did.
        public var sentAt: Moment?
        /// Its gateway says what becomes of what it takes; without receipts nobody knows.
        public var hasReceipts: Bool
        /// It reached the handset, by the gateway's receipt.
        public var isDelivered: Bool

        public init(
            channel: Channel,
            decidedAt: Moment,
            sentAt: Moment?,
            hasReceipts: Bool,
            isDelivered: Bool
        ) {
            self.channel = channel
            self.decidedAt = decidedAt
            self.sentAt = sentAt
            self.hasReceipts = hasReceipts
            self.isDelivered = isDelivered
        }
    }

    /// From when it began until it cleared; `end` is nil while it goes on.
    public struct Outage: Hashable, Sendable {
        public var begin: Moment
        public var end: Moment?
    }

    public let detector: CaseReport.Detector
    public let subject: String
    /// When the case was opened in the CRM.
    public let openedAt: Moment
    /// When the first thing was done about it: what times until something are counted from. Who wears a device may be
    /// asked how they are before a case is opened.
    public let beganAt: Moment
    /// When somebody took it first.
    public private(set) var acknowledgedAt: Moment?
    /// When it was resolved, closed or cancelled for good; nil while it is open.
    public private(set) var endedAt: Moment?
    /// What was the matter, as it was said last.
    public private(set) var cause: String?
    /// While the finding held, each time that it did. Where somebody said that it was over and no sensor did, until then.
    public private(set) var outages: [Outage]
    public let messages: [Message]

    /// - Parameter interactions: those of one case, in their order.
    /// Nil when the first one opens no case.
    public init?(_ interactions: [Interaction], messages: [Message]) {
        guard let first = interactions.first, first.kind == .case else { return nil }
        detector = .init(pipeline: first.pipeline, name: first.detector)
        subject = first.subject
        openedAt = first.at
        beganAt = messages.map(\.decidedAt).reduce(first.at, min)
        outages = [Outage(begin: first.openedAt)]
        self.messages = messages
        for interaction in interactions { take(interaction) }
    }

    private mutating func take(_ interaction: Interaction) {
        if let said = interaction.cause, !said.isEmpty { cause = said }
        switch interaction.status {
        case .new: endedAt = nil
        case .acknowledged, .inProgress, .pending:
            acknowledgedAt = acknowledgedAt ?? interaction.at
            endedAt = nil
        case .resolved, .closed, .cancelled: endedAt = endedAt ?? interaction.at
        }
        takeOutage(interaction)
    }

    private mutating func takeOutage(_ interaction: Interaction) {
        if let last = outages.last, last.begin < interaction.openedAt {
            outages[outages.count - 1].end = last.end ?? interaction.openedAt
            outages.append(Outage(begin: interaction.openedAt))
        }
        let last = outages.count - 1
        outages[last].end = interaction.overAt ?? endedAt.map { outages[last].end ?? $0 }
    }
}
