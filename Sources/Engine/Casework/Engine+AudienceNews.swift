import Interactions
import PipelineKit
import Units

/// How the work stood before news came.
struct WorkStatus {
    let status: Interaction.Status
    let estimate: Moment?

    init(_ file: CaseFile) {
        status = file.life.status
        estimate = file.estimate
    }
}

/// What those who were told that it began hear while it lasts.
extension Engine {
    /// How long an estimate may have passed before the audience hears that it still lasts.
    static let estimateMargin = Duration.minutes(30)
    /// A promise that would fall into the quiet hours is made for so long after them.
    static let afterQuiet = Duration.hours(1)

    /// When word can be promised within a span: not while everybody sleeps, nor so soon after that it would have to
    /// leave before.
    func promise(_ span: Duration, _ file: CaseFile) -> Moment {
        guard !file.isLifeSafety else { return now + span }
        let quiet = discipline.quiet
        let read = quiet.contains(now) ? quiet.nextEnd(after: now) ?? now : now
        let moment = read + span
        let leaves = moment - CaseFile.wordMargin
        guard quiet.contains(moment) || quiet.contains(leaves), let end = quiet.nextEnd(after: leaves) else {
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

    /// It has stopped coming and going, and is not over.
    func passOnSteady(_ file: CaseFile) {
        for position in file.audiences.keys.sorted() {
            guard case .inform(let audience, let announcement) = plan(of: file).reactions[position] else {
                continue
            }
            let next = announcement.work.map { promise($0.thenEvery, file) }
            let promised = Promised(facts(file, at: now), nextWord: next ?? now)
            let text = announcement.work?.stillOpen(promised) ?? announcement.begins(promised)
            pass(on: text, .promised, audience, position, file)
            file.audiences[position]?.nextWord = next
        }
    }

    /// News of the work, for everybody who knows that it began; nothing when they know all of it.
    func passOnNews(_ file: CaseFile, since before: WorkStatus, by source: String) {
        guard !file.life.isSettled else { return }
        let isNew = file.life.status != before.status
        let estimate = file.estimate.flatMap { $0 > now ? $0 : nil }
        let hasNewEstimate = estimate != nil && estimate != before.estimate
        guard hasNewEstimate || (isNew && file.life.isWorkedOn) else { return }
        for position in file.audiences.keys.sorted() {
            guard case .inform(let audience, let announcement) = plan(of: file).reactions[position],
                let work = announcement.work, file.audiences[position]?.isClosed == false
            else { continue }
            let facts = facts(file, at: now)
            var next = promise(work.wordWithin, file)
            let text: Wording
            if isNew, file.life.status == .pending, !hasNewEstimate {
                text = work.delayed(Promised(facts, nextWord: next))
            } else if let estimate {
                text =
                    hasNewEstimate
                    ? work.estimated(Estimated(facts, estimate: estimate)) : work.onTheWay(facts)
                next = estimate + Self.estimateMargin
            } else {
                text = work.onTheWay(facts)
            }
            pass(on: text, .news(by: source), audience, position, file)
            file.audiences[position]?.nextWord = next
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
        if before > 0 { withdraw(file, "newer news", phases: file.latePhases("news-\(before)")) }
        let text = text.rendered(in: zone, at: now)
        let phase = file.phase("news-\(record.newsCount)")
        for member in record.owed {
            guard let person = person(member, of: audience, file) else { continue }
            let writing = Writing(
                phase: phase,
                role: audience.name,
                reason: reason,
                isAudience: true,
                follows: [member.notice],
                isOwed: true
            )
            write(file, to: person, writing, at: now, text)
        }
    }
}
