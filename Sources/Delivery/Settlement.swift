import Interactions
import Units

/// What follows from one try: the outcome for the outbox, the news for the journal and for the log.
struct Settlement: Hashable, Sendable {
    var outcome: DeliveryOutcome
    var report: DeliveryReport?
    var failure: DeliveryFailure?

    init(
        of result: SinkResult,
        _ job: DeliveryJob,
        to recipient: RecipientAddress?,
        plan: RetryPlan,
        at now: Moment,
        random: inout some RandomNumberGenerator
    ) {
        switch result {
        case .done(let reference):
            outcome = .done(reference: reference)
            report = job.report(.accepted, reference ?? "", at: now)
        case .permanent(let cause):
            self = Self.parked(job, to: recipient, cause, at: now)
        case .retry(let cause, let asked, let unknown):
            let next = plan.next(
                after: job.attempts + 1,
                asked: asked,
                age: job.queuedAt.map(now.since),
                now: now,
                random: &random
            )
            switch next {
            case .giveUp:
                self = Self.parked(job, to: recipient, cause, at: now)
            case .retry(let moment):
                // Once its outcome is unknown it stays so until a try is answered.
                let mayHaveArrived = unknown || job.outcomeUnknown
                outcome = .retry(at: moment, reason: cause.description, unknown: mayHaveArrived)
                failure = job.failure(cause, to: recipient, next: .retry(after: moment.since(now)))
            }
        }
    }

    /// Its time had passed.
    init(expired job: DeliveryJob, at now: Moment) {
        outcome = .expired
        // One that may have arrived before its time passed is not known to have failed.
        report = job.report(
            job.outcomeUnknown ? .unknown : .expired,
            "not sent before its time had passed",
            at: now
        )
    }

    private init(outcome: DeliveryOutcome, report: DeliveryReport?, failure: DeliveryFailure?) {
        self.outcome = outcome
        self.report = report
        self.failure = failure
    }

    private static func parked(
        _ job: DeliveryJob,
        to recipient: RecipientAddress?,
        _ cause: DeliveryFailure.Cause,
        at now: Moment
    ) -> Settlement {
        let mayHaveArrived = cause == .sentOnce || job.outcomeUnknown
        return Settlement(
            outcome: .parked(reason: cause.description, mayHaveArrived: mayHaveArrived),
            report: job.report(mayHaveArrived ? .unknown : .failed, cause.description, at: now),
            failure: job.failure(cause, to: recipient, next: .parked)
        )
    }
}

extension DeliveryJob {
    /// The plan for its kind.
    func plan(standard: RetryPlan, lifeSafety: RetryPlan) -> RetryPlan {
        if case .notice(let notice) = content, notice.urgency == .lifeSafety { lifeSafety } else { standard }
    }

    fileprivate func report(_ outcome: DeliveryReport.Outcome, _ detail: String, at now: Moment)
        -> DeliveryReport
    {
        DeliveryReport(id: id, sink: sink, outcome: outcome, detail: detail, at: now)
    }

    fileprivate func failure(
        _ cause: DeliveryFailure.Cause,
        to recipient: RecipientAddress?,
        next: DeliveryFailure.Next
    ) -> DeliveryFailure {
        DeliveryFailure(self, recipient: recipient, cause: cause, next: next)
    }
}
