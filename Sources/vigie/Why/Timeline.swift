import Interactions
import Store
import Telemetry
import Units

/// What was decided about something or at some time, and why, in the order of time.
struct Timeline {
    private(set) var entries: [TimelineEntry] = []
    /// Sentences about the answer as a whole.
    private(set) var remarks: [Bilingual] = []
    private let store: Store
    private let zone: CivilZone

    /// More of a kind is not shown, and said so.
    static let limit = 1000
    /// How far around a moment is looked.
    static let reach = Duration.minutes(5)

    init(_ store: Store, _ zone: CivilZone) {
        self.store = store
        self.zone = zone
    }

    /// Everything about a case or episode; false when nothing has this key.
    mutating func add(key: String) throws -> Bool {
        let interactions = try bounded(store.interactions(.key(key), limit: Self.limit + 1))
        let notices = try bounded(store.notices(.key(key), limit: Self.limit + 1))
        let held = try bounded(store.held(of: key, limit: Self.limit + 1))
        try add(interactions, withDeliveries: true)
        try add(notices)
        entries += held.map { TimelineEntry($0) }
        return !(interactions.isEmpty && notices.isEmpty && held.isEmpty)
    }

    /// One notice or interaction and what became of it; false when there is none with this id.
    mutating func add(id: String) throws -> Bool {
        let notices = try store.notices(.id(id), limit: 1)
        let interactions = try store.interactions(.id(id), limit: 1)
        try add(interactions, withDeliveries: true)
        guard let notice = notices.first else { return !interactions.isEmpty }
        // What it is about, and what its reader was not told besides.
        try add(store.interactions(.key(notice.key), limit: 1), withDeliveries: false)
        try add(notices)
        for first in notice.follows { try add(store.notices(.id(first), limit: 1)) }
        let held = try store.held(of: notice.key, limit: Self.limit)
        entries += held.filter { $0.recipient == notice.recipient }.map { TimelineEntry($0) }
        return true
    }

    /// What was held back about an asset or person; false when nothing was.
    mutating func add(subject: String) throws -> Bool {
        let held = try bounded(store.held(about: subject, limit: Self.limit + 1))
        entries += held.map { TimelineEntry($0) }
        return !held.isEmpty
    }

    /// Everything that was decided within some minutes of a moment.
    mutating func add(around moment: Moment) throws {
        let span = (moment - Self.reach)...(moment + Self.reach)
        let interactions = try bounded(store.interactions(.span(span), limit: Self.limit + 1))
        try add(interactions, withDeliveries: false)
        try add(bounded(store.notices(.span(span), limit: Self.limit + 1)))
        let held = try bounded(store.held(in: span, limit: Self.limit + 1))
        entries += held.map { TimelineEntry($0) }
        entries += try bounded(store.deadLetters(in: span, limit: Self.limit + 1)).map { TimelineEntry($0) }
        entries += try store.drops(in: span).map { TimelineEntry($0, at: span.lowerBound) }
        entries += try store.silences(in: span).map { TimelineEntry($0, in: zone) }
        if interactions.isEmpty, held.isEmpty { try addNearest(around: span, of: moment) }
    }

    private mutating func addNearest(around span: ClosedRange<Moment>, of moment: Moment) throws {
        let clock = zone.words(moment)
        remarks.append(
            Bilingual(
                french: "rien n'a été constaté à \(clock) ni dans les cinq minutes autour",
                english: "nothing was found at \(clock) nor within five minutes of it"
            )
        )
        let (before, after) = try store.interactions(around: span)
        for (entry, french, english) in [
            (before, "aucun constat avant", "no finding before"),
            (after, "aucun constat après", "no finding after"),
        ] {
            if let entry {
                try add([entry], withDeliveries: false)
            } else {
                remarks.append(Bilingual(french: french, english: english))
            }
        }
        if before != nil || after != nil {
            remarks.append(
                Bilingual(
                    french: "les constats les plus proches sont montrés",
                    english: "the nearest findings before and after are shown"
                )
            )
        }
    }

    /// All of it in the order of time; what happened at one moment keeps the order in which it was decided.
    var sorted: [TimelineEntry] {
        var seen: Set<TimelineEntry> = []
        return entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element).filter { seen.insert($0).inserted }
    }

    private mutating func add(_ interactions: [InteractionEntry], withDeliveries: Bool) throws {
        var unread = 0
        for stored in interactions {
            if let interaction = Interaction(cloudEvent: stored.body) {
                entries.append(TimelineEntry(interaction, storedAt: stored.storedAt, in: zone))
            } else {
                unread += 1
            }
            if withDeliveries { try addFate(of: stored.id) }
        }
        guard unread > 0 else { return }
        remarks.append(
            Bilingual(
                french: "\(unread) entrées ne sont pas lisibles par cette version",
                english: "\(unread) entries cannot be read by this version"
            )
        )
    }

    private mutating func add(_ notices: [NoticeEntry]) throws {
        for notice in notices {
            entries.append(TimelineEntry(notice))
            try addFate(of: notice.id)
        }
    }

    private mutating func addFate(of id: String) throws {
        entries += try store.deliveries(of: id).map { TimelineEntry($0) }
        entries += try store.receipts(of: id).map { TimelineEntry($0) }
    }

    private mutating func bounded<Element>(_ found: [Element]) -> [Element] {
        guard found.count > Self.limit else { return found }
        let remark = Bilingual(
            french: "plus de \(Self.limit) d'une sorte : le reste n'est pas montré",
            english: "more than \(Self.limit) of a kind: the rest is not shown"
        )
        if !remarks.contains(remark) { remarks.append(remark) }
        return Array(found.prefix(Self.limit))
    }
}
