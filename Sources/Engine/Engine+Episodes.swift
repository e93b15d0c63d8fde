import Interactions
import PipelineKit
import Units

/// From findings to cases, timeline entries and texts.
extension Engine {
    /// A text about a service is not sent later than this after it was decided.
    static let serviceTime = Duration.hours(2)
    /// A text about a life is sent as long as it may still help.
    static let lifeSafetyTime = Duration.days(1)
    /// What happened longer ago than this is history: it is recorded, but nobody is woken up by it.
    static let staleAfter = Duration.hours(6)

    func begin(_ step: DetectorStep, _ unit: Unit, _ slot: Int, _ verdict: Verdict, at event: Int64) {
        let plan = unit.program.detectorPlans[Int(step.index)]
        let asset = asset(of: unit, slot)
        if let purpose = plan.consent {
            let person = asset.flatMap { directory.holder(of: $0) }
            guard person?.hasConsented(to: purpose) ?? false else {
                hold(back: "no consent to \(purpose)", step, unit, slot)
                return
            }
        }
        let begunAt = Moment(microseconds: verdict.since)
        let key = key(step, unit, slot, begunAt: begunAt)
        guard casebook.episodes[key] == nil else {
            hold(back: "it began at the same moment before", step, unit, slot)
            return
        }
        guard casebook.hasRoom() else {
            hold(back: "more than \(casebook.limit) cases are open", step, unit, slot)
            return
        }
        var episode = Episode(
            key: key,
            pipeline: Int(unit.index),
            detector: Int(step.index),
            subject: unit.name(slot).text,
            site: asset?.site,
            severity: plan.severity,
            begunAt: begunAt,
            openedAt: now,
            reading: reading(of: step, unit, slot)
        )
        episode.why = why(step, unit, slot)
        episode.isOver = step.isMomentary
        episode = casebook.insert(episode)
        react(&episode, from: 0, at: Moment(microseconds: event))
        keep(episode)
    }

    func goOn(
        _ step: DetectorStep,
        _ unit: Unit,
        _ slot: Int,
        begunAt: Int64,
        reminder: Int64,
        _ look: Look
    ) {
        let key = key(step, unit, slot, begunAt: Moment(microseconds: begunAt))
        guard var episode = casebook.episodes[key], !episode.isSettled else { return }
        episode.reading = reading(of: step, unit, slot)
        if episode.queue != nil { tell(&episode, .updated, phase: "goesOn-\(reminder)") }
        say(&episode, .goesOn, phase: "goesOn-\(reminder)", at: Moment(microseconds: look.event))
        keep(episode)
    }

    func finish(_ step: DetectorStep, _ unit: Unit, _ slot: Int, begunAt: Int64, at event: Int64) {
        let key = key(step, unit, slot, begunAt: Moment(microseconds: begunAt))
        guard var episode = casebook.episodes[key] else { return }
        let over = Moment(microseconds: event)
        // Who would have been told after the question has heard of nothing, and need not hear that it is over.
        let told = episode.continuation?.reaction ?? .max
        episode.isOver = true
        episode.continuation = nil
        episode.reading = reading(of: step, unit, slot)
        if episode.queue != nil, !episode.isSettled {
            if episode.severity == .critical {
                // What threatens a life is closed by a person: the sensor may be wrong twice.
                let text = Wording(
                    french: "Fin du signal : \(over). À clore par une personne.",
                    english: "End of the signal: \(over). To be closed by a person."
                )
                tell(&episode, .updated, phase: "cleared", text: text.rendered(in: zone, at: now))
            } else {
                episode.status = .resolved
                let text = Wording(french: "Fin : \(over)", english: "End: \(over)")
                tell(&episode, .resolved, phase: "cleared", text: text.rendered(in: zone, at: now))
            }
        }
        if episode.severity != .critical {
            episode.escalations = []
            if !episode.notices.isEmpty {
                effects.append(
                    .withdrawn(Withdrawn(key: key, phases: ["begins"], reason: "cleared", at: now))
                )
            }
        }
        say(&episode, .cleared, phase: "cleared", at: over, before: told)
        keep(episode)
    }

    /// A sign that was raised already is raised once more: whoever is asked is not waited for any longer, and what
    /// somebody has taken or closed is an episode of its own.
    func raiseAgain(
        _ step: DetectorStep,
        _ unit: Unit,
        _ slot: Int,
        _ state: UnsafeMutablePointer<DetectorState>,
        _ verdict: Verdict,
        at event: Int64
    ) {
        let key = key(step, unit, slot, begunAt: Moment(microseconds: state.pointee.begunAt))
        if var episode = casebook.episodes[key], episode.status == .new, !episode.isSettled {
            episode.reading = reading(of: step, unit, slot)
            goOnUnanswered(&episode)
            keep(episode)
            return
        }
        state.pointee = DetectorState(begunAt: verdict.since, spokenAt: event)
        begin(step, unit, slot, verdict, at: event)
    }

    /// Carries out the reactions that waited for an answer.
    func goOnUnanswered(_ episode: inout Episode) {
        guard let continuation = episode.continuation else { return }
        episode.continuation = nil
        react(&episode, from: continuation.reaction, at: now)
    }

    private func why(_ step: DetectorStep, _ unit: Unit, _ slot: Int) -> Why? {
        guard let explainer = unit.program.explainers[Int(step.index)] else { return nil }
        let record = unit.records[slot]
        return Why(explainer.explain(record, record + Int(step.reading)), symbol: explainer.symbol)
    }

    private func reading(of step: DetectorStep, _ unit: Unit, _ slot: Int) -> [UInt8] {
        let start = unit.records[slot] + Int(step.reading)
        return [UInt8](UnsafeRawBufferPointer(start: start, count: unit.program.readingSize(of: step)))
    }

    /// Stores an episode, forgets it when nobody needs it any more, and sets its timer.
    func keep(_ episode: Episode) {
        var episode = episode
        // What opened no case and told nobody, such as a note a day for billing, has no answer to wait for.
        if episode.isSettled, episode.queue == nil, episode.notices.isEmpty {
            casebook.remove(episode.key)
            return
        }
        if episode.isSettled, episode.forgetAt == nil {
            episode.escalations = []
            episode.continuation = nil
            episode.forgetAt = (now + Casebook.memory).microseconds
        }
        // News may open again what was settled.
        if !episode.isSettled { episode.forgetAt = nil }
        casebook.episodes[episode.key] = episode
        casebook.arm(episode.key)
    }

    private func key(_ step: DetectorStep, _ unit: Unit, _ slot: Int, begunAt: Moment) -> String {
        return StableID(
            "CASE",
            .text(unit.program.plan.name),
            .text(unit.program.detectorPlans[Int(step.index)].name),
            .text(unit.name(slot).text),
            .moment(begunAt)
        ).description
    }

    /// Carries out the reactions that belong to the begin, from a position on.
    func react(_ episode: inout Episode, from first: Int, at event: Moment) {
        let plan = units[episode.pipeline].program.detectorPlans[episode.detector]
        for position in plan.reactions.indices.dropFirst(first) {
            switch plan.reactions[position] {
            case .openCase(let queue, let title):
                episode.queue = queue.name
                episode.title = words(title, episode, at: event)
                let lines = episode.why.map { $0.lines.rendered(in: zone, at: now) }
                tell(&episode, .opened, phase: "begins", text: lines)
            case .note(let kind, let queue, .begins, let title):
                note(&episode, kind, queue, words(title, episode, at: event), phase: "begins")
            case .text(let contact, .begins, let text):
                let facts = facts(episode, at: event)
                let isAsked = episode.severity == .critical
                for person in people(contact, episode) {
                    write(
                        &episode,
                        to: person,
                        contact.role,
                        "begins",
                        isAsked,
                        at: event,
                        words(text, episode, facts)
                    )
                }
            case .ask(let contact, let waiting, let known, let question):
                if let known, withReading(episode, known.read) { continue }
                let asked = people(contact, episode)
                for person in asked {
                    write(
                        &episode,
                        to: person,
                        contact.role,
                        "ask",
                        true,
                        at: event,
                        words(question, episode, at: event)
                    )
                }
                guard !asked.isEmpty else { continue }
                episode.continuation = .init(reaction: position + 1, due: (now + waiting).microseconds)
                return
            case .inform(let audience, let announcement):
                inform(&episode, position, audience, announcement, at: event)
            case .escalate(_, let after, _, _):
                episode.escalations.append(
                    .init(reaction: position, due: (now + after).microseconds, times: 0)
                )
            case .command(let topic, let payload):
                command(episode, position, topic, payload)
            case .note, .text: continue
            }
        }
        if episode.severity == .critical, episode.notices.isEmpty {
            // Nobody could be told at all: whoever is next is asked now and not when the time for an answer is over.
            for position in episode.escalations.indices {
                episode.escalations[position].due = now.microseconds
            }
        }
    }

    /// Carries out the reactions of a later phase.
    ///
    /// - Parameter end: the position of the first reaction whose begin was never said.
    private func say(
        _ episode: inout Episode,
        _ phase: Phase,
        phase name: String,
        at event: Moment,
        before end: Int = .max
    ) {
        let plan = units[episode.pipeline].program.detectorPlans[episode.detector]
        for (position, reaction) in plan.reactions.enumerated() where position < end {
            switch reaction {
            case .note(let kind, let queue, let when, let title) where when == phase:
                note(&episode, kind, queue, words(title, episode, at: event), phase: name)
            case .text(let contact, let when, let text) where when == phase:
                for person in people(contact, episode) {
                    write(
                        &episode,
                        to: person,
                        contact.role,
                        name,
                        false,
                        at: event,
                        words(text, episode, at: event)
                    )
                }
            case .inform(let audience, let announcement) where phase == .cleared:
                let text = announcement.cleared(facts(episode, at: event)).rendered(in: zone, at: now)
                for id in episode.informed[position] ?? [] {
                    guard let person = directory.person(id) else {
                        lose("recipient is no longer in the directory", episode)
                        continue
                    }
                    write(&episode, to: person, audience.role, name, false, at: event, text)
                }
                episode.informed[position] = nil
            default: continue
            }
        }
    }

    private func inform(
        _ episode: inout Episode,
        _ position: Int,
        _ audience: Audience,
        _ announcement: Announcement,
        at event: Moment
    ) {
        let unit = units[episode.pipeline]
        guard let kind = unit.program.plan.identity?.kind,
            let asset = directory.asset(episode.subject, ofKind: kind)
        else {
            lose("the directory does not know whom it serves", episode)
            return
        }
        let people =
            audience.role == DirectoryIndex.Role.tenant
            ? directory.tenantsServed(by: asset, consentingTo: audience.purpose)
            : directory.contacts(inRole: audience.role, for: asset).map(\.person).filter { person in
                audience.purpose.map(person.hasConsented(to:)) ?? true
            }
        let text = announcement.begins(facts(episode, at: event)).rendered(in: zone, at: now)
        // Only who is told that it begins is told that it is over.
        episode.informed[position] = people.compactMap { person in
            write(&episode, to: person, audience.role, "begins", false, at: event, text) ? person.id : nil
        }
    }
}

extension Program {
    func readingSize(of step: DetectorStep) -> Int {
        Int(blocks.first { $0.reading == step.reading }?.size ?? 0)
    }
}
