import Interactions
import PipelineKit
import Units

/// Those who are told because something concerns them: from the first word to the last.
extension Engine {
    /// How long an estimate may have passed before the audience hears that it still lasts.
    static let estimateMargin = Duration.minutes(30)
    /// A promise that would fall into the quiet hours is made for so long after them.
    static let afterQuiet = Duration.hours(1)

    func inform(
        _ file: CaseFile,
        _ position: Int,
        _ audience: Audience,
        _ announcement: Announcement,
        at event: Moment
    ) {
        guard let people = members(of: audience, file) else {
            lose(.noAudience, file)
            return
        }
        var record = file.audiences[position] ?? AudienceRecord()
        let promise = promise(announcement.work?.wordWithin ?? .zero, file)
        let text = announcement.begins(Promised(facts(file, at: event), nextWord: promise))
            .rendered(in: zone, at: now)
        for person in people {
            let writing = Writing(
                phase: file.phase("begins"),
                role: audience.name,
                reason: .found,
                isAudience: true
            )
            if let id = write(file, to: person, writing, at: event, text) { record.told(person.id, by: id) }
        }
        if announcement.work != nil { record.nextWord = promise }
        file.audiences[position] = record
    }

    /// The same text to everybody of an announcement's audience, as their first word of it.
    func announce(_ file: CaseFile, _ position: Int, at event: Moment, phase: String, _ text: Wording) {
        guard case .inform(let audience, _) = plan(of: file).reactions[position],
            let people = members(of: audience, file)
        else { return }
        let text = text.rendered(in: zone, at: now)
        for person in people {
            let writing = Writing(phase: phase, role: audience.name, reason: .found, isAudience: true)
            if let id = write(file, to: person, writing, at: event, text) {
                file.audiences[position]?.told(person.id, by: id)
            }
        }
    }

    /// Nil when the directory does not know the subject.
    private func members(of audience: Audience, _ file: CaseFile) -> [Directory.Person]? {
        asset(of: file).map { audience.members(for: $0, in: directory, at: now) }
    }

    // MARK: - While it lasts

    /// When word can be promised within a span: not while everybody sleeps.
    private func promise(_ span: Duration, _ file: CaseFile) -> Moment {
        guard !file.isLifeSafety else { return now + span }
        let read = discipline.quiet.contains(now) ? discipline.quiet.nextEnd(after: now) ?? now : now
        let moment = read + span
        guard discipline.quiet.contains(moment), let end = discipline.quiet.nextEnd(after: moment) else {
            return moment
        }
        return end + Self.afterQuiet
    }

    /// The promised word, where it is due.
    func keepPromises(_ file: CaseFile) {
        for position in file.audiences.keys.sorted() {
            guard case .inform(let audience, let announcement) = plan(of: file).reactions[position],
                let work = announcement.work, let due = file.audiences[position]?.nextWord,
                due - CaseFile.wordMargin <= now
            else { continue }
            let next = promise(work.thenEvery, file)
            let text = work.stillOpen(Promised(facts(file, at: now), nextWord: next))
            pass(on: text, .promised, audience, position, file)
            file.audiences[position]?.nextWord = next
        }
    }

    /// News of the work, for everybody who knows that it began.
    func passOnNews(_ file: CaseFile, by source: String) {
        for position in file.audiences.keys.sorted() {
            guard case .inform(let audience, let announcement) = plan(of: file).reactions[position],
                let work = announcement.work
            else { continue }
            let facts = facts(file, at: now)
            let next = promise(work.wordWithin, file)
            if file.life.status == .pending {
                pass(
                    on: work.delayed(Promised(facts, nextWord: next)),
                    .news(by: source),
                    audience,
                    position,
                    file
                )
                file.audiences[position]?.nextWord = next
            } else if let estimate = file.estimate {
                let text = work.estimated(Estimated(facts, estimate: estimate))
                pass(on: text, .news(by: source), audience, position, file)
                file.audiences[position]?.nextWord = estimate + Self.estimateMargin
            } else {
                pass(on: work.onTheWay(facts), .news(by: source), audience, position, file)
                file.audiences[position]?.nextWord = next
            }
        }
    }

    private func pass(
        on text: Wording,
        _ reason: Notice.Reason,
        _ audience: Audience,
        _ position: Int,
        _ file: CaseFile
    ) {
        guard var record = file.audiences[position], !record.isClosed else { return }
        let before = record.newsCount
        record.newsCount += 1
        file.audiences[position] = record
        // What waits for the morning is out of date.
        if before > 0 { withdraw(file, "newer news", phases: [file.phase("news-\(before)")]) }
        let text = text.rendered(in: zone, at: now)
        let phase = file.phase("news-\(record.newsCount)")
        for member in record.owed {
            guard let person = directory.person(member.person) else { continue }
            let writing = Writing(
                phase: phase,
                role: audience.name,
                reason: reason,
                isAudience: true,
                follows: member.notice,
                isOwed: true
            )
            write(file, to: person, writing, at: now, text)
        }
    }

    /// Who has come to be concerned since it began is told once.
    func catchUp(_ file: CaseFile) {
        guard !file.isOver, !file.isSettled, file.stableAt == nil else { return }
        for position in file.audiences.keys.sorted() {
            guard case .inform(let audience, let announcement) = plan(of: file).reactions[position],
                let record = file.audiences[position], !record.isClosed,
                let people = members(of: audience, file)
            else { continue }
            let next = record.nextWord ?? now
            let text = announcement.begins(Promised(facts(file, at: now), nextWord: next))
                .rendered(in: zone, at: now)
            for person in people where !record.holds(person.id) {
                let writing = Writing(
                    phase: file.phase("catch-up"),
                    role: audience.name,
                    reason: .catchUp,
                    isAudience: true
                )
                if let id = write(file, to: person, writing, at: now, text) {
                    file.audiences[position]?.told(person.id, by: id)
                }
            }
        }
    }

    /// The directory has changed: who is concerned by what is open may have as well.
    func catchUpAudiences() {
        let open = casebook.files.values.filter { !$0.audiences.isEmpty && !$0.isSettled }
        for file in open.sorted(by: { $0.serial < $1.serial }) {
            catchUp(file)
            keep(file)
        }
    }

    // MARK: - The end

    /// Whoever was told that it began is told that it is over.
    func closeAudiences(_ file: CaseFile, at event: Moment, because reason: Notice.Reason) {
        for position in file.audiences.keys.sorted() {
            guard case .inform(let audience, let announcement) = plan(of: file).reactions[position],
                var record = file.audiences[position], !record.isClosed
            else { continue }
            let text = announcement.cleared(facts(file, at: event)).rendered(in: zone, at: now)
            let owed = record.close()
            file.audiences[position] = record
            for member in owed {
                guard let person = directory.person(member.person) else {
                    lose(.notInDirectory, file, to: member.person)
                    continue
                }
                let writing = Writing(
                    phase: file.phase("cleared"),
                    role: audience.name,
                    reason: reason,
                    isAudience: true,
                    follows: member.notice,
                    isOwed: true
                )
                write(file, to: person, writing, at: event, text)
            }
        }
    }

    /// What has not been sent and would be wrong now.
    func withdraw(_ file: CaseFile, _ reason: String, phases: [String]? = nil) {
        guard !file.notices.isEmpty else { return }
        let open = ["begins", "catch-up"].map(file.phase)
        effects.append(
            .withdrawn(Withdrawn(key: file.key, phases: phases ?? open, reason: reason, at: now))
        )
    }
}

extension Audience {
    /// What the notices say of why somebody is told: `tenant`, `relative, caregiver`.
    var name: String { roles.joined(separator: ", ") }
}
