import Interactions
import PipelineKit
import Units

/// Entries on the customer's timeline, each with the id that the same decision always has.
extension Engine {
    /// An entry on the timeline of the case, if it has one.
    ///
    /// - Parameter person: whose word it tells of; nil for a sensor's and a timer's.
    func tell(
        _ file: CaseFile,
        _ verb: Interaction.Verb,
        phase: String,
        by person: String? = nil,
        text: Wording
    ) {
        tell(file, verb, phase: phase, by: person, text: text.rendered(in: zone, at: now))
    }

    func tell(
        _ file: CaseFile,
        _ verb: Interaction.Verb,
        phase: String,
        by person: String? = nil,
        text: Bilingual? = nil
    ) {
        guard let queue = file.queue, let title = file.title else { return }
        file.seq += 1
        var told = interaction(file, file.key, file.seq, .case, verb, phase, queue, title, text)
        told.by = person?.isEmpty ?? true ? nil : person
        effects.append(.interaction(told))
    }

    /// An entry that stands for itself.
    func note(
        _ file: CaseFile,
        _ kind: Interaction.Kind,
        _ queue: Queue,
        _ title: Bilingual,
        phase: String
    ) {
        let key = StableID("NOTE", .text(file.key), .text(kind.rawValue), .text(queue.name), .text(phase))
        effects.append(
            .interaction(
                interaction(file, key.description, 1, kind, .noted, phase, queue.name, title, nil)
            )
        )
    }

    private func interaction(
        _ file: CaseFile,
        _ key: String,
        _ seq: Int,
        _ kind: Interaction.Kind,
        _ verb: Interaction.Verb,
        _ phase: String,
        _ queue: String,
        _ title: Bilingual,
        _ text: Bilingual?
    ) -> Interaction {
        let program = units[file.pipeline].program
        let isOfCase = kind == .case
        return Interaction(
            id: StableID("EVT", .text(key), .number(Int64(seq)), .text(verb.rawValue), .text(phase))
                .description,
            key: key,
            seq: seq,
            kind: kind,
            verb: verb,
            status: file.life.status,
            severity: file.severity,
            privacy: program.plan.privacy,
            pipeline: program.plan.name,
            detector: program.detectorPlans[file.detector].name,
            queue: queue,
            subject: file.subject,
            site: file.site,
            title: title,
            text: text,
            at: now,
            openedAt: file.begunAt,
            overAt: file.overAt,
            // The first entry says why; the others belong to it.
            evidence: seq == 1 ? file.why?.evidence ?? [] : [],
            assignee: isOfCase ? file.assignee : nil,
            estimate: isOfCase ? file.estimate : nil,
            cause: isOfCase ? file.cause : nil,
            parent: isOfCase ? file.parent : nil
        )
    }
}
