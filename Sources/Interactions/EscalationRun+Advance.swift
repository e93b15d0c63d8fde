import Units

extension EscalationRun {
    /// When `advance` is to be called next, never before what it was last told; nil when it is over.
    public var due: Moment? {
        switch status {
        case .over: return nil
        case .taken(_, _, let arrivalBy): return arrivalBy
        case .asking:
            if goesOnNow || asks.contains(where: { nextChannel(for: $0) != nil }) { return clock }
            let deadlines = asks.lazy.filter { $0.outcome == .waiting }.map(receiptDeadline)
            return max(clock, min(until, deadlines.min() ?? until))
        }
    }

    /// When the next contact is asked if nothing else happens, as a text may promise it; nil when it is over.
    public var nextStepAt: Moment? {
        switch status {
        case .over: nil
        case .taken(_, _, let arrivalBy): arrivalBy
        case .asking: goesOnNow ? clock : max(clock, until)
        }
    }

    public var isWithLastResort: Bool { lastResortRounds > 0 }

    /// Who was asked and has not declined, first asked first: they are to hear when somebody takes it.
    public var peopleAsked: [String] {
        var seen: Set<String> = []
        let people = asks.map(\.order.person).filter { seen.insert($0).inserted }
        return people.filter { latestAsk(to: $0)?.outcome != .declined }
    }

    /// Lets time pass: whoever is due is asked now.
    ///
    /// At most one hand-over is made per call, so that nobody is asked twice for one standstill.
    /// - Parameter onDuty: the ids of the people of a contact who can be asked now, by rank.
    public mutating func advance(at now: Moment, onDuty: (Contact) -> [String]) -> Moves {
        see(now)
        switch status {
        case .over: return Moves()
        case .taken(let person, _, let arrivalBy):
            guard clock >= arrivalBy else { return Moves() }
            status = .asking
            interruption = .noArrival(of: person)
        case .asking: break
        }
        let (ordersBefore, notesBefore) = (ordered, notes.count)
        for index in asks.indices
        where asks[index].outcome == .waiting && receiptDeadline(asks[index]) <= clock {
            settle(index, .noReceipt)
        }
        if goesOnNow || clock >= until { goOn(onDuty) }
        for asked in asks {
            if let channel = nextChannel(for: asked) { tryAgain(asked, by: channel) }
        }
        let moves = Moves(
            orders: asks.map(\.order).filter { $0.number > ordersBefore },
            notes: notes[notesBefore...].map(\.note)
        )
        forgetTheOldest()
        return moves
    }

    mutating func see(_ now: Moment) {
        clock = min(max(clock, now), .distantFuture)
    }

    /// The time so long after now.
    func later(_ span: Duration) -> Moment {
        min(clock + max(span, .zero), .distantFuture)
    }

    mutating func settle(_ index: Int, _ outcome: Outcome) {
        asks[index].outcome = outcome
        asks[index].outcomeAt = clock
    }

    mutating func remember(_ note: Note) {
        notes.append(Noted(at: clock, note: note))
    }

    /// Keeps within the limits: the first, which say how it came about, and the latest, which are still open.
    mutating func forgetTheOldest() {
        let keptAsks = Escalation.Limits.asks / 5
        while asks.count > Escalation.Limits.asks {
            asks.remove(at: keptAsks)
            forgottenAsks += 1
        }
        while notes.count > Escalation.Limits.notes {
            notes.remove(at: Escalation.Limits.notes / 2)
            forgottenNotes += 1
        }
    }

    // MARK: - Whether to go on

    private func receiptDeadline(_ asked: Asked) -> Moment {
        min((asked.sentAt ?? asked.at) + max(policy.receiptWithin, .zero), .distantFuture)
    }

    /// Whether there is nothing to wait for.
    private var goesOnNow: Bool {
        if interruption != nil { return true }
        if isWithLastResort && hasAskedAll { return false }
        let asked = asks.lazy.filter { $0.order.handOver == handOver && $0.order.question == .canYouTakeIt }
        return !asked.isEmpty && !asked.contains { mayAnswer($0) || nextChannel(for: $0) != nil }
    }

    /// Whether an answer may still come of itself. Who declined has answered, whatever receipts come later.
    func mayAnswer(_ asked: Asked) -> Bool {
        asked.outcome.leavesHope && latestAsk(to: asked.order.person)?.outcome != .declined
    }

    /// By which channel this person is to be asked again: they were not reached, have not been asked since, and
    /// there is one that was not tried in that hand-over.
    private func nextChannel(for asked: Asked) -> Channel? {
        let order = asked.order
        guard asked.outcome == .failed || asked.outcome == .noReceipt, order.handOver >= liveSince,
            order.number == latestAsk(to: order.person)?.order.number
        else { return nil }
        return policy.otherChannels.first { channel in
            !asks.contains {
                $0.order.handOver == order.handOver && $0.order.person == order.person
                    && $0.order.channel == channel
            }
        }
    }

    func latestAsk(to person: String) -> Asked? {
        asks.last { $0.order.person == person }
    }
}

extension EscalationRun.Outcome {
    fileprivate var leavesHope: Bool {
        switch self {
        case .waiting, .delivered, .took, .stoodDown: true
        case .failed, .noReceipt, .declined: false
        }
    }
}
