import Interactions
import PipelineKit
import Units

/// The episodes that people have to do with: open cases, who was told, who is asked next and when.
///
/// Few beside the devices, so they are values with names of their own. Everything in it survives a restart.
struct Casebook {
    var episodes: [String: Episode] = [:]
    /// Which episode a timer is for; the slot of a timer is the episode's serial number.
    var keys: [Int32: String] = [:]
    var timers = TimerHeap()
    var nextSerial: Int32 = 0

    /// How long a closed case is remembered, for late answers and news.
    static let memory = Duration.days(7)
    /// More episodes than this are not kept: closed ones are forgotten before their time, and when there are none the
    /// new one is refused.
    var limit = Casebook.defaultLimit
    static let defaultLimit = 1_000_000

    mutating func insert(_ episode: Episode) -> Episode {
        var episode = episode
        episode.serial = nextSerial
        nextSerial += 1
        episodes[episode.key] = episode
        keys[episode.serial] = episode.key
        return episode
    }

    /// Whether one more episode can be kept. At the limit all closed ones are forgotten at once, which makes room for
    /// many.
    mutating func hasRoom() -> Bool {
        guard episodes.count >= limit else { return true }
        for key in episodes.values.filter(\.isSettled).map(\.key) { remove(key) }
        return episodes.count < limit
    }

    mutating func remove(_ key: String) {
        if let episode = episodes.removeValue(forKey: key) { keys[episode.serial] = nil }
    }

    /// Sets the episode's timer to what is due next.
    mutating func arm(_ key: String) {
        guard var episode = episodes[key], let due = episode.nextDue, due < episode.armedAt else { return }
        episode.armedAt = due
        episodes[key] = episode
        timers.insert(Timer(due: due, unit: 0, slot: episode.serial))
    }
}

/// One episode of a detector on one subject, as far as people are concerned.
struct Episode: Hashable {
    /// `CASE_…`
    var key: String
    var serial: Int32 = 0
    var pipeline: Int
    var detector: Int
    var subject: String
    var site: String?
    var severity: Severity
    var begunAt: Moment
    var openedAt: Moment
    var status = Interaction.Status.new
    /// Interactions said so far.
    var seq = 0
    /// Set once a case is open in the CRM.
    var queue: String?
    var title: Bilingual?
    /// The finding has cleared.
    var isOver = false
    /// The reading it began with, for texts that are written later.
    var reading: [UInt8]
    var why: Why?
    /// Who was told by which announcement, fixed when it began: by position of the reaction.
    var informed: [Int: [String]] = [:]
    /// Who was asked and has not answered, with the id of the question.
    var asked: [String: String] = [:]
    /// Notices sent, so that a receipt finds its case and nothing is said twice: the id and to whom.
    private(set) var notices: [String: String] = [:]
    /// Their ids, oldest first.
    private(set) var noticeOrder: [String] = []
    /// The ids of answers, receipts and news that were taken, oldest first.
    private(set) var heard: [String] = []

    /// So many notices are remembered: a large audience, and a week of escalations besides.
    static let noticeLimit = 4096
    /// So many pieces of news are remembered.
    static let heardLimit = 64
    var escalations: [Escalation] = []
    /// The rest of the reactions waits for an answer until then.
    var continuation: Continuation?
    var acknowledgedBy: String?
    var forgetAt: Int64?
    var armedAt = Int64.max

    struct Escalation: Hashable {
        var reaction: Int
        var due: Int64
        var times: Int
    }

    struct Continuation: Hashable {
        var reaction: Int
        var due: Int64
    }

    mutating func remember(notice id: String, to person: String) {
        guard notices.updateValue(person, forKey: id) == nil else { return }
        noticeOrder.append(id)
        if noticeOrder.count > Self.noticeLimit { notices[noticeOrder.removeFirst()] = nil }
    }

    /// False when this piece of news was heard before.
    mutating func hears(of news: String) -> Bool {
        guard !heard.contains(news) else { return false }
        heard.append(news)
        if heard.count > Self.heardLimit { heard.removeFirst() }
        return true
    }

    /// Everything that was sent, oldest first.
    var sent: [(id: String, person: String)] {
        noticeOrder.compactMap { id in notices[id].map { (id, $0) } }
    }

    /// When something of it is due next, in time of arrival.
    var nextDue: Int64? {
        ([continuation?.due, forgetAt] + escalations.map(\.due)).compactMap { $0 }.min()
    }

    /// Nobody has to do anything any more.
    var isSettled: Bool {
        switch status {
        case .resolved, .closed, .cancelled: true
        case .new, .acknowledged, .inProgress, .pending:
            queue == nil && isOver && continuation == nil && escalations.isEmpty
        }
    }
}
