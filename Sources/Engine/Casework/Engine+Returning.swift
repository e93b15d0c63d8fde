import Interactions
import PipelineKit
import Telemetry
import Units

/// What comes back after it was over, and what keeps coming and going.
extension Engine {
    /// Coming back so often within an hour is said once; then it counts as over only when it has stayed so.
    static let flapLimit = 3
    static let flapSpan = Duration.hours(1)
    static let stableTime = Duration.minutes(30)

    /// The finding is there again.
    func reopen(_ file: CaseFile, at event: Moment) {
        file.overAt = nil
        file.proposedUntil = nil
        file.confirmBy = nil
        file.returns = file.returns.filter { now.since($0) < Self.flapSpan } + [now]
        if file.stableAt != nil {
            file.stableAt = now + Self.stableTime
            lose(.flapping(until: now + Self.stableTime), file)
            return
        }
        let wasSettled = file.life.reopen()
        let phase = file.phase("begins")
        guard file.returns.count < Self.flapLimit else {
            beginFlapping(file, at: event)
            return
        }
        tell(
            file,
            wasSettled ? .reopened : .updated,
            phase: phase,
            text: TimelineNote.back(since: file.begunAt)
        )
        guard wasSettled else { return }
        restart(file, at: event)
    }

    /// Everybody is told anew, and the chain begins again.
    private func restart(_ file: CaseFile, at event: Moment) {
        for position in file.audiences.keys { file.audiences[position]?.reopen() }
        file.asks = []
        file.asked = []
        react(file, from: 0, at: event, again: true)
    }

    private func beginFlapping(_ file: CaseFile, at event: Moment) {
        file.stableAt = now + Self.stableTime
        tell(
            file,
            .reopened,
            phase: file.phase("flapping"),
            text: TimelineNote.flapping(times: file.returns.count)
        )
        let facts = facts(file, at: event)
        let text = StandardText.comesAndGoes(facts.subjectName, address: facts.address, since: file.begunAt)
        for position in file.audiences.keys.sorted() {
            file.audiences[position]?.reopen()
            announce(file, position, at: event, phase: file.phase("begins"), text)
        }
    }

    /// It has stayed as it is for as long as is asked.
    func settleFlapping(_ file: CaseFile) {
        file.stableAt = nil
        file.returns = []
        guard let over = file.overAt else {
            // It stayed away from over for half an hour: an outage like any other.
            tell(file, .updated, phase: file.phase("steady"), text: TimelineNote.steady())
            startEscalation(file)
            return
        }
        clear(file, at: over)
    }

    /// A person said that it is over, and the time for the sensor to say so has passed.
    func settleConfirmation(_ file: CaseFile) {
        guard let confirmBy = file.confirmBy else { return }
        file.confirmBy = nil
        let unit = units[file.pipeline]
        let lastHeard = Name(file.subject).flatMap(unit.slot).map { unit.header($0).pointee.lastArrival }
        let spoke = lastHeard.map { Moment(microseconds: $0) > confirmBy - Self.confirmTime } ?? false
        guard spoke, !file.isOver, file.life.reopen() else {
            // The sensor says nothing: the person's word counts.
            closeAudiences(file, at: file.life.settledAt ?? now, because: .over(by: file.life.takenBy ?? ""))
            return
        }
        lose(.notConfirmed, file)
        tell(file, .reopened, phase: file.phase("not-confirmed"), text: TimelineNote.notConfirmed())
        startEscalation(file)
    }
}
