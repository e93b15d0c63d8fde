import Interactions
import PipelineKit
import Units

/// Makes interactions, notices and commands, each with the id that the same decision always has.
extension Engine {
    /// An entry on the timeline of the episode's case.
    func tell(_ episode: inout Episode, _ verb: Interaction.Verb, phase: String, text: Bilingual? = nil) {
        guard let queue = episode.queue, let title = episode.title else { return }
        episode.seq += 1
        effects.append(
            .interaction(
                interaction(episode, episode.key, episode.seq, .case, verb, phase, queue, title, text)
            )
        )
    }

    /// An entry that stands for itself.
    func note(
        _ episode: inout Episode,
        _ kind: Interaction.Kind,
        _ queue: Queue,
        _ title: Bilingual,
        phase: String
    ) {
        let key = StableID("NOTE", .text(episode.key), .text(kind.rawValue), .text(queue.name), .text(phase))
        effects.append(
            .interaction(
                interaction(episode, key.description, 1, kind, .noted, phase, queue.name, title, nil)
            )
        )
    }

    private func interaction(
        _ episode: Episode,
        _ key: String,
        _ seq: Int,
        _ kind: Interaction.Kind,
        _ verb: Interaction.Verb,
        _ phase: String,
        _ queue: String,
        _ title: Bilingual,
        _ text: Bilingual?
    ) -> Interaction {
        let program = units[episode.pipeline].program
        // The first entry says why; the others belong to it.
        let evidence = seq == 1 ? episode.why?.evidence ?? [] : []
        return Interaction(
            id: StableID("EVT", .text(key), .number(Int64(seq)), .text(verb.rawValue), .text(phase))
                .description,
            key: key,
            seq: seq,
            kind: kind,
            verb: verb,
            status: episode.status,
            severity: episode.severity,
            privacy: program.plan.privacy,
            pipeline: program.plan.name,
            detector: program.detectorPlans[episode.detector].name,
            queue: queue,
            subject: episode.subject,
            site: episode.site,
            title: title,
            text: text,
            at: now,
            openedAt: episode.begunAt,
            evidence: evidence
        )
    }

    /// A text message to one person. False when it is not written; why is among the effects.
    @discardableResult
    func write(
        _ episode: inout Episode,
        to person: Directory.Person,
        _ role: String,
        _ phase: String,
        _ expectsReply: Bool,
        at event: Moment,
        _ text: Bilingual
    ) -> Bool {
        let isLifeSafety = episode.severity == .critical
        if !isLifeSafety, now.since(event) > Self.staleAfter {
            lose("too late to tell anybody", episode)
            return false
        }
        guard !person.phone.isEmpty else {
            lose("recipient has no phone number", episode)
            return false
        }
        let program = units[episode.pipeline].program
        let id = StableID("MSG", .text(episode.key), .text(phase), .text(role), .text(person.id)).description
        // The same person in the same role is told the same thing once.
        guard episode.notices[id] == nil else {
            lose("recipient has this text already", episode)
            return false
        }
        episode.remember(notice: id, to: person.id)
        if expectsReply { episode.asked[person.id] = id }
        effects.append(
            .notice(
                Notice(
                    id: id,
                    key: episode.key,
                    phase: phase,
                    recipient: person.id,
                    role: role,
                    urgency: isLifeSafety ? .lifeSafety : .service,
                    privacy: program.plan.privacy,
                    text: text.text(in: person.language),
                    language: person.language,
                    expectsReply: expectsReply,
                    pipeline: program.plan.name,
                    detector: program.detectorPlans[episode.detector].name,
                    subject: episode.subject,
                    at: now,
                    notAfter: now + (isLifeSafety ? Self.lifeSafetyTime : Self.serviceTime)
                )
            )
        )
        return true
    }

    func command(
        _ episode: Episode,
        _ position: Int,
        _ topic: (UnsafeRawPointer, FindingFacts) -> String,
        _ payload: String
    ) {
        let program = units[episode.pipeline].program
        let facts = facts(episode, at: now)
        let topic = withReading(episode) { topic($0, facts) }
        effects.append(
            .command(
                Command(
                    id: StableID("CMD", .text(episode.key), .number(Int64(position)), .text(topic))
                        .description,
                    key: episode.key,
                    topic: topic,
                    payload: payload,
                    pipeline: program.plan.name,
                    detector: program.detectorPlans[episode.detector].name,
                    subject: episode.subject,
                    at: now,
                    notAfter: now + .minutes(5)
                )
            )
        )
    }

    /// Who has this role for the subject; that nobody has is said, on the case too.
    func people(_ contact: Contact, _ episode: Episode) -> [Directory.Person] {
        let unit = units[episode.pipeline]
        let known = unit.program.plan.identity?.kind.flatMap { directory.asset(episode.subject, ofKind: $0) }
        // A subject that the directory does not know still has those who are responsible everywhere.
        let asset = known ?? Directory.Asset(id: episode.subject, kind: "", site: "", name: episode.subject)
        let people = directory.contacts(inRole: contact.role, for: asset).map(\.person)
        if people.isEmpty { lose("nobody is \(contact.role)", episode) }
        return people
    }

    /// A notice that is not written, and why.
    func lose(_ reason: String, _ episode: Episode) {
        let program = units[episode.pipeline].program
        counts.held[reason, default: 0] += 1
        effects.append(
            .dropped(
                Dropped(
                    reason: "\(program.detectorPlans[episode.detector].name): \(reason)",
                    pipeline: program.plan.name,
                    subject: episode.subject,
                    at: now
                )
            )
        )
    }

    func words(_ rendering: Rendering, _ episode: Episode, at event: Moment) -> Bilingual {
        words(rendering, episode, facts(episode, at: event))
    }

    func words(_ rendering: Rendering, _ episode: Episode, _ facts: FindingFacts) -> Bilingual {
        withReading(episode) { rendering.words($0, facts) }.rendered(in: zone, at: now)
    }

    func facts(_ episode: Episode, at event: Moment) -> FindingFacts {
        let kind = units[episode.pipeline].program.plan.identity?.kind
        let asset = kind.flatMap { directory.asset(episode.subject, ofKind: $0) }
        return FindingFacts(
            subject: episode.subject,
            subjectName: asset?.name ?? episode.subject,
            address: asset.flatMap { directory.site(of: $0) }?.address ?? "",
            since: episode.begunAt,
            at: event,
            why: episode.why
        )
    }

    /// The reading of an episode, in memory aligned for any reading.
    func withReading<Result>(_ episode: Episode, _ body: (UnsafeRawPointer) -> Result) -> Result {
        withUnsafeTemporaryAllocation(byteCount: max(16, episode.reading.count), alignment: 16) { memory in
            memory.copyBytes(from: episode.reading)
            return body(UnsafeRawPointer(memory.baseAddress!))
        }
    }
}
