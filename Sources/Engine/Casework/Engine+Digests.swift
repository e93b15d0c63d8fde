import Interactions
import Units

/// Limits on what one person is told, and the digest of what they held back.
extension Engine {
    /// A digest takes so many parts at most.
    static let digestParts = 2

    /// Whether this may go out at `moment`; else it waits for a digest. Of what waits for the end of the night, the
    /// first goes out by itself, and all after it in one digest.
    func isAllowed(
        _ file: CaseFile,
        _ person: Directory.Person,
        _ writing: Writing,
        at moment: Moment
    ) -> Bool {
        // Who is asked, or is owed the end, is told; but it counts for what comes after.
        var ledger = casebook.ledgers[person.id] ?? ContactLedger()
        defer { casebook.ledgers[person.id] = ledger }
        let isFree = writing.isOwed || writing.question != nil
        var until = moment
        switch isFree ? .now : ledger.verdict(at: moment, discipline) {
        case .capped(let limit, let span, let end):
            until = end
            lose(.capped(limit: limit, per: span, until: end), file, to: person.id)
        case .now where !isFree && moment > now && ledger.sent.contains(moment):
            lose(.grouped(until: moment), file, to: person.id)
        case .now:
            ledger.note(sentAt: moment, discipline)
            return true
        }
        ledger.hold(.init(key: file.key, title: title(of: file), at: now), until: until)
        casebook.digestsWaiting.insert(person.id)
        casebook.setTimer(Casebook.TimerUnit.digests, 0, until)
        return false
    }

    func sendDigests() {
        for id in casebook.digestsWaiting.sorted() { sendDigest(to: id) }
    }

    private func sendDigest(to id: String) {
        guard var ledger = casebook.ledgers[id], let due = ledger.digestAt, due <= now else { return }
        if discipline.quiet.contains(now), let end = discipline.quiet.nextEnd(after: now) {
            ledger.postpone(until: end)
            casebook.ledgers[id] = ledger
            casebook.setTimer(Casebook.TimerUnit.digests, 0, end)
            return
        }
        casebook.digestsWaiting.remove(id)
        let (waiting, more) = ledger.takeWaiting()
        let person = directory.person(id)
        var open: [ContactLedger.Waiting] = []
        for message in waiting {
            if let reason = obstacle(message, person) {
                lose(reason, message, to: id)
            } else {
                open.append(message)
            }
        }
        defer { casebook.ledgers[id] = ledger }
        guard let first = open.first, let file = casebook[first.key], let person else { return }
        ledger.note(sentAt: now, discipline)
        let count = open.count + more
        let notice = digest(open.map(\.title), count: count, file, to: person)
        for message in open {
            guard let file = casebook[message.key] else { continue }
            for position in file.audiences.keys { file.audiences[position]?.told(id, by: notice) }
        }
    }

    /// Why what waited need not, or cannot, be told any more.
    private func obstacle(_ message: ContactLedger.Waiting, _ person: Directory.Person?) -> Held.Reason? {
        guard let file = casebook[message.key] else { return .overBeforeTold }
        // The end was told to those who knew: who hears of it now would never hear it.
        let audiences = file.audiences.values
        if !audiences.isEmpty, audiences.allSatisfy(\.isClosed) { return .overBeforeTold }
        guard let person else { return .notInDirectory }
        if file.audiences.values.contains(where: { !$0.isClosed && $0.holds(person.id) }) {
            return .toldAlready
        }
        if file.isOver || file.life.isSettled { return .overBeforeTold }
        if casebook.unsubscribed.contains(person.id) {
            return .unsubscribed(from: units[file.pipeline].program.plan.name)
        }
        return person.phone.isEmpty ? .noNumber : nil
    }

    /// The case may be forgotten already.
    private func lose(_ reason: Held.Reason, _ message: ContactLedger.Waiting, to person: String) {
        if let file = casebook[message.key] {
            lose(reason, file, to: person)
        } else {
            let subject = message.title.french
            hold(
                Held(
                    reason: reason,
                    key: message.key,
                    recipient: person,
                    pipeline: "",
                    detector: "",
                    subject: subject,
                    at: now
                )
            )
        }
    }

    private func digest(
        _ titles: [Bilingual],
        count: Int,
        _ file: CaseFile,
        to person: Directory.Person
    ) -> String {
        let key = StableID("DIGEST", .text(person.id), .moment(now)).description
        let id = StableID("MSG", .text(key)).description
        let program = units[file.pipeline].program
        casebook.note(id, to: person.id, of: file)
        let text = StandardText.heldBack(titles, parts: Self.digestParts).rendered(in: zone, at: now)
        effects.append(
            .notice(
                Notice(
                    id: id,
                    key: key,
                    phase: "digest",
                    recipient: person.id,
                    role: "digest",
                    urgency: .service,
                    privacy: program.plan.privacy,
                    text: text.text(in: person.language),
                    language: person.language,
                    expectsReply: false,
                    pipeline: program.plan.name,
                    detector: program.detectorPlans[file.detector].name,
                    subject: person.id,
                    at: now,
                    notAfter: now + Self.serviceTime,
                    reason: .digest(count: count),
                    watch: watch(digest: titles, count: count, file, in: person.language)
                )
            )
        )
        return id
    }
}
