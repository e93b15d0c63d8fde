import Units

extension Escalation {
    /// What is wrong with the policy by itself, in the order of its steps; a policy with problems is not to be
    /// used.
    public var problems: [EscalationProblem] {
        var causes: [EscalationProblem.Cause] = []
        if !(.zero < arrivalWithin && arrivalWithin <= Limits.arrival) {
            causes.append(.arrivalWithin(arrivalWithin))
        }
        if !(.zero < receiptWithin && receiptWithin <= Limits.longestRepeat) {
            causes.append(.receiptWithin(receiptWithin))
        }
        for (index, channel) in otherChannels.enumerated() where otherChannels[..<index].contains(channel) {
            causes.append(.otherChannelTwice(channel))
        }
        if steps.count > Limits.steps { causes.append(.tooManySteps(steps.count)) }
        for index in steps.indices { causes += problems(ofStep: index) }
        if case .ask? = steps.last { causes.append(.noTimeBeforeLastResort(step: steps.count)) }
        if longestChain > Limits.chain { causes.append(.chainTooLong(longestChain)) }
        if lastResort.contacts.isEmpty { causes.append(.lastResortNamesNobody) }
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
            case .ask: sum
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
            if contacts.isEmpty { return [.asksNobody(step: step)] }
            return contacts.indices.compactMap { askedBefore(contacts[$0], index, alsoIn: contacts[..<$0]) }
        case .wait(let span):
            if span <= .zero { return [.waitTooShort(span, step: step)] }
            return index > 0 && steps[index - 1].takesTime ? [.waitAfterWait(step: step)] : []
        case .inTurn(let contact, let span, let rounds, _):
            var causes = [askedBefore(contact, index, alsoIn: [])].compactMap(\.self)
            if span <= .zero { causes.append(.waitTooShort(span, step: step)) }
            if !(1...Limits.rounds).contains(rounds) { causes.append(.rounds(rounds, step: step)) }
            return causes
        }
    }

    /// Whether a contact is asked by an earlier step at the same time.
    private func askedBefore(
        _ contact: Contact,
        _ index: Int,
        alsoIn earlier: ArraySlice<Contact>
    ) -> EscalationProblem.Cause? {
        if earlier.contains(contact) { return .askedTwice(contact, step: index + 1, before: index + 1) }
        for before in steps.indices[..<index].reversed() {
            if steps[before].takesTime { return nil }
            if steps[before].contacts.contains(contact) {
                return .askedTwice(contact, step: index + 1, before: before + 1)
            }
        }
        return nil
    }
}

extension Escalation.Step {
    var takesTime: Bool {
        switch self {
        case .ask: false
        case .wait, .inTurn: true
        }
    }
}
