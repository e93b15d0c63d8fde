import Interactions
import Units

/// What happens when nothing comes back: the timers of casework.
extension Engine {
    func resume(_ timer: Timer) {
        switch timer.unit {
        case Casebook.TimerUnit.digests: sendDigests()
        case Casebook.TimerUnit.silences: endSilences()
        default: resumeCase(timer)
        }
    }

    private func resumeCase(_ timer: Timer) {
        guard let file = casebook.file(timer.slot), file.armedAt.microseconds == timer.due else { return }
        file.armedAt = .distantFuture
        if let forgetAt = file.forgetAt, forgetAt <= now {
            casebook.remove(file)
            return
        }
        if let continuation = file.continuation, continuation.due <= now { goOnUnanswered(file) }
        if let due = file.escalation?.due, due <= now { escalate(file) }
        if let stableAt = file.stableAt, stableAt <= now { settleFlapping(file) }
        if let confirmBy = file.confirmBy, confirmBy <= now { settleConfirmation(file) }
        if let proposedUntil = file.proposedUntil, proposedUntil <= now { settleProposal(file) }
        if let resumesAt = file.chainResumesAt, resumesAt <= now { resumeChain(file) }
        if let partsSaidAt = file.partsSaidAt, partsSaidAt <= now { sayParts(of: file) }
        if let until = file.hold?.until, until <= now { release(file) }
        keepPromises(file)
        for command in file.commands where command.due <= now { commandTimedOut(command, file) }
        keep(file)
    }

    /// Nobody who works on it said anything after the sensor had said that it is over.
    func settleProposal(_ file: CaseFile) {
        file.proposedUntil = nil
        guard let over = file.overAt, case .changed(let verb) = file.life.take(.resolve, by: nil, at: now)
        else {
            return
        }
        tell(file, verb, phase: file.phase("accepted"), text: TimelineNote.proposalAccepted())
        withdraw(file, "cleared")
        end(file, at: over, because: .cleared)
    }
}
