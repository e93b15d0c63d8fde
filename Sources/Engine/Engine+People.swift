import Interactions
import PipelineKit
import Telemetry
import Units

/// What comes back from people, gateways and the CRM, and what happens when nothing comes back.
extension Engine {
    /// An episode's timer is due.
    func resume(_ timer: Timer) {
        guard let key = casebook.keys[timer.slot], var episode = casebook.episodes[key],
            episode.armedAt == timer.due
        else { return }
        episode.armedAt = .max
        if let forgetAt = episode.forgetAt, forgetAt <= now.microseconds {
            casebook.remove(key)
            return
        }
        if let continuation = episode.continuation, continuation.due <= now.microseconds {
            goOnUnanswered(&episode)
        }
        for position in episode.escalations.indices
        where episode.escalations[position].due <= now.microseconds {
            escalate(&episode, position)
        }
        keep(episode)
    }

    /// Nobody has taken the case in time.
    private func escalate(_ episode: inout Episode, _ position: Int) {
        let plan = units[episode.pipeline].program.detectorPlans[episode.detector]
        let reaction = episode.escalations[position].reaction
        guard case .escalate(let contact, _, let every, let rendering) = plan.reactions[reaction] else {
            return
        }
        episode.escalations[position].times += 1
        episode.escalations[position].due = (now + every).microseconds
        let phase = "escalation-\(episode.escalations[position].times)"
        tell(
            &episode,
            .escalated,
            phase: phase,
            text: Bilingual(
                french: "Sans réponse, on demande à : \(contact.role)",
                english: "No answer, asking: \(contact.role)"
            )
        )
        let text =
            rendering.map { words($0, episode, at: now) }
            ?? episode.title.map {
                Bilingual(
                    french: "Sans réponse. \($0.french). Répondez 1 si vous prenez en charge.",
                    english: "No answer. \($0.english). Reply 1 if you take it."
                )
            }
        guard let text else { return }
        for person in people(contact, episode) {
            write(&episode, to: person, contact.role, phase, true, at: now, text)
        }
    }

    func take(_ reply: Reply) {
        let people = directory.people(withPhone: reply.from)
        guard !people.isEmpty else {
            tellLost("reply from an unknown number", subject: "reply \(reply.id)")
            return
        }
        let ids = Set(people.map(\.id))
        let asking = casebook.episodes.values
            .filter { episode in !episode.isSettled && episode.asked.keys.contains(where: ids.contains) }
            .sorted { $0.serial < $1.serial }
        guard let first = asking.first else {
            tellLost("reply to nothing that is open", subject: "reply \(reply.id)")
            return
        }
        switch ReplyMeaning(reply.text) {
        case .yes where asking.count == 1: acknowledge(first, by: first.person(among: ids), reply.id)
        case .yes:
            // One "1" for two open questions says nothing: both go on asking.
            for episode in asking { noteReply(episode, reply, ambiguous: true) }
        case .no, .other:
            // Whatever does not say that all is well: there is no need to wait for more.
            for var episode in asking {
                goOnUnanswered(&episode)
                noteReply(episode, reply, ambiguous: false)
            }
        }
    }

    /// A person takes the case, or says that nothing is wrong.
    private func acknowledge(_ episode: Episode, by person: String, _ id: String) {
        var episode = episode
        let isReassurance = episode.continuation != nil
        episode.asked = [:]
        episode.escalations = []
        episode.continuation = nil
        episode.acknowledgedBy = person
        if isReassurance, episode.queue == nil {
            episode.status = .cancelled
            effects.append(
                .dropped(
                    Dropped(
                        reason: "\(name(of: episode)): the person asked says that all is well",
                        pipeline: units[episode.pipeline].program.plan.name,
                        subject: episode.subject,
                        at: now
                    )
                )
            )
        } else {
            episode.status = .acknowledged
            tell(
                &episode,
                .acknowledged,
                phase: "reply \(id)",
                text: Bilingual(french: "Pris en charge par \(person)", english: "Taken by \(person)")
            )
        }
        keep(episode)
    }

    private func noteReply(_ episode: Episode, _ reply: Reply, ambiguous: Bool) {
        var episode = episode
        guard episode.hears(of: "reply \(reply.id)") else { return }
        if episode.queue == nil { lose("an answer came, but there is no case to note it on", episode) }
        tell(
            &episode,
            .noted,
            phase: "reply \(reply.id)",
            text: ambiguous
                ? Bilingual(
                    french: "Réponse reçue, mais plusieurs demandes sont ouvertes",
                    english: "An answer came, but several questions are open"
                )
                : Bilingual(french: "Réponse reçue : \(reply.text)", english: "An answer came: \(reply.text)")
        )
        keep(episode)
    }

    func take(_ receipt: Receipt) {
        guard receipt.outcome == .failed || receipt.outcome == .expired else { return }
        let owner = casebook.episodes.values.first { $0.notices[receipt.id] != nil }
        guard var episode = owner, let person = episode.notices[receipt.id] else { return }
        guard episode.hears(of: "receipt \(receipt.id)") else { return }
        // A later question to the same person may have arrived.
        if episode.asked[person] == receipt.id { episode.asked[person] = nil }
        tell(
            &episode,
            .noted,
            phase: "receipt \(receipt.id)",
            text: Bilingual(
                french: "SMS non remis à \(person) : \(receipt.detail)",
                english: "Text not delivered to \(person): \(receipt.detail)"
            )
        )
        keep(episode)
    }

    func take(_ update: CaseUpdate) {
        guard var episode = casebook.episodes[update.key] else {
            tellLost("news about a case that is not open", subject: update.key)
            return
        }
        guard episode.hears(of: "update \(update.id)") else {
            tellLost("the same news again", subject: update.key)
            return
        }
        let verb: Interaction.Verb
        switch update.status {
        case .acknowledged: (episode.status, verb) = (.acknowledged, .acknowledged)
        case .inProgress: (episode.status, verb) = (.inProgress, .updated)
        case .pending: (episode.status, verb) = (.pending, .updated)
        case .resolved: (episode.status, verb) = (.resolved, .resolved)
        case .closed: (episode.status, verb) = (.closed, .resolved)
        case .cancelled: (episode.status, verb) = (.cancelled, .cancelled)
        case .noted: verb = .noted
        }
        episode.acknowledgedBy = update.by
        episode.escalations = []
        episode.continuation = nil
        episode.asked = [:]
        let note = update.note.isEmpty ? nil : Bilingual(french: update.note)
        tell(&episode, verb, phase: "update \(update.id)", text: note)
        keep(episode)
    }

    private func name(of episode: Episode) -> String {
        units[episode.pipeline].program.detectorPlans[episode.detector].name
    }

    private func tellLost(_ reason: String, subject: String) {
        counts.held[reason, default: 0] += 1
        effects.append(.dropped(Dropped(reason: reason, pipeline: "", subject: subject, at: now)))
    }
}

extension Episode {
    func person(among ids: Set<String>) -> String {
        asked.keys.filter(ids.contains).min() ?? ""
    }
}

/// What a person's answer means.
enum ReplyMeaning {
    case yes, no, other

    init(_ text: String) {
        let letters = text.lowercased().map { Self.plain[$0] ?? $0 }
        let word = String(letters.drop { !$0.isLetter && !$0.isNumber }.prefix { $0.isLetter || $0.isNumber })
        switch word {
        case "1", "ok", "oui", "yes", "j", "vu", "recu", "pris": self = .yes
        case "2", "non", "no", "impossible": self = .no
        default: self = .other
        }
    }

    private static let plain: [Character: Character] = [
        "é": "e", "è": "e", "ê": "e", "à": "a", "ç": "c", "î": "i", "ô": "o", "û": "u",
    ]
}
