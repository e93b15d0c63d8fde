import Units

/// Asking the next: one hand-over.
extension EscalationRun {
    /// The ids of the people of a contact who can be asked now, by rank.
    typealias OnDuty = (Contact) -> [String]

    /// Carries out the policy from where it is to the next wait.
    mutating func goOn(_ onDuty: OnDuty) {
        let reason = reasonToGoOn
        handOver += 1
        if let interruption {
            remember(.resumed(after: interruption))
            askAgain(after: interruption)
            liveSince = handOver
        }
        interruption = nil
        var hasAsked = false
        while position < policy.steps.count {
            if let span = carryOutStep(&hasAsked, reason, onDuty) {
                until = later(span)
                return
            }
        }
        askLastResort(reason, onDuty)
    }

    /// - Returns: how long to wait before the next; nil when it comes at once.
    private mutating func carryOutStep(
        _ hasAsked: inout Bool,
        _ reason: Reason,
        _ onDuty: OnDuty
    ) -> Duration? {
        switch policy.steps[position] {
        case .ask(let contacts, let onlyFirst, let channel):
            for contact in contacts {
                let people = available(contact, onDuty)
                let asked = ask(onlyFirst ? people.prefix(1) : people[...], contact, channel, reason)
                hasAsked = hasAsked || asked
            }
            position += 1
            return nil
        case .wait(let span):
            let isDelay = policy.steps.prefix(position).allSatisfy(\.contacts.isEmpty)
            position += 1
            return hasAsked || isDelay ? span : nil
        case .inTurn(let contact, let span, let rounds, let channel):
            if let person = nextInTurn(contact, rounds, onDuty) {
                ask([person], contact, channel, reason)
                return span
            }
            turn = Turn()
            position += 1
            // Those asked at once with it have its time all the same.
            return hasAsked ? span : nil
        case .only(let schedule, let count):
            position += 1
            if !schedule.contains(clock) {
                remember(.outsideSchedule(step: position))
                position = min(position + count, policy.steps.count)
            }
            return nil
        }
    }

    /// The same person by the next channel; the hand-over stays the one it was.
    mutating func tryAgain(_ asked: Asked, by channel: Channel) {
        let old = asked.order
        let hasFailed = asked.outcome == .failed
        order(
            old.person,
            old.contact,
            channel,
            hasFailed ? .notDelivered(by: old.channel) : .noReceipt(by: old.channel),
            question: old.question,
            step: old.step,
            handOver: old.handOver
        )
    }

    private var reasonToGoOn: Reason {
        if let interruption { return .interrupted(interruption) }
        if ordered == 0 { return .begins }
        return clock >= until ? .unanswered : .nobodyLeft
    }

    // MARK: - Who is asked

    /// Who had taken it is asked whether they are there, and all who were told to stand down are asked again,
    /// whenever that was: they were promised word, and think that somebody goes there. Not those of whom it was known
    /// that nothing had reached them.
    private mutating func askAgain(after interruption: Interruption) {
        let reached = Set(asks.filter { $0.outcome != .failed }.map(\.order.person))
        let standing = asks.filter { asked in
            asked.outcome != .declined && reached.contains(asked.order.person)
                && asked.order.number == latestAsk(to: asked.order.person)?.order.number
        }
        if case .noArrival(let person) = interruption, let last = latestAsk(to: person)?.order {
            order(
                person,
                last.contact,
                policy.channel(ofStep: last.step),
                .interrupted(interruption),
                question: .areYouThere,
                step: last.step
            )
        }
        for old in standing.map(\.order) {
            let channel = policy.channel(ofStep: old.step)
            ask([old.person], old.contact, channel, .interrupted(interruption), step: old.step)
        }
    }

    /// Who of a contact is on duty and has not declined.
    private mutating func available(_ contact: Contact, _ onDuty: OnDuty) -> [String] {
        let people = onDuty(contact)
        let limit = Escalation.Limits.peopleAtOnce
        if people.count > limit { remember(.leftOut(contact, people: people.count - limit)) }
        let willing = people.prefix(limit).filter { latestAsk(to: $0)?.outcome != .declined }
        if willing.isEmpty { remember(people.isEmpty ? .nobodyOnDuty(contact) : .allDeclined(contact)) }
        return willing
    }

    /// The first by rank whom this round has not asked; nil when all rounds are over or nobody can be asked.
    private mutating func nextInTurn(_ contact: Contact, _ rounds: Int, _ onDuty: OnDuty) -> String? {
        let people = available(contact, onDuty).filter { !isAsked($0) }
        if people.isEmpty { return nil }
        // A rota that names somebody else each time does not make a round longer.
        if turn.asked.count >= Escalation.Limits.peopleAtOnce || people.allSatisfy(turn.asked.contains) {
            turn = Turn(round: turn.round + 1)
        }
        guard turn.round < rounds, let next = people.first(where: { !turn.asked.contains($0) }) else {
            return nil
        }
        turn.asked.append(next)
        return next
    }

    /// Asks the first of the last resort, and from the second time on all of them.
    private mutating func askLastResort(_ reason: Reason, _ onDuty: OnDuty) {
        remember(isWithLastResort ? .roundUnanswered(lastResortRounds) : .handedToLastResort)
        let lastResort = policy.lastResort
        var groups = lastResort.contacts.map { (contact: $0, people: onDuty($0)) }
        for group in groups where group.people.isEmpty { remember(.nobodyOnDuty(group.contact)) }
        if groups.allSatisfy(\.people.isEmpty) {
            // Better anybody whom the policy names than nobody.
            groups = policy.contacts.map { (contact: $0, people: onDuty($0)) }
            if groups.allSatisfy(\.people.isEmpty) { remember(.nobodyToAsk) }
            hasAskedAll = true
        } else {
            hasAskedAll = isWithLastResort || Set(groups.flatMap(\.people)).count == 1
        }
        for group in groups {
            let people = hasAskedAll ? group.people[...] : group.people.prefix(1)
            if ask(people, group.contact, lastResort.channel, reason), !hasAskedAll { break }
        }
        lastResortRounds += 1
        until = later(max(lastResort.every, Escalation.Limits.shortestRepeat))
    }

    // MARK: - Orders

    /// Asks them all, unless they are asked in this hand-over already.
    /// - Returns: whether it asks somebody of them to take it.
    @discardableResult
    private mutating func ask(
        _ people: ArraySlice<String>,
        _ contact: Contact,
        _ channel: Channel,
        _ reason: Reason,
        step: Int? = nil
    ) -> Bool {
        var leftOut = 0
        for person in people where !isAsked(person) {
            if asks.count(where: { $0.order.handOver == handOver }) < Escalation.Limits.peopleAtOnce {
                order(person, contact, channel, reason, step: step)
            } else {
                leftOut += 1
            }
        }
        if leftOut > 0 { remember(.leftOut(contact, people: leftOut)) }
        return people.contains { isAsked($0, .canYouTakeIt) }
    }

    private func isAsked(_ person: String, _ question: Question? = nil) -> Bool {
        asks.contains {
            $0.order.handOver == handOver && $0.order.person == person
                && (question == nil || $0.order.question == question)
        }
    }

    private mutating func order(
        _ person: String,
        _ contact: Contact,
        _ channel: Channel,
        _ reason: Reason,
        question: Question = .canYouTakeIt,
        step: Int? = nil,
        handOver: Int? = nil
    ) {
        let order = Order(
            number: ordered + 1,
            person: person,
            contact: contact,
            channel: channel,
            question: question,
            step: step ?? position + 1,
            handOver: handOver ?? self.handOver,
            reason: reason
        )
        ordered += 1
        asks.append(Asked(order, at: clock))
    }
}
