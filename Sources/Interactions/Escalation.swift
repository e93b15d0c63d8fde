import Units

/// Who is asked, in which order and how long each has, until somebody takes a case: the policy.
///
/// It is data only, so that it is frozen with the case it was started for: editing it changes no case that is
/// under way. It cannot fall through, because it has a last resort that is asked until a person takes it.
/// `EscalationRun` carries it out.
///
/// ```swift
/// extension Escalation {
///     static let fall = Escalation("fall", arrivalWithin: .minutes(20), otherwiseBy: .voice) {
///         Ask(.caregiver)
///         AskFirst(.relative)                                // both at once: there is no Wait between them
///         Wait(.minutes(3))
///         InTurn(.relative, every: .minutes(2), rounds: 2)   // by rank, one after the other
///         Only(during: .daily(22.oclock, to: 7.oclock)) {
///             Ask(.nightWatch, by: .voice)
///             Wait(.minutes(2))
///         }
///     } lastResort: {
///         Keep(asking: .lastResort, every: .minutes(5))
///     }
/// }
/// ```
///
/// - Statements are carried out in order. Those without a `Wait` between them ask at once.
/// - A wait ends early when nobody asked since the wait before can still answer.
/// - Who declined is asked again by the last resort only.
public struct Escalation: Hashable, Sendable {
    /// What it is called in texts and reports.
    public let name: String
    /// Who took the case is expected to be there within this time; after it the next are asked.
    public let arrivalWithin: Duration
    /// Without a receipt from the person's handset for so long, they count as not reached. Where a gateway gives
    /// no receipts this has to be as long as the longest wait, or every wait ends after it.
    public let receiptWithin: Duration
    /// How somebody who was not reached is tried before they are given up, in this order.
    public let otherChannels: [Channel]
    /// What is done before the last resort, in order.
    public let steps: [Step]
    public let lastResort: LastResort

    /// One statement of a policy.
    public enum Step: Hashable, Sendable {
        /// Asks the people of these contacts at once, or only the first of each.
        case ask([Contact], onlyFirst: Bool, by: Channel)
        /// Gives those who were asked time to answer.
        case wait(Duration)
        /// Asks the people of a contact one after the other, by rank.
        case inTurn(Contact, every: Duration, rounds: Int, by: Channel)
        /// So many of the steps after it are passed over when the schedule does not hold.
        case only(during: Schedule, steps: Int)
    }

    /// Who is asked again and again when nobody took the case.
    public struct LastResort: Hashable, Sendable {
        public let contacts: [Contact]
        public let every: Duration
        public let channel: Channel
    }

    /// - Parameters:
    ///   - arrivalWithin: how long "I take it" holds when nobody says that they are there.
    ///   - receiptWithin: how long to wait for the receipt of a handset.
    ///   - otherwiseBy: the channels by which somebody who was not reached is tried next.
    ///   - steps: may be empty: then the last resort is asked at once.
    public init(
        _ name: String,
        arrivalWithin: Duration,
        receiptWithin: Duration = Limits.receiptWithin,
        otherwiseBy otherChannels: Channel...,
        @EscalationBuilder steps: () -> [Step],
        @LastResortBuilder lastResort: () -> LastResort
    ) {
        self.init(
            name: name,
            arrivalWithin: arrivalWithin,
            receiptWithin: receiptWithin,
            otherChannels: otherChannels,
            steps: steps(),
            lastResort: lastResort()
        )
    }

    @available(
        *,
        unavailable,
        message: "an escalation needs a last resort: add lastResort: { Keep(asking: …, every: …) }"
    )
    public init(
        _ name: String,
        arrivalWithin: Duration,
        receiptWithin: Duration = Limits.receiptWithin,
        otherwiseBy otherChannels: Channel...,
        @EscalationBuilder steps: () -> [Step]
    ) {
        preconditionFailure("unavailable")
    }

    init(
        name: String,
        arrivalWithin: Duration,
        receiptWithin: Duration,
        otherChannels: [Channel],
        steps: [Step],
        lastResort: LastResort
    ) {
        self.name = name
        self.arrivalWithin = arrivalWithin
        self.receiptWithin = receiptWithin
        self.otherChannels = otherChannels
        self.steps = steps
        self.lastResort = lastResort
    }

    /// By which channel a statement asks first.
    ///
    /// - Parameter number: from 1; one more than there are for the last resort.
    func channel(ofStep number: Int) -> Channel {
        guard steps.indices.contains(number - 1) else { return lastResort.channel }
        switch steps[number - 1] {
        case .ask(_, _, let channel), .inTurn(_, _, _, let channel): return channel
        case .wait, .only: return lastResort.channel
        }
    }

    /// Everyone it may ask, in the order it names them, the last resort last.
    public var contacts: [Contact] {
        var contacts: [Contact] = []
        for contact in steps.flatMap(\.contacts) + lastResort.contacts where !contacts.contains(contact) {
            contacts.append(contact)
        }
        return contacts
    }

    /// With its schedules by the clocks of where people live, unless they name others.
    public func kept(in local: CivilZone) -> Escalation {
        Escalation(
            name: name,
            arrivalWithin: arrivalWithin,
            receiptWithin: receiptWithin,
            otherChannels: otherChannels,
            steps: steps.map { step in
                guard case .only(let schedule, let count) = step else { return step }
                return .only(during: schedule.kept(in: local), steps: count)
            },
            lastResort: lastResort
        )
    }

    /// What holds for every policy and every run of one.
    public enum Limits {
        /// How long a handset may take to say that it has a text, when a policy says nothing of it.
        public static let receiptWithin: Duration = .seconds(60)
        /// Statements of a policy.
        public static let steps = 64
        /// Rounds of one `InTurn`.
        public static let rounds = 10
        /// From the first ask to the last resort, with 10 people in each `InTurn`.
        public static let chain: Duration = .hours(24)
        /// How many people one `InTurn` is reckoned with, when the length of a chain is checked.
        public static let peopleInTurn = 10
        /// "I take it" without an arrival holds no longer than this.
        public static let arrival: Duration = .days(7)
        /// The last resort is asked again no later than this, and no sooner than `shortestRepeat`.
        public static let longestRepeat: Duration = .hours(1)
        /// A run never repeats faster, whatever its policy says.
        public static let shortestRepeat: Duration = .seconds(30)
        /// People asked at once; those after them by rank are left out, which is said.
        public static let peopleAtOnce = 32
        /// Asks that a run remembers; the oldest of earlier hand-overs go first, and are counted.
        public static let asks = 320
        /// What else a run remembers having happened; the oldest goes first, and is counted.
        public static let notes = 128
    }
}

extension Escalation.Step {
    var contacts: [Contact] {
        switch self {
        case .ask(let contacts, _, _): contacts
        case .wait, .only: []
        case .inTurn(let contact, _, _, _): [contact]
        }
    }
}
