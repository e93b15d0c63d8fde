import Units

/// What comes back from people and gateways. After each of these `advance` is to be called: often somebody is due
/// at once.
extension EscalationRun {
    /// What an answer came to.
    public enum Answer: Hashable, Sendable {
        /// It is theirs until then; asking goes on at that time unless somebody says that they are there.
        case taken(arrivalBy: Moment)
        /// Somebody has it already: the first to answer has it.
        case alreadyTaken(by: String, at: Moment)
        /// It is written down.
        case recorded
        /// This person was never asked, or has not taken it: nothing changes.
        case notTheirs
        /// There is no such order or notice: nothing changes.
        case unknown
        /// It was over before; how.
        case over(End)
    }

    /// What a gateway or handset says of a notice.
    public enum Receipt: Hashable, Sendable, CaseIterable {
        /// The handset has it.
        case delivered
        /// It will never arrive, or was not sent.
        case failed
        /// Nobody will ever know whether it was sent: the next are not kept waiting, but they may have read it.
        case unknown
    }

    /// An order has become a notice; its receipt is awaited from now.
    public mutating func sent(_ notice: String, order number: Int, at now: Moment) -> Answer {
        see(now)
        guard let index = asks.firstIndex(where: { $0.order.number == number }) else { return .unknown }
        if asks[index].notice == nil {
            asks[index].notice = notice
            asks[index].sentAt = clock
        }
        return .recorded
    }

    /// What became of a notice. A late receipt counts. Nothing undoes that a handset has it, nor that somebody stood down:
    /// they may have been told so all the same.
    public mutating func receipt(_ receipt: Receipt, of notice: String, at now: Moment) -> Answer {
        see(now)
        guard let index = asks.lastIndex(where: { $0.notice == notice }) else { return .unknown }
        switch (asks[index].outcome, receipt) {
        case (.waiting, .delivered), (.failed, .delivered), (.noReceipt, .delivered),
            (.stoodDown, .delivered):
            settle(index, .delivered)
        case (.waiting, .failed), (.noReceipt, .failed): settle(index, .failed)
        case (.waiting, .unknown): settle(index, .noReceipt)
        case (.delivered, _), (.failed, _), (.stoodDown, _), (.took, _), (.declined, _),
            (.noReceipt, .unknown):
            break
        }
        return .recorded
    }

    /// Somebody takes it, whether they were asked or not. The first to do so has it, until the time in which
    /// they are to say that they are there.
    public mutating func acknowledged(by person: String, at now: Moment) -> Answer {
        see(now)
        switch status {
        case .over(let end): return .over(end)
        case .taken(let taker, let since, let arrivalBy):
            guard clock >= arrivalBy else {
                if taker != person { remember(.answeredLate(by: person)) }
                forgetTheOldest()
                return .alreadyTaken(by: taker, at: since)
            }
            remember(.resumed(after: .noArrival(of: taker)))
        case .asking: break
        }
        standDown()
        if let index = asks.lastIndex(where: { $0.order.person == person }) { settle(index, .took) }
        remember(.taken(by: person))
        forgetTheOldest()
        interruption = nil
        let arrivalBy = later(policy.arrivalWithin)
        status = .taken(by: person, at: clock, arrivalBy: arrivalBy)
        return .taken(arrivalBy: arrivalBy)
    }

    /// Somebody says that they cannot. Of who has taken it, it means that they cannot after all.
    public mutating func declined(by person: String, at now: Moment) -> Answer {
        see(now)
        switch status {
        case .over(let end): return .over(end)
        case .taken(person, _, _): return takenBack(by: person, at: now)
        case .taken, .asking: return decline(person) ? .recorded : .notTheirs
        }
    }

    /// Who has taken it cannot after all: the next are asked at once.
    public mutating func takenBack(by person: String, at now: Moment) -> Answer {
        see(now)
        switch status {
        case .over(let end): return .over(end)
        case .taken(person, _, _):
            decline(person)
            status = .asking
            interruption = .takenBack(by: person)
            return .recorded
        case .taken, .asking: return .notTheirs
        }
    }

    /// Who was there cannot stay: the next are asked at once, and not those who have said that they cannot.
    public mutating func left(by person: String, at now: Moment) -> Answer {
        see(now)
        switch status {
        case .over(.arrived):
            decline(person)
            status = .asking
            interruption = .left(by: person)
            return .recorded
        case .over(let end): return .over(end)
        case .taken, .asking: return .notTheirs
        }
    }

    /// Somebody is there, whether they took it before or not. It is over.
    public mutating func arrived(by person: String, at now: Moment) -> Answer {
        finish(by: person, at: now)
    }

    /// The case was resolved, closed or cancelled. It is over.
    public mutating func end(at now: Moment) -> Answer {
        finish(by: nil, at: now)
    }

    private mutating func finish(by person: String?, at now: Moment) -> Answer {
        see(now)
        if case .over(let end) = status { return .over(end) }
        standDown()
        remember(person.map(Note.arrived) ?? .resolved)
        forgetTheOldest()
        interruption = nil
        status = .over(person.map { .arrived(by: $0, at: clock) } ?? .resolved(at: clock))
        return .recorded
    }

    /// Who may have read a question need not answer it any more.
    private mutating func standDown() {
        for index in asks.indices where [.waiting, .noReceipt].contains(asks[index].outcome) {
            settle(index, .stoodDown)
        }
    }

    /// - Returns: whether they were asked.
    @discardableResult
    private mutating func decline(_ person: String) -> Bool {
        guard let latest = asks.lastIndex(where: { $0.order.person == person }) else { return false }
        if asks[latest].outcome != .declined { settle(latest, .declined) }
        return true
    }
}
