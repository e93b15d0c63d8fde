import Interactions
import PipelineKit
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
        // Whose work it is, who is asked and who is owed the end is told; but it counts for what comes after.
        var ledger = casebook.ledgers[person.id] ?? ContactLedger()
        defer { casebook.ledgers[person.id] = ledger }
        let isFree = writing.isOwed || !writing.isOptional || writing.hours == .anyHour
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
        ledger.hold(
            .init(key: file.key, title: digestTitle(of: file), at: now, reaction: writing.reaction),
            until: until
        )
        casebook.digestsWaiting.insert(person.id)
        casebook.setTimer(Casebook.TimerUnit.digests, 0, until)
        return false
    }

    /// What opens no case is called as on a watch.
    private func digestTitle(of file: CaseFile) -> Bilingual {
        if let title = file.title { return title }
        let finding = facts(file, at: file.begunAt)
        let words = withReading(file) { plan(of: file).watch.words($0, finding) }
        let (name, line) = (words.title.rendered(in: zone, at: now), words.line.rendered(in: zone, at: now))
        return Bilingual(
            french: "\(name.french) : \(line.french)",
            english: "\(name.english): \(line.english)"
        )
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
        casebook.ledgers[id] = ledger
        let person = directory.person(id)
        var open: [ContactLedger.Waiting] = []
        for message in waiting {
            if let reason = obstacle(message, person) {
                lose(reason, message, to: id)
            } else {
                open.append(message)
            }
        }
        guard let first = open.first, let file = casebook[first.key], let person else { return }
        if more == 0, open.allSatisfy({ $0.key == first.key }) {
            let messages = open.compactMap { words(of: $0, file) }
            if messages.count == open.count {
                for (writing, text) in messages {
                    guard let notice = write(file, to: person, writing, at: now, text) else { continue }
                    note(writing.reaction, of: file, told: id, by: notice)
                }
                return
            }
        }
        casebook.ledgers[id]?.note(sentAt: now, discipline)
        let notice = digest(open.map(\.title), count: open.count + more, file, to: person)
        for message in open {
            if let file = casebook[message.key] { note(message.reaction, of: file, told: id, by: notice) }
        }
    }

    /// What was held back, in its own words as they are now: where nothing else was, it needs no digest.
    private func words(of message: ContactLedger.Waiting, _ file: CaseFile) -> (Writing, Bilingual)? {
        guard let reaction = message.reaction, let plan = self.reaction(reaction, of: file) else {
            return nil
        }
        var writing = Writing(phase: file.phase("begins"), role: "", reason: .found, reaction: reaction)
        writing.isOwed = true
        switch plan {
        case .inform(let audience, let announcement):
            (writing.role, writing.isAudience) = (audience.name, true)
            let next = file.audiences[reaction]?.nextWord ?? now
            let text = announcement.begins(Promised(facts(file, at: now), nextWord: next))
            return (writing, text.rendered(in: zone, at: now))
        case .text(let contact, let phase, _, let text):
            writing.role = contact.role
            if phase == .goesOn, let reminder = file.lastReminder {
                (writing.phase, writing.reason) = (reminder, .goesOn)
            }
            return (writing, words(text, file, at: now))
        default: return nil
        }
    }

    /// Whoever was told that it began is owed the end of it.
    private func note(_ reaction: Int?, of file: CaseFile, told person: String, by notice: String) {
        guard let reaction, let plan = self.reaction(reaction, of: file) else {
            for position in file.audiences.keys { file.audiences[position]?.told(person, by: notice) }
            return
        }
        if case .text(let contact, _, _, _) = plan {
            file.noteTold(person, as: contact.role, by: notice)
        } else {
            file.audiences[reaction]?.told(person, by: notice)
        }
    }

    /// Nil when the pipeline was edited since, and has no reaction at that position.
    private func reaction(_ position: Int, of file: CaseFile) -> ReactionPlan? {
        let reactions = plan(of: file).reactions
        return reactions.indices.contains(position) ? reactions[position] : nil
    }

    /// Why what waited need not, or cannot, be told any more.
    private func obstacle(_ message: ContactLedger.Waiting, _ person: Directory.Person?) -> Held.Reason? {
        guard let file = casebook[message.key] else { return .overBeforeTold }
        let record = message.reaction.flatMap { file.audiences[$0] }
        // The end was told to those who knew: who hears of it now would never hear it.
        if record?.isClosed ?? file.haveAudiencesHeardTheEnd { return .overBeforeTold }
        guard let person else { return .notInDirectory }
        if record?.holds(person.id) ?? false { return .toldAlready }
        if file.isOver || file.life.isSettled { return .overBeforeTold }
        if casebook.unsubscribed.contains(person.id) {
            return .unsubscribed(from: units[file.pipeline].program.plan.name)
        }
        if case .inform(let audience, _)? = message.reaction.flatMap({ reaction($0, of: file) }),
            let purpose = audience.withdrawnPurpose(of: person)
        {
            return .noConsent(to: purpose)
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
