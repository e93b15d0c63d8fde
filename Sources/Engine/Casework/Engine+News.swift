import Interactions
import PipelineKit
import Telemetry
import Units

/// News about a case from the CRM, a console or a command.
extension Engine {
    /// A person's word that it is over is told to others when the sensor says so too, or is silent for so long.
    static let confirmTime = Duration.minutes(15)

    func take(_ update: CaseUpdate) {
        guard let file = casebook[update.key] else {
            lose(.nothingOpen, subject: update.key)
            return
        }
        guard file.hears(of: "update \(update.id)") else {
            lose(.repeatedNews, file)
            return
        }
        let before = WorkStatus(file)
        if !update.assignee.isEmpty { file.assignee = update.assignee }
        if let estimate = update.estimate { file.estimate = estimate }
        if !update.cause.isEmpty { file.cause = update.cause }
        let note = update.note.isEmpty ? nil : Bilingual(french: update.note)
        let phase = "update \(update.id)"
        if let step = CaseLife.Step(update.status) {
            take(step, update, note, phase: phase, in: file)
        } else {
            tell(file, .noted, phase: phase, by: update.by, text: note)
        }
        passOnNews(file, since: before, by: update.by)
        keep(file)
    }

    private func take(
        _ step: CaseLife.Step,
        _ update: CaseUpdate,
        _ note: Bilingual?,
        phase: String,
        in file: CaseFile
    ) {
        guard !needsAPerson(step, update, file) else {
            tell(file, .noted, phase: phase, by: update.by, text: TimelineNote.heardOnly(update.note))
            return
        }
        switch step {
        case .resolve, .close, .cancel:
            let overrules = step == .cancel && update.isByAPerson
            settle(file, step, by: update.by, phase: phase, text: note, overrules: overrules)
        case .acknowledge, .start, .wait, .release:
            let wasSettled = file.life.isSettled
            // Where a life may be at stake, "in progress" is first that somebody goes there; said again, that they
            // are there.
            let isThere =
                step != .acknowledge
                && (!file.isLifeSafety || (!wasSettled && file.life.takenBy == update.by))
            switch file.life.take(step, by: update.by, at: now) {
            case .changed(let verb):
                tell(file, verb, phase: phase, by: update.by, text: note)
                // Whoever says so knows that it is not over.
                file.proposedUntil = nil
                if wasSettled {
                    file.endDoubt()
                    takeParts(of: file)
                    // The chain was over with it: another one sees whether they arrive.
                    if file.isLifeSafety { beginEscalation(file) }
                }
                if isThere {
                    _ = file.escalation?.arrived(by: update.by, at: now)
                } else {
                    _ = file.escalation?.acknowledged(by: update.by, at: now)
                }
                // Before the chain has begun, nobody else would look whether somebody came.
                if isThere || file.escalation != nil || !file.isLifeSafety { file.continuation = nil }
                standDown(file, takenBy: file.life.takenBy ?? update.by)
            case .unchanged:
                if isThere, step == .start { _ = file.escalation?.arrived(by: update.by, at: now) }
                tell(file, .noted, phase: phase, by: update.by, text: note)
            case .stale:
                lose(.staleNews(status: file.life.status), file)
                tell(file, .noted, phase: phase, by: update.by, text: note)
            }
        }
    }

    /// What threatens a life is taken and settled by people, and does not wait before somebody is there.
    private func needsAPerson(_ step: CaseLife.Step, _ update: CaseUpdate, _ file: CaseFile) -> Bool {
        guard file.isLifeSafety else { return false }
        let isUnattended =
            file.escalation.map { !$0.isOver } ?? (file.continuation != nil || file.life.isSettled)
        return !update.isByAPerson || (step == .wait && isUnattended)
    }

    /// A person says that it is over. While the sensor still sees it, it is resolved until the sensor confirms it:
    /// whoever is told that it is over should find it so.
    ///
    /// - Parameter overrules: the sensor is wrong, and is not waited for.
    func settle(
        _ file: CaseFile,
        _ step: CaseLife.Step,
        by person: String,
        phase: String,
        text: Bilingual? = nil,
        overrules: Bool = false
    ) {
        // Once its silence has confirmed a person's word, that is so for good.
        let isConfirmed = file.life.isSettled && file.confirmBy == nil
        let isDoubted = !overrules && !isConfirmed && awaitsConfirmation(file)
        let confirmed = isDoubted && step != .resolve ? step.target : nil
        switch file.life.take(isDoubted ? .resolve : step, by: person, at: now) {
        case .stale:
            lose(.staleNews(status: file.life.status), file)
            tell(file, .noted, phase: phase, by: person, text: text)
            return
        case .unchanged:
            file.confirmedStatus = confirmed ?? file.confirmedStatus
            tell(file, .noted, phase: phase, by: person, text: text)
            return
        case .changed(let verb): tell(file, verb, phase: phase, by: person, text: text)
        }
        (file.proposedUntil, file.stableAt) = (nil, nil)
        file.confirmBy = isDoubted ? confirmationTime(file) : nil
        file.confirmedStatus = confirmed
        withdraw(file, "over", phases: isDoubted ? openAsks(of: file) : nil)
        end(file, at: now, because: .over(by: person), except: person)
        if !isDoubted { closeAudiences(file, at: now, because: .over(by: person)) }
    }

    func lose(_ reason: Held.Reason, subject: String) {
        hold(Held(reason: reason, pipeline: "", detector: "", subject: subject, at: now))
    }
}

extension CaseLife.Step {
    /// Nil for news that change nothing.
    init?(_ status: CaseUpdate.Status) {
        switch status {
        case .acknowledged: self = .acknowledge
        case .inProgress: self = .start
        case .pending: self = .wait
        case .resolved: self = .resolve
        case .closed: self = .close
        case .cancelled: self = .cancel
        case .noted: return nil
        }
    }
}
