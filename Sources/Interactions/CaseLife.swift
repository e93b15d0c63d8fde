import Units

/// Where a case stands, and which steps lead on from there.
///
/// The statuses are those of TMF621: resolved means that somebody, or the sensor, says that it is over; closed and
/// cancelled are final, unless who said that all is well takes it back. Sensors, people and the CRM all take steps,
/// whichever comes first; a step that the case has left behind already changes nothing and is said to be stale.
public struct CaseLife: Hashable, Sendable {
    public enum Step: Hashable, Sendable, CaseIterable {
        /// Somebody takes it.
        case acknowledge
        /// Who took it cannot after all.
        case release
        /// Somebody works on it, on site or at a desk.
        case start
        /// The work waits: for a part, for access.
        case wait
        case resolve
        case close
        case cancel
    }

    public enum Outcome: Hashable, Sendable {
        /// The case stands elsewhere now; what the timeline calls that.
        case changed(Interaction.Verb)
        /// It stood there already.
        case unchanged
        /// It has gone further, or never came that way.
        case stale
    }

    public private(set) var status = Interaction.Status.new
    /// Who took it: a person's id, or what the CRM calls them.
    public private(set) var takenBy: String?
    public private(set) var takenAt: Moment?
    /// Since when it has been resolved, closed or cancelled.
    public private(set) var settledAt: Moment?
    /// Who said that it is over; nil when the sensor did.
    public private(set) var settledBy: String?
    /// How often it came back after it had been over.
    public private(set) var reopenings = 0

    public init() {}

    public var isSettled: Bool { settledAt != nil }

    /// Closed or cancelled: what the sensor finds makes a new case.
    public var isFinal: Bool { status == .closed || status == .cancelled }

    /// Somebody is at it: what the sensor sees then is theirs to judge.
    public var isWorkedOn: Bool { status == .inProgress || status == .pending }

    public mutating func take(_ step: Step, by person: String?, at moment: Moment) -> Outcome {
        guard !isFinal else { return step.target == status ? .unchanged : .stale }
        switch step {
        case .acknowledge:
            guard !isSettled, !isWorkedOn else { return .stale }
            // The first to take it has it.
            if status == .acknowledged { return .unchanged }
            takenBy = person
            takenAt = moment
            status = .acknowledged
            return .changed(.acknowledged)
        case .release:
            guard status == .acknowledged || isWorkedOn else { return .stale }
            takenBy = nil
            status = .new
            return .changed(.updated)
        case .start, .wait:
            guard status != step.target else { return .unchanged }
            let comesBack = isSettled
            if comesBack { reopenings += 1 }
            (settledAt, settledBy) = (nil, nil)
            status = step.target
            if let person, takenBy == nil || comesBack { (takenBy, takenAt) = (person, moment) }
            return .changed(comesBack ? .reopened : .updated)
        case .resolve:
            guard !isSettled else { return .unchanged }
            return settle(.resolved, .resolved, by: person, at: moment)
        case .close: return settle(.closed, .closed, by: person, at: moment)
        case .cancel: return settle(.cancelled, .cancelled, by: person, at: moment)
        }
    }

    /// Somebody is there: it is theirs from now on, whoever had taken it.
    public mutating func arrive(by person: String, at moment: Moment) -> Outcome {
        let outcome = take(.start, by: person, at: moment)
        guard outcome != .stale, takenBy != person else { return outcome }
        (takenBy, takenAt) = (person, moment)
        return outcome == .unchanged ? .changed(.updated) : outcome
    }

    /// What was over has come back. Whoever works on an open case goes on with it.
    ///
    /// - Parameter evenIfFinal: whoever it is about takes back that all is well.
    /// - Returns: whether it had been over; false as well when it is closed for good, which it stays.
    public mutating func reopen(evenIfFinal: Bool = false) -> Bool {
        guard evenIfFinal || !isFinal else { return false }
        reopenings += 1
        guard isSettled else { return false }
        (settledAt, settledBy) = (nil, nil)
        takenBy = nil
        status = .new
        return true
    }

    private mutating func settle(
        _ target: Interaction.Status,
        _ verb: Interaction.Verb,
        by person: String?,
        at moment: Moment
    ) -> Outcome {
        status = target
        (settledAt, settledBy) = (moment, person)
        return .changed(verb)
    }
}

extension CaseLife.Step {
    /// Where the step leads.
    public var target: Interaction.Status {
        switch self {
        case .acknowledge: .acknowledged
        case .release: .new
        case .start: .inProgress
        case .wait: .pending
        case .resolve: .resolved
        case .close: .closed
        case .cancel: .cancelled
        }
    }
}

extension CaseLife {
    /// As a snapshot kept it.
    public init(
        status: Interaction.Status,
        takenBy: String?,
        takenAt: Moment?,
        settledAt: Moment?,
        settledBy: String?,
        reopenings: Int
    ) {
        self.status = status
        self.takenBy = takenBy
        self.takenAt = takenAt
        self.settledAt = settledAt
        self.settledBy = settledBy
        self.reopenings = reopenings
    }
}
