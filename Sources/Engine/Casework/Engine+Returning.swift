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

    /// The finding is there again; what is planned, or part of something greater, waits for that to end.
    func reopen(_ file: CaseFile, at event: Moment) {
        file.overAt = nil
        let isNews = file.life.isSettled || file.haveAudiencesHeardTheEnd
        if isNews, isHeld(file, asset(of: file)) { return }
        speakAgain(file, at: event)
    }

    func speakAgain(_ file: CaseFile, at event: Moment) {
        file.proposedUntil = nil
        file.endDoubt()
        file.returns = file.returns.filter { now.since($0) < Self.flapSpan } + [now]
        if file.stableAt != nil {
            file.stableAt = now + Self.stableTime
            lose(.flapping(until: now + Self.stableTime), file)
            return
        }
        let wasSettled = file.life.reopen()
        // What threatens a life is never waited for until it is stable.
        if file.returns.count >= Self.flapLimit, !file.isLifeSafety {
            beginFlapping(file, wasSettled, at: event)
        } else {
            tell(
                file,
                wasSettled ? .reopened : .updated,
                phase: file.phase("begins"),
                text: TimelineNote.back(since: file.begunAt)
            )
            startAgain(file, at: event)
        }
        takeParts(of: file)
    }

    /// Everybody is told anew, and the chain begins again where nobody has the case.
    func startAgain(_ file: CaseFile, at event: Moment) {
        for position in file.audiences.keys { file.audiences[position]?.reopen() }
        if file.needsSomebody { file.asks = [] }
        react(file, from: 0, at: event, again: true)
    }

    private func beginFlapping(_ file: CaseFile, _ wasSettled: Bool, at event: Moment) {
        file.stableAt = now + Self.stableTime
        tell(
            file,
            wasSettled ? .reopened : .updated,
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
            passOnSteady(file)
            catchUp(file)
            if file.needsSomebody { startEscalation(file) }
            return
        }
        clear(file, at: over)
    }

    // MARK: - A person's word, and the sensor's

    /// Whether the sensor is waited for after a person said that it is over: where somebody would be told wrongly, and
    /// it goes on saying what it sees. An alarm that was raised once does not.
    func awaitsConfirmation(_ file: CaseFile) -> Bool {
        guard !file.isOver, file.hold == nil, !file.audiences.isEmpty || file.isLifeSafety else {
            return false
        }
        return !plan(of: file).signs.contains { if case .raised = $0 { true } else { false } }
    }

    /// A promised word is not kept waiting for it.
    func confirmationTime(_ file: CaseFile) -> Moment {
        let words = file.audiences.values.compactMap(\.nextWord).map { $0 - CaseFile.wordMargin }
        return max(now, min(now + Self.confirmTime, words.min() ?? .distantFuture))
    }

    /// A person said that it is over, and the time for the sensor to say so has passed.
    func settleConfirmation(_ file: CaseFile) {
        let saidAt = file.life.settledAt ?? now
        guard !file.isOver, hasSpoken(file, since: saidAt), file.life.reopen() else {
            // The sensor says nothing: the person's word counts.
            confirm(file)
            withdraw(file, "over")
            closeAudiences(file, at: saidAt, because: .over(by: file.life.settledBy ?? ""))
            return
        }
        file.endDoubt()
        lose(.notConfirmed, file)
        tell(file, .reopened, phase: file.phase("not-confirmed"), text: TimelineNote.notConfirmed())
        startEscalation(file)
        takeParts(of: file)
    }

    /// The sensor, or its silence, confirms what a person said: it is what they made of it.
    func confirm(_ file: CaseFile) {
        defer { file.endDoubt() }
        guard file.confirmBy != nil, let status = file.confirmedStatus else { return }
        let (person, step) = (file.life.settledBy, status == .closed ? CaseLife.Step.close : .cancel)
        if case .changed(let verb) = file.life.take(step, by: person, at: file.life.settledAt ?? now) {
            tell(file, verb, phase: file.phase("confirmed"), by: person, text: TimelineNote.confirmed())
        }
    }

    private func hasSpoken(_ file: CaseFile, since moment: Moment) -> Bool {
        let unit = units[file.pipeline]
        guard let slot = Name(file.subject).flatMap(unit.slot) else { return false }
        return unit.header(slot).pointee.lastArrival > moment.microseconds
    }
}
