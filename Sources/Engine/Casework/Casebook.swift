import Interactions
import PipelineKit
import Units

/// The cases that people have to do with, and by what they are found: so that a reply, a receipt or a finding costs
/// the same however many other cases are open.
///
/// Everything in it survives a restart.
struct Casebook {
    private(set) var files: [String: CaseFile] = [:]
    private var bySerial: [Int32: CaseFile] = [:]
    /// Which case an episode that came back belongs to.
    private var joined: [String: String] = [:]
    /// The last case of a detector and subject.
    private var latest: [Topic: String] = [:]
    /// Which cases of late spoke to a person, oldest first.
    private var recent: [String: [Int32]] = [:]
    private var owners: [String: Owner] = [:]
    /// Open cases that explain others, and open cases that may be explained, by outage and bond.
    var explaining: [Bond: [String]] = [:]
    var explained: [Bond: [String]] = [:]
    var silences: [String: Silence] = [:]
    var ledgers: [String: ContactLedger] = [:]
    /// Who wants to hear no more of a pipeline's services.
    var unsubscribed: Set<String> = []
    /// Of the last replies and instructions.
    private var heard = HeardNews(limit: Casebook.heardLimit)
    /// The cases that are held back, by what holds them.
    private var held: [CaseFile.Hold.Cause: Set<Int32>] = [:]
    /// For whom something waits for a digest.
    var digestsWaiting: Set<String> = []
    /// Which case waits for the answer to a command.
    private var commands: [String: Int32] = [:]
    var timers = TimerHeap()
    private var nextSerial: Int32 = 0
    private var peopleBeforeSweep = Casebook.leastSweep
    private static let leastSweep = 1024

    /// How long a settled case is remembered, for late answers and news.
    static let memory = Duration.days(7)
    /// More cases than this are not kept: settled ones are forgotten before their time, and when there are none the
    /// new one is refused.
    var limit = Casebook.defaultLimit
    static let defaultLimit = 1_000_000
    /// So many cases of one person are remembered, besides those that wait for them.
    static let recentLimit = 8
    static let heardLimit = 4096
    static let silenceLimit = 1000

    struct Topic: Hashable {
        var pipeline: Int
        var detector: Int
        var subject: String
    }

    struct Owner {
        var serial: Int32
        var person: String
    }

    /// What an outage and those it explains have in common.
    struct Bond: Hashable {
        var outage: String
        var word: String
    }

    /// The units of casework's own timers; those of cases are 0.
    enum TimerUnit {
        static let cases: Int32 = 0
        static let digests: Int32 = 1
        static let silences: Int32 = 2
    }

    // MARK: Cases

    subscript(key: String) -> CaseFile? {
        files[joined[key] ?? key]
    }

    mutating func insert(_ file: CaseFile) {
        file.serial = nextSerial
        nextSerial += 1
        files[file.key] = file
        bySerial[file.serial] = file
        latest[file.topic] = file.key
        if let cause = file.hold?.cause { held[cause, default: []].insert(file.serial) }
    }

    func file(_ serial: Int32) -> CaseFile? { bySerial[serial] }

    func latest(_ topic: Topic) -> CaseFile? { latest[topic].flatMap { files[$0] } }

    /// An episode that belongs to a case that was there before it.
    mutating func join(_ episode: String, to file: CaseFile) {
        guard episode != file.key else { return }
        joined[episode] = file.key
        file.episodes.append(episode)
    }

    /// The episodes that joined a case, for a snapshot.
    var episodesJoined: [(episode: String, key: String)] {
        joined.map { ($0.key, $0.value) }.sorted { $0.episode < $1.episode }
    }

    /// Whether one more case can be kept. At the limit all settled ones are forgotten at once, which makes room for
    /// many.
    mutating func hasRoom() -> Bool {
        guard files.count >= limit else { return true }
        for file in files.values.filter(\.isSettled) { remove(file) }
        return files.count < limit
    }

    mutating func remove(_ file: CaseFile) {
        files[file.key] = nil
        bySerial[file.serial] = nil
        if latest[file.topic] == file.key { latest[file.topic] = nil }
        for episode in file.episodes { joined[episode] = nil }
        letGo(file)
        for id in file.notices { owners[id] = nil }
        for command in file.commands { commands[command.id] = nil }
        file.notices = []
    }

    // MARK: Held back

    mutating func hold(_ file: CaseFile, by cause: CaseFile.Hold.Cause) {
        letGo(file)
        file.hold = CaseFile.Hold(cause: cause)
        held[cause, default: []].insert(file.serial)
    }

    mutating func letGo(_ file: CaseFile) {
        guard let cause = file.hold?.cause else { return }
        file.hold = nil
        held[cause]?.remove(file.serial)
        if held[cause]?.isEmpty ?? false { held[cause] = nil }
    }

    /// In the order in which they began.
    func held(by cause: CaseFile.Hold.Cause) -> [CaseFile] {
        (held[cause] ?? []).sorted().compactMap { bySerial[$0] }
    }

    // MARK: Timers

    /// Sets the timer of a case to what is due next.
    mutating func arm(_ file: CaseFile) {
        guard let due = file.nextDue, due < file.armedAt else { return }
        file.armedAt = due
        setTimer(TimerUnit.cases, file.serial, due)
    }

    mutating func setTimer(_ unit: Int32, _ slot: Int32, _ due: Moment) {
        timers.insert(Timer(due: due.microseconds, unit: unit, slot: slot))
    }

    // MARK: What comes back

    /// Devices are not listened to for answers that nobody waits for.
    var awaitsAnswers: Bool { !commands.isEmpty }

    mutating func note(command: String, of file: CaseFile) {
        commands[command] = file.serial
    }

    func file(waitingFor command: String) -> CaseFile? {
        commands[command].flatMap { bySerial[$0] }
    }

    mutating func settle(command: String) {
        commands[command] = nil
    }

    /// A notice was written; a receipt for it finds its case.
    mutating func note(_ notice: String, to person: String, of file: CaseFile) {
        file.notices.insert(notice)
        owners[notice] = Owner(serial: file.serial, person: person)
        spoke(to: person, of: file.serial)
    }

    private mutating func spoke(to person: String, of serial: Int32) {
        var serials = recent[person] ?? []
        if serials.last == serial { return }
        serials.removeAll { $0 == serial || bySerial[$0] == nil }
        serials.append(serial)
        if serials.count > Self.recentLimit {
            // What they are asked or have taken is kept as long as codes can tell it apart.
            let idle = serials.firstIndex { serial in
                guard let file = bySerial[serial] else { return true }
                return !file.concerns(person) && !file.wasAskedHow(person)
            }
            if let idle, idle < serials.count - 1 {
                serials.remove(at: idle)
            } else if serials.count > ReplyCode.all.count {
                serials.removeFirst()
            }
        }
        recent[person] = serials
    }

    func owner(of notice: String) -> (file: CaseFile, person: String)? {
        guard let owner = owners[notice], let file = bySerial[owner.serial] else { return nil }
        return (file, owner.person)
    }

    /// What became of it is known for good.
    mutating func settle(_ notice: String) {
        guard let owner = owners.removeValue(forKey: notice) else { return }
        bySerial[owner.serial]?.notices.remove(notice)
    }

    /// The cases that spoke to any of these people, oldest first.
    func recent(of people: [String]) -> [CaseFile] {
        Set(people.flatMap { recent[$0] ?? [] }).sorted().compactMap { bySerial[$0] }
    }

    /// The case that spoke last to each of these people.
    func lastToSpeak(to people: [String]) -> [CaseFile] {
        people.compactMap { recent[$0]?.last.flatMap { bySerial[$0] } }
    }

    /// For a snapshot: people by id, each with the keys of the cases that spoke to them of late.
    var recentOfAll: [(person: String, keys: [String])] {
        recent.map { ($0.key, $0.value.compactMap { bySerial[$0]?.key }) }
            .filter { !$0.1.isEmpty }
            .sorted { $0.0 < $1.0 }
    }

    mutating func restoreRecent(_ person: String, _ serials: [Int32]) {
        recent[person] = serials
    }

    /// Forgets what is known of people and does not matter any more, each time that there are twice as many of them.
    mutating func sweepPeople(at now: Moment) {
        guard recent.count + ledgers.count >= peopleBeforeSweep else { return }
        recent = recent.filter { _, serials in serials.contains { bySerial[$0] != nil } }
        ledgers = ledgers.filter { !$0.value.isForgotten(at: now) }
        peopleBeforeSweep = max(Self.leastSweep, 2 * (recent.count + ledgers.count))
    }

    /// False when this reply or instruction was heard before.
    mutating func hears(of news: String) -> Bool { heard.hears(of: news) }

    /// The ids of the replies and instructions that were heard, for a snapshot.
    var newsHeard: [String] { heard.oldestFirst }
}

extension CaseFile {
    var topic: Casebook.Topic {
        Casebook.Topic(pipeline: pipeline, detector: detector, subject: subject)
    }
}

/// What nobody is told about until it ends: planned work, a known fault.
struct Silence: Hashable {
    var pipeline: String
    var detector: String
    var subject: String
    var site: String
    /// Planned: it holds nothing back before; nil: from its order on.
    var from: Moment?
    var until: Moment
    var by: String
    var note: String

    func holds(at moment: Moment) -> Bool {
        moment < until && from.map { $0 <= moment } ?? true
    }

    func covers(_ file: CaseFile, pipeline name: String, detector: String) -> Bool {
        func agrees(_ word: String, _ found: String) -> Bool { word.isEmpty || word == found }
        return agrees(pipeline, name) && agrees(self.detector, detector) && agrees(subject, file.subject)
            && agrees(site, file.site ?? "")
    }
}
