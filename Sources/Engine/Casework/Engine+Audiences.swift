import Interactions
import PipelineKit
import Units

/// Those who are told because something concerns them: from the first word to the last.
extension Engine {
    func inform(
        _ file: CaseFile,
        _ position: Int,
        _ audience: Audience,
        _ announcement: Announcement,
        at event: Moment
    ) {
        let people = members(of: audience, file) ?? []
        if people.isEmpty { lose(.noAudience, file) }
        var record = file.audiences[position] ?? AudienceRecord()
        let promise = promise(announcement.work?.wordWithin ?? .zero, file)
        let text = announcement.begins(Promised(facts(file, at: event), nextWord: promise))
            .rendered(in: zone, at: now)
        for person in people {
            let writing = Writing(
                phase: file.phase("begins"),
                role: audience.name,
                reason: .found,
                isAudience: true,
                reaction: position
            )
            if let id = write(file, to: person, writing, at: event, text) { record.told(person.id, by: id) }
        }
        if announcement.work != nil { record.nextWord = promise }
        file.audiences[position] = record
    }

    /// The same text to everybody of an announcement's audience, as their first word of it. It stands for many
    /// others: no limit holds it back.
    func announce(_ file: CaseFile, _ position: Int, at event: Moment, phase: String, _ text: Wording) {
        guard case .inform(let audience, _) = plan(of: file).reactions[position],
            let people = members(of: audience, file)
        else { return }
        let text = text.rendered(in: zone, at: now)
        for person in people {
            let writing = Writing(
                phase: phase,
                role: audience.name,
                reason: .found,
                isAudience: true,
                isOwed: true
            )
            if let id = write(file, to: person, writing, at: event, text) {
                file.audiences[position]?.told(person.id, by: id)
            }
        }
    }

    /// Nil when the directory does not know the subject.
    private func members(of audience: Audience, _ file: CaseFile) -> [Directory.Person]? {
        asset(of: file).map { audience.members(for: $0, in: directory, at: now) }
    }

    // MARK: - Who comes later

    /// Who has come to be concerned since it began is told once.
    func catchUp(_ file: CaseFile) {
        guard !file.isOver, !file.life.isSettled, file.stableAt == nil else { return }
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
                    isAudience: true,
                    reaction: position
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

    /// The person, as the directory has them now; nil, and it is said why, when they may not be told any more.
    func person(
        _ member: AudienceRecord.Member,
        of audience: Audience,
        _ file: CaseFile
    ) -> Directory.Person? {
        guard let person = directory.person(member.person) else {
            lose(.notInDirectory, file, to: member.person)
            return nil
        }
        if let purpose = audience.withdrawnPurpose(of: person) {
            lose(.noConsent(to: purpose), file, to: person.id)
            return nil
        }
        return person
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
                guard let person = person(member, of: audience, file) else { continue }
                let writing = Writing(
                    phase: file.phase("cleared"),
                    role: audience.name,
                    reason: reason,
                    isAudience: true,
                    follows: [member.notice],
                    isOwed: true
                )
                write(file, to: person, writing, at: event, text)
            }
        }
    }

    /// What has not been sent and would be wrong now.
    func withdraw(_ file: CaseFile, _ reason: String, phases: [String]? = nil) {
        let phases = phases ?? openPhases(of: file)
        // No phases at all would mean every one.
        guard !file.notices.isEmpty, !phases.isEmpty else { return }
        effects.append(.withdrawn(Withdrawn(key: file.key, phases: phases, reason: reason, at: now)))
    }

    /// All that says that it lasts, or asks somebody to go there. What told an end stays: it is owed.
    private func openPhases(of file: CaseFile) -> [String] {
        let news = file.audiences.values.map(\.newsCount).max() ?? 0
        let reminder = file.lastReminder.map { [$0] } ?? []
        return file.latePhases("begins") + file.latePhases("catch-up") + ["ask"]
            + (0..<news).flatMap { file.latePhases("news-\($0 + 1)") } + reminder + openAsks(of: file)
    }
}

extension Audience {
    /// What the notices say of why somebody is told: `tenant`, `relative, caregiver`.
    var name: String { roles.joined(separator: ", ") }

    /// What this person would have to agree to and does not, or not any more.
    func withdrawnPurpose(of person: Directory.Person) -> String? {
        purpose.flatMap { person.hasConsented(to: $0) ? nil : $0 }
    }
}
