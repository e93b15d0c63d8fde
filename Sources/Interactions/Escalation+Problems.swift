import Units

extension Escalation {
    /// What is wrong with the policy by itself, in the order of its steps; a policy with problems is not to be
    /// used.
    public var problems: [EscalationProblem] {
        var causes: [EscalationProblem.Cause] = []
        if !(.zero < arrivalWithin && arrivalWithin <= Limits.arrival) {
            causes.append(.arrivalWithin(arrivalWithin))
        }
        if !(.zero < receiptWithin && receiptWithin <= Limits.chain) {
            causes.append(.receiptWithin(receiptWithin))
        }
        for (index, channel) in otherChannels.enumerated() where otherChannels[..<index].contains(channel) {
            causes.append(.otherChannelTwice(channel))
        }
        if steps.count > Limits.steps { causes.append(.tooManySteps(steps.count)) }
        for index in steps.indices { causes += problems(ofStep: index) }
        if let step = lastAskWithoutTime { causes.append(.noTimeBeforeLastResort(step: step)) }
        if longestChain > Limits.chain { causes.append(.chainTooLong(longestChain)) }
        if !(Limits.shortestRepeat...Limits.longestRepeat).contains(lastResort.every) {
            causes.append(.lastResortEvery(lastResort.every))
        }
        return causes.map { EscalationProblem(escalation: name, cause: $0) }
    }

    /// From the first ask to the last resort at the latest, with `Limits.peopleInTurn` people in each `InTurn`.
    public var longestChain: Duration {
        // Spans and rounds beyond every limit are cut, so that their sum is a span.
        steps.reduce(.zero) { sum, step in
            switch step {
            case .ask, .only: sum
            case .wait(let span): sum + cut(span)
            case .inTurn(_, let span, let rounds, _):
                sum + cut(span) * max(0, min(rounds, Limits.rounds)) * Limits.peopleInTurn
            }
        }
    }

    private func cut(_ span: Duration) -> Duration {
        max(.zero, min(span, Limits.chain * 2))
    }

    private func problems(ofStep index: Int) -> [EscalationProblem.Cause] {
        let step = index + 1
        switch steps[index] {
        case .ask(let contacts, _, _):
            return contacts.indices.compactMap { askedBefore(contacts[$0], index, alsoIn: contacts[..<$0]) }
        case .wait(let span):
            if span <= .zero { return [.waitTooShort(span, step: step)] }
            return isAfterWait(index) ? [.waitAfterWait(step: step)] : []
        case .inTurn(let contact, let span, let rounds, _):
            var causes = [askedBefore(contact, index, alsoIn: [])].compactMap(\.self)
            if span <= .zero { causes.append(.waitTooShort(span, step: step)) }
            if !(1...Limits.rounds).contains(rounds) { causes.append(.rounds(rounds, step: step)) }
            return causes
        case .only(let schedule, let count):
            if count == 0 { return [.onlyWithoutSteps(step: step)] }
            return schedule.isKept ? [] : [.scheduleNotKept(step: step)]
        }
    }

    // MARK: - What comes before a step

    /// The `Only`s that a step is inside of, from the outermost.
    private func enclosing(_ index: Int) -> [Int] {
        steps.indices.prefix(index).filter { outer in
            if case .only(_, let count) = steps[outer] { outer + count >= index } else { false }
        }
    }

    /// The steps before one whose people may be asked at the same time, latest first: no step between them takes
    /// time whenever the one or the other is come to.
    private func companions(of index: Int) -> [Int] {
        let branch = enclosing(index)
        var companions: [Int] = []
        var waits: [[Int]] = []
        for before in steps.indices.prefix(index).reversed() {
            let other = enclosing(before)
            if steps[before].takesTime {
                if branch.starts(with: other) { break }
                waits.append(other)
            } else if !steps[before].contacts.isEmpty, !waits.contains(where: other.starts) {
                companions.append(before)
            }
        }
        return companions
    }

    /// Whether a contact is asked by an earlier step at the same time. Two `Only`s beside each other are taken
    /// for "either, or".
    private func askedBefore(
        _ contact: Contact,
        _ index: Int,
        alsoIn earlier: ArraySlice<Contact>
    ) -> EscalationProblem.Cause? {
        if earlier.contains(contact) { return .askedTwice(contact, step: index + 1, before: index + 1) }
        let branch = enclosing(index)
        let before = companions(of: index).first { before in
            let other = enclosing(before)
            return steps[before].contacts.contains(contact)
                && (branch.starts(with: other) || other.starts(with: branch))
        }
        return before.map { .askedTwice(contact, step: index + 1, before: $0 + 1) }
    }

    /// Whether everybody asked before a wait has had their time whenever it is come to; a wait that comes first
    /// delays everything.
    private func isAfterWait(_ index: Int) -> Bool {
        companions(of: index).isEmpty && steps.prefix(index).contains(where: \.takesTime)
    }

    private var lastAskWithoutTime: Int? {
        companions(of: steps.count).first.map { $0 + 1 }
    }
}

extension Escalation.Step {
    fileprivate var takesTime: Bool {
        switch self {
        case .ask, .only: false
        case .wait, .inTurn: true
        }
    }
}

extension Schedule {
    /// Whether it is read back as it is written, wherever it is used.
    fileprivate var isKept: Bool {
        let longestName = CivilZone.known.max { $0.name.utf8.count < $1.name.utf8.count }
        let placed = longestName.map(kept) ?? self
        do {
            return try Schedule(placed.description) == placed
        } catch {
            return false
        }
    }
}
