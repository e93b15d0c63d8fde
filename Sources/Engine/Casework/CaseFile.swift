import Interactions
import PipelineKit
import Units

/// One case, or a finding that opens none but speaks to people: everything that has to be known of it to go on.
///
/// A class, so that a step costs the same however many people it speaks to. The engine owns it; everything in it
/// survives a restart.
final class CaseFile {
    /// `CASE_…`
    let key: String
    /// What the timers know it by.
    var serial: Int32 = 0
    var pipeline: Int
    var detector: Int
    /// What the readings call it.
    let subject: String
    let site: String?
    let severity: Severity
    let openedAt: Moment

    // MARK: The finding

    /// When the episode under way, or the last one, began.
    var begunAt: Moment
    /// When the finding cleared; nil while it holds.
    var overAt: Moment?
    /// The reading it began with, or the last that changed something: for texts that are written later.
    var reading: [UInt8]
    var why: Why?
    /// When it came back after it had been resolved, within the last hour.
    var returns: [Moment] = []
    /// It comes and goes: it is over only when it has stayed so until then.
    var stableAt: Moment?

    // MARK: The case

    var life = CaseLife()
    /// Interactions said so far.
    var seq = 0
    /// Set once a case is open in the CRM.
    var queue: String?
    var title: Bilingual?
    var assignee: String?
    var estimate: Moment?
    var cause: String?
    /// The case that this one is a part of.
    var parent: String?
    /// The subjects of those that are part of this one and were not said on it yet.
    var newParts: [String] = []
    var partsSaidAt: Moment?
    /// Nothing is said until then, because of something else.
    var hold: Hold?
    /// A person said that it is over; until then the sensor may confirm it.
    var confirmBy: Moment?
    /// What becomes of it when the sensor confirms it: closed or cancelled; nil: it stays resolved.
    var confirmedStatus: Interaction.Status?
    /// Somebody works on it and the sensor says that it is over: resolved by itself then.
    var proposedUntil: Moment?

    // MARK: People

    /// Who was asked and has not answered.
    var asks: [Ask] = []
    /// Everyone who was asked to take it, whatever they answered: who is told when it is over.
    var asked: [Asked] = []
    /// Everyone who was ever asked to take it: who answers after the end hears of it.
    var everAsked: [String] = []
    /// Who was asked how they are, and when last.
    var askedHow: [AskedHow] = []
    /// Who was told, or asked, in a role and has not heard that it is over.
    var told: [Told] = []
    /// Who took it and has not given it back: they may be on their way, also when somebody else has it now.
    var onTheirWay: [String] = []
    /// Who was told by which announcement, by position of the reaction.
    var audiences: [Int: AudienceRecord] = [:]
    var escalation: EscalationRun?
    /// How many escalations were started.
    var chains = 0
    /// What it was a part of is over: somebody is asked again then, unless it is over too.
    var chainResumesAt: Moment?
    /// The rest of the reactions waits for an answer until then.
    var continuation: Continuation?
    /// The phase of the last reminder that it goes on.
    var lastReminder: String?
    /// Commands that have not been answered.
    var commands: [PendingCommand] = []
    var commandCount = 0
    /// Notices that a receipt may come for.
    var notices: Set<String> = []
    /// Of news that were taken.
    private var heard = HeardNews(limit: CaseFile.heardLimit)
    /// The later episodes that belong to it; the casebook keeps them in its snapshot.
    var episodes: [String] = []

    /// The phase that waits for the end of the quiet hours, once that has been said.
    var quietPhase = ""

    var forgetAt: Moment?
    /// What its timer is set to; the moments before are waited for already.
    var armedAt = Moment.distantFuture

    /// So many pieces of news are remembered.
    static let heardLimit = 64
    /// So many people who were asked are told the end.
    static let askedLimit = 256
    /// So many commands may wait for their answer.
    static let commandLimit = 16

    struct Hold: Hashable {
        enum Cause: Hashable {
            /// The case that explains it.
            case partOf(String)
            case silence(String)
        }

        var cause: Cause
        /// When it is looked at again; nil: when the cause ends.
        var until: Moment?
    }

    struct Ask: Hashable {
        enum Question: UInt8, Hashable {
            /// Are you well?
            case wellbeing
            /// Can you take it?
            case take
            /// You took it: are you there?
            case arrival
        }

        var person: String
        var notice: String
        var question: Question
        var code: ReplyCode?
        var at: Moment
    }

    struct AskedHow: Hashable {
        var person: String
        var at: Moment
    }

    struct Told: Hashable {
        let person: String
        let role: String
        /// The first message that told them.
        let notice: String
        /// That message certainly did not arrive.
        var isUnreached = false
    }

    struct Continuation: Hashable {
        var reaction: Int
        var due: Moment
    }

    struct PendingCommand: Hashable {
        var id: String
        var name: String
        var due: Moment
    }

    init(
        key: String,
        pipeline: Int,
        detector: Int,
        subject: String,
        site: String?,
        severity: Severity,
        begunAt: Moment,
        openedAt: Moment,
        reading: [UInt8]
    ) {
        self.key = key
        self.pipeline = pipeline
        self.detector = detector
        self.subject = subject
        self.site = site
        self.severity = severity
        self.begunAt = begunAt
        self.openedAt = openedAt
        self.reading = reading
    }
}

extension CaseFile {
    var isOver: Bool { overAt != nil }
    var isLifeSafety: Bool { severity == .critical }

    /// Nobody has to do anything any more.
    var isSettled: Bool {
        if life.isSettled { return confirmBy == nil && stableAt == nil && hold == nil }
        return queue == nil && isOver && continuation == nil && escalation == nil && hold == nil
            && stableAt == nil
    }

    /// Nobody has taken it, and nobody is being asked.
    var needsSomebody: Bool { life.status == .new && escalation?.due == nil }

    /// Those who were told that it began have been told that it is over.
    var haveAudiencesHeardTheEnd: Bool { !audiences.isEmpty && audiences.values.allSatisfy(\.isClosed) }

    /// False when this piece of news was heard before.
    func hears(of news: String) -> Bool { heard.hears(of: news) }

    /// For a snapshot.
    var newsHeard: [String] { heard.oldestFirst }

    /// The name of a phase, which differs each time the case comes back.
    func phase(_ name: String) -> String { Self.phase(name, after: life.reopenings) }

    /// The same phase of now and of before it came back last: who was told then may still have to be.
    func latePhases(_ name: String) -> [String] {
        let returns = life.reopenings
        return (max(0, returns - 1)...returns).map { Self.phase(name, after: $0) }
    }

    private static func phase(_ name: String, after returns: Int) -> String {
        returns == 0 ? name : "\(name)-\(returns + 1)"
    }

    /// The name of a phase of the escalation under way, which differs for each.
    func chainPhase(_ name: String) -> String {
        chains <= 1 ? name : "\(name)-\(chains)"
    }

    func ask(to person: String) -> Ask? {
        asks.last { $0.person == person }
    }

    func wasAsked(_ person: String) -> Bool { asked.contains { $0.person == person } }

    func noteAsked(_ person: String, by notice: String) {
        if everAsked.count < Self.askedLimit, !everAsked.contains(person) { everAsked.append(person) }
        if let place = asked.firstIndex(where: { $0.person == person }) {
            asked[place].note(notice)
        } else if asked.count < Self.askedLimit {
            asked.append(Asked(person: person, by: notice))
        }
    }

    func wasAskedHow(_ person: String) -> Bool { askedHow.contains { $0.person == person } }

    func noteAskedHow(_ person: String, at moment: Moment) {
        askedHow.removeAll { $0.person == person }
        if askedHow.count < Self.askedLimit { askedHow.append(AskedHow(person: person, at: moment)) }
    }

    func noteTold(_ person: String, as role: String, by notice: String) {
        guard !told.contains(where: { $0.person == person && $0.role == role }) else { return }
        told.append(Told(person: person, role: role, notice: notice))
    }

    /// The messages of which one has to have left for its end to make sense; none when they heard nothing.
    func firsts(of told: Told) -> [String] {
        let asked = asked.first { $0.person == told.person }?.firsts ?? []
        return told.isUnreached || asked.contains(told.notice) ? asked : asked + [told.notice]
    }

    /// It goes on, or somebody works on it: no sensor is waited for.
    func endDoubt() {
        (confirmBy, confirmedStatus) = (nil, nil)
    }

    /// A gateway has a message, or may have it.
    func noteTaken(_ notice: String, by person: String) {
        for place in told.indices where told[place].notice == notice { told[place].isUnreached = false }
        guard let place = asked.firstIndex(where: { $0.person == person }) else { return }
        asked[place].noteTaken(notice)
    }

    /// A message certainly did not arrive.
    func noteFailed(_ notice: String, to person: String) {
        for place in told.indices where told[place].notice == notice { told[place].isUnreached = true }
        guard let place = asked.firstIndex(where: { $0.person == person }) else { return }
        asked[place].noteFailed(notice)
    }

    /// When something of it is due next.
    var nextDue: Moment? {
        let words = audiences.values.lazy.compactMap(\.nextWord).map { $0 - Self.wordMargin }.min()
        return [
            forgetAt, stableAt, confirmBy, proposedUntil, partsSaidAt, hold?.until, continuation?.due,
            escalation?.due, chainResumesAt, words, commands.lazy.map(\.due).min(),
        ].compactMap { $0 }.min()
    }

    /// A promised word leaves so much earlier that it is there in time.
    static let wordMargin = Duration.minutes(5)
}
