import Units

/// One escalation under way: who was asked, what became of it, and who is asked next.
///
/// A value that time and people's answers are told to. It holds the policy it was started with.
///
/// 1. Call `advance(at:onDuty:)` when `due` has come and after every answer or receipt; ask the people of its
///    orders, and say its notes on the case.
/// 2. Tell it the id of each notice with `sent`, and what comes back with `receipt`, `acknowledged`, `declined`,
///    `arrived`, `takenBack`, `left`, `end`.
///
/// ```swift
/// var run = EscalationRun(.fall, at: now)
/// let moves = run.advance(at: now) { contact in peopleOnDuty(contact) }
/// for order in moves.orders { run.sent("MSG_…", order: order.number, at: now) }
/// ```
///
/// It ends only when somebody is there, and goes on when they leave, or when the case is resolved. Until then `due` is never nil: it is either
/// taken until a time, or the next are asked at a time. Times are counted from when people were really asked, so
/// that after days of standstill the next have as long to answer as ever. A time before one already told counts
/// as that one.
public struct EscalationRun: Hashable, Sendable {
    public let policy: Escalation
    public let startedAt: Moment
    public internal(set) var status = Status.asking
    /// Everyone who was asked and what became of it, oldest first: the first ones and the latest, up to
    /// `Escalation.Limits.asks`.
    public internal(set) var asks: [Asked] = []
    /// How many asks are not in `asks` any more.
    public internal(set) var forgottenAsks = 0
    /// What else happened, oldest first: the first ones and the latest, up to `Escalation.Limits.notes`.
    public internal(set) var notes: [Noted] = []
    public internal(set) var forgottenNotes = 0
    /// Counts the times that it went on to the next: 1 for those asked first, at once.
    public internal(set) var handOver = 0
    /// How often the last resort has been asked.
    public internal(set) var lastResortRounds = 0

    /// The number of the last order.
    var ordered = 0
    /// The latest time that it was told.
    var clock: Moment
    /// When those asked last have had their time.
    var until: Moment
    /// The statement of the policy that comes next; their number when only the last resort is left.
    var position = 0
    /// Where an `InTurn` under way is.
    var turn = Turn()
    /// Asks of earlier hand-overs are not followed up: somebody has taken the case since.
    var liveSince = 1
    /// Whether everybody of the last resort has been asked in this round, not just the first.
    var hasAskedAll = false
    /// Why it was taken up again, until the next are asked.
    var interruption: Interruption?

    struct Turn: Hashable, Sendable {
        var round = 0
        /// Whom it has asked in this round.
        var asked: [String] = []
    }

    public init(_ policy: Escalation, at start: Moment) {
        self.policy = policy
        startedAt = min(max(start, .distantPast), .distantFuture)
        clock = startedAt
        until = startedAt
    }

    public enum Status: Hashable, Sendable {
        /// Nobody has taken it.
        case asking
        /// Somebody said that they take it; asking goes on at `arrivalBy` unless they say that they are there.
        case taken(by: String, at: Moment, arrivalBy: Moment)
        case over(End)
    }

    /// Somebody is there, or the case is over.
    public var isOver: Bool {
        if case .over = status { true } else { false }
    }

    /// How it ended. No order comes after it.
    public enum End: Hashable, Sendable {
        /// Somebody is there.
        case arrived(by: String, at: Moment)
        /// The case was resolved, closed or cancelled.
        case resolved(at: Moment)
    }

    /// Why somebody who had taken it does not have it any more.
    public enum Interruption: Hashable, Sendable {
        /// They did not say in time that they are there.
        case noArrival(of: String)
        /// They said that they cannot after all.
        case takenBack(by: String)
        /// They were there, and cannot stay.
        case left(by: String)
    }

    /// What is to be done now.
    public struct Moves: Hashable, Sendable {
        public internal(set) var orders: [Order] = []
        public internal(set) var notes: [Note] = []
    }

    /// Ask this person, by this channel.
    public struct Order: Hashable, Sendable {
        /// From 1, without a gap: with the key of the case it makes the id of the notice.
        public let number: Int
        public let person: String
        /// In which role.
        public let contact: Contact
        public let channel: Channel
        public let question: Question
        /// The statement of the policy, from 1; one more than there are for the last resort.
        public let step: Int
        public let handOver: Int
        public let reason: Reason
    }

    /// The numbers stand in snapshots.
    public enum Question: Int, Hashable, Sendable, CaseIterable {
        /// Can you take it?
        case canYouTakeIt = 0
        /// You took it: are you there?
        case areYouThere = 1
    }

    /// Why somebody is asked.
    public enum Reason: Hashable, Sendable {
        /// They are the first.
        case begins
        /// Those asked before them have had their time.
        case unanswered
        /// All of those asked before them have declined or could not be reached.
        case nobodyLeft
        /// The same person, by another channel: the one before had no receipt.
        case noReceipt(by: Channel)
        /// The same person, by another channel: the one before could not deliver.
        case notDelivered(by: Channel)
        /// Who had taken it does not have it any more.
        case interrupted(Interruption)
    }

    /// An order and what became of it.
    public struct Asked: Hashable, Sendable {
        public let order: Order
        public let at: Moment
        /// The id of the notice, once there is one.
        public internal(set) var notice: String?
        public internal(set) var sentAt: Moment?
        public internal(set) var outcome = Outcome.waiting
        /// When the outcome was known; the time of asking before that.
        public internal(set) var outcomeAt: Moment

        init(_ order: Order, at: Moment) {
            self.order = order
            self.at = at
            outcomeAt = at
        }
    }

    /// The numbers stand in snapshots.
    public enum Outcome: Int, Hashable, Sendable, CaseIterable {
        /// Nothing is known of it.
        case waiting = 0
        /// The handset has it.
        case delivered = 1
        /// It will never arrive.
        case failed = 2
        /// No receipt came in time; a late one still counts.
        case noReceipt = 3
        /// The person took it.
        case took = 4
        /// The person said that they cannot.
        case declined = 5
        /// Somebody else took it first.
        case stoodDown = 6
    }

    /// What happened besides asking.
    public enum Note: Hashable, Sendable {
        /// The rota is empty: the next are asked at once.
        case nobodyOnDuty(Contact)
        /// All who are on duty have declined before: the next are asked at once.
        case allDeclined(Contact)
        /// More people than can be asked at once: these were not.
        case leftOut(Contact, people: Int)
        /// The schedule of this step does not hold: what is inside of it is passed over.
        case outsideSchedule(step: Int)
        case handedToLastResort
        /// The last resort has been asked so often, and nobody took it; it is asked again.
        case roundUnanswered(Int)
        /// Nobody of any contact is on duty: nobody was asked.
        case nobodyToAsk
        case taken(by: String)
        /// Somebody answered that they take it, after another.
        case answeredLate(by: String)
        /// Asking goes on.
        case resumed(after: Interruption)
        case arrived(by: String)
        case resolved
    }

    public struct Noted: Hashable, Sendable {
        public let at: Moment
        public let note: Note
    }
}
