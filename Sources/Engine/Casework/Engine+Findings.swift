import Interactions
import PipelineKit
import Units

/// From the begin, the going on and the end of a finding to its case.
extension Engine {
    /// What happened longer ago than this is history: it is recorded, but nobody is disturbed by it.
    static let staleAfter = Duration.hours(6)
    /// Who works on a case is given this long to say themselves that it is over, after the sensor did.
    static let proposalTime = Duration.hours(4)

    func begin(_ step: DetectorStep, _ unit: Unit, _ slot: Int, _ verdict: Verdict, at event: Int64) {
        let plan = unit.program.detectorPlans[Int(step.index)]
        let asset = asset(of: unit, slot)
        if let purpose = plan.consent {
            let person = asset.flatMap { directory.holder(of: $0) }
            guard person?.hasConsented(to: purpose) ?? false else {
                hold(back: .noConsent(to: purpose), step, unit, slot)
                return
            }
        }
        let begunAt = Moment(microseconds: verdict.since)
        let key = key(step, unit, slot, begunAt: begunAt)
        guard casebook[key] == nil else {
            hold(back: .sameMoment, step, unit, slot)
            return
        }
        let event = Moment(microseconds: event)
        if let file = caseToReopen(step, unit, slot, begunAt: begunAt) {
            casebook.join(key, to: file)
            note(step, unit, slot, in: file, begunAt: begunAt)
            reopen(file, at: event)
            keep(file)
            return
        }
        guard casebook.hasRoom() else {
            hold(back: .tooManyCases(limit: casebook.limit), step, unit, slot)
            return
        }
        let file = CaseFile(
            key: key,
            pipeline: Int(unit.index),
            detector: Int(step.index),
            subject: unit.name(slot).text,
            site: asset?.site,
            severity: plan.severity,
            begunAt: begunAt,
            openedAt: now,
            reading: []
        )
        note(step, unit, slot, in: file, begunAt: begunAt)
        if step.isMomentary { file.overAt = event }
        casebook.insert(file)
        casebook.sweepPeople(at: now)
        if !isHeld(file, asset) { open(file, at: event) }
        keep(file)
    }

    /// Says that it began, to whom the reactions name.
    func open(_ file: CaseFile, at event: Moment) {
        react(file, from: 0, at: event)
        takeParts(of: file)
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
        guard let file = casebook[key], !file.isSettled, !file.life.isSettled, file.hold == nil,
            file.stableAt == nil
        else { return }
        file.reading = reading(of: step, unit, slot)
        let phase = file.phase("goesOn-\(reminder)")
        // What waits for the morning is out of date.
        if let last = file.lastReminder { withdraw(file, "newer news", phases: [last]) }
        file.lastReminder = phase
        tell(file, .updated, phase: phase)
        say(file, .goesOn, phase: phase, at: Moment(microseconds: look.event))
        keep(file)
    }

    func finish(_ step: DetectorStep, _ unit: Unit, _ slot: Int, begunAt: Int64, at event: Int64) {
        let key = key(step, unit, slot, begunAt: Moment(microseconds: begunAt))
        // What began again at the very moment it had begun is the same episode, and over already.
        guard let file = casebook[key], !file.isOver else { return }
        file.reading = reading(of: step, unit, slot)
        clear(file, at: Moment(microseconds: event))
        keep(file)
    }

    /// The finding is over.
    func clear(_ file: CaseFile, at over: Moment) {
        file.overAt = over
        // Who would have been told after the question has heard of nothing, and need not hear that it is over.
        let told = file.continuation?.reaction ?? .max
        file.continuation = nil
        file.asks.removeAll { $0.question == .wellbeing }
        if file.hold != nil {
            casebook.letGo(file)
            if file.life.isWorkedOn { file.proposedUntil = now + Self.proposalTime }
            lose(.overBeforeTold, file)
            return
        }
        if let stableAt = file.stableAt {
            file.stableAt = max(stableAt, now + Self.stableTime)
            lose(.flapping(until: max(stableAt, now + Self.stableTime)), file)
            return
        }
        if file.isLifeSafety {
            // What threatens a life is closed by a person: the sensor may be wrong twice.
            tell(file, .updated, phase: file.phase("cleared"), text: TimelineNote.signalOver(at: over))
            confirm(file)
            say(file, .cleared, phase: file.phase("cleared"), at: over, before: told)
            return
        }
        if file.life.isWorkedOn {
            file.proposedUntil = now + Self.proposalTime
            tell(file, .updated, phase: file.phase("proposed"), text: TimelineNote.proposed(at: over))
        } else if case .changed(let verb) = file.life.take(.resolve, by: nil, at: now) {
            tell(file, verb, phase: file.phase("cleared"), text: TimelineNote.end(at: over))
        }
        confirm(file)
        withdraw(file, "cleared")
        say(file, .cleared, phase: file.phase("cleared"), at: over, before: told)
        end(file, at: over, because: .cleared)
    }

    /// A sign that was raised already is raised once more: whoever is asked is not waited for any longer. What
    /// somebody has closed has come back, and what threatens a life and was taken is an episode of its own.
    func raiseAgain(
        _ step: DetectorStep,
        _ unit: Unit,
        _ slot: Int,
        _ state: UnsafeMutablePointer<DetectorState>,
        _ verdict: Verdict,
        at event: Int64
    ) {
        let key = key(step, unit, slot, begunAt: Moment(microseconds: state.pointee.begunAt))
        let file = casebook[key]
        if let file, !file.life.isSettled, !file.isLifeSafety || file.life.status == .new {
            file.reading = reading(of: step, unit, slot)
            goOnUnanswered(file)
            keep(file)
            return
        }
        if let file, let settledAt = file.life.settledAt { file.overAt = file.overAt ?? settledAt }
        state.pointee = DetectorState(begunAt: verdict.since, spokenAt: event)
        begin(step, unit, slot, verdict, at: event)
    }

    /// Stores what changed, forgets what nobody needs any more, and sets the timer.
    func keep(_ file: CaseFile) {
        // What opened no case and told nobody, such as a note a day for billing, has no answer to wait for.
        if file.isSettled, file.queue == nil, file.notices.isEmpty, file.asked.isEmpty, file.askedHow.isEmpty,
            file.commands.isEmpty
        {
            casebook.remove(file)
            return
        }
        if file.isSettled {
            file.continuation = nil
            file.forgetAt = file.forgetAt ?? now + Casebook.memory
            leaveOutages(file)
        } else {
            // News may open again what was settled.
            file.forgetAt = nil
        }
        casebook.arm(file)
    }

    // MARK: - Facts

    private func note(_ step: DetectorStep, _ unit: Unit, _ slot: Int, in file: CaseFile, begunAt: Moment) {
        file.begunAt = begunAt
        file.reading = reading(of: step, unit, slot)
        file.why = why(step, unit, slot)
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

    private func key(_ step: DetectorStep, _ unit: Unit, _ slot: Int, begunAt: Moment) -> String {
        StableID(
            "CASE",
            .text(unit.program.plan.name),
            .text(unit.program.detectorPlans[Int(step.index)].name),
            .text(unit.name(slot).text),
            .moment(begunAt)
        ).description
    }

    /// The case that what begins now belongs to: one that is still open, or resolved so short a while ago that it is
    /// the same trouble. What threatens a life and was taken by somebody is asked about anew.
    private func caseToReopen(
        _ step: DetectorStep,
        _ unit: Unit,
        _ slot: Int,
        begunAt: Moment
    ) -> CaseFile? {
        guard !step.isMomentary else { return nil }
        let topic = Casebook.Topic(
            pipeline: Int(unit.index),
            detector: Int(step.index),
            subject: unit.name(slot).text
        )
        guard let file = casebook.latest(topic), let over = file.overAt, file.queue != nil,
            !file.life.isFinal
        else { return nil }
        if file.life.isSettled {
            let span = unit.program.detectorPlans[Int(step.index)].reopensWithin
            return begunAt.since(over) <= span ? file : nil
        }
        return file.isLifeSafety && file.life.status != .new ? nil : file
    }
}

extension Program {
    func readingSize(of step: DetectorStep) -> Int {
        Int(blocks.first { $0.reading == step.reading }?.size ?? 0)
    }
}
