import Units

/// What is wrong with a policy, or with a directory that it is to be carried out with. `vigie check` shows it.
public struct EscalationProblem: Hashable, Sendable, CustomStringConvertible {
    /// The name of the policy.
    public let escalation: String
    public let cause: Cause

    /// Steps are the statements of the policy in the order they are written, from 1.
    public enum Cause: Hashable, Sendable {
        case tooManySteps(Int)
        case askedTwice(Contact, step: Int, before: Int)
        case waitTooShort(Duration, step: Int)
        /// Everybody asked before it has had their time.
        case waitAfterWait(step: Int)
        case rounds(Int, step: Int)
        case onlyWithoutSteps(step: Int)
        /// A schedule that cannot be written into a snapshot and read back.
        case scheduleNotKept(step: Int)
        /// Nobody has time to answer what this step asks.
        case noTimeBeforeLastResort(step: Int)
        case chainTooLong(Duration)
        case arrivalWithin(Duration)
        case receiptWithin(Duration)
        case otherChannelTwice(Channel)
        case lastResortEvery(Duration)
        /// Nobody of the directory can be asked by this channel in this role.
        case nobodyInRole(Contact, by: Channel)
        /// Wherever the directory names nobody nearer, there is nobody.
        case lastResortNotEverywhere
        /// For these sites, assets or people there is nobody with a phone; the first of so many.
        case lastResortWithoutPhone(scopes: [String], count: Int)
    }

    /// How many scopes a problem names.
    static let namedScopes = 5

    /// `escalation "fall", step 2: a wait of 0 s; expected …; …`
    public var description: String {
        let place = step.map { "escalation \"\(escalation)\", step \($0)" } ?? "escalation \"\(escalation)\""
        return "\(place): \(sentence)"
    }

    private var step: Int? {
        switch cause {
        case .askedTwice(_, let step, _), .waitTooShort(_, let step),
            .waitAfterWait(let step), .rounds(_, let step), .noTimeBeforeLastResort(let step),
            .onlyWithoutSteps(let step), .scheduleNotKept(let step):
            step
        default: nil
        }
    }

    private var sentence: String {
        let limits = Escalation.Limits.self
        return switch cause {
        case .tooManySteps(let count):
            "\(count) steps; expected at most \(limits.steps); leave some out, or ask people at once"
        case .askedTwice(let contact, _, let before):
            "asks \(contact.role), as step \(before) does, with no Wait between them; "
                + "expected one of the two; the second would ask nobody"
        case .waitTooShort(let span, _):
            "waits \(text(span)); expected more than nothing; nobody would have time to answer"
        case .waitAfterWait:
            "a wait after a wait; expected an ask between them; it would be left out: make the first longer"
        case .rounds(let count, _):
            "\(count) rounds; expected 1 to \(limits.rounds); "
                + (count < 1 ? "nobody would be asked" : "the last resort would wait too long")
        case .onlyWithoutSteps:
            "an Only without steps; expected at least one; write what it is for, or leave it out"
        case .scheduleNotKept:
            "a schedule of more than \(Schedule.longestText) bytes or \(Schedule.deepestNesting) levels; "
                + "expected one that can be written into a snapshot; a case under way would be lost: simplify it"
        case .noTimeBeforeLastResort:
            "the last resort is asked at the same time; expected a Wait after this step, outside of Only; "
                + "nobody would have time to answer"
        case .chainTooLong(let span):
            "the last resort may be asked after \(text(span)) only, with \(limits.peopleInTurn) people in each "
                + "InTurn; expected at most \(text(limits.chain)); make waits or rounds shorter"
        case .arrivalWithin(let span):
            "arrivalWithin is \(text(span)); expected more than nothing and at most \(text(limits.arrival)); "
                + "whoever takes the case and does not come would hold it"
        case .receiptWithin(let span):
            "receiptWithin is \(text(span)); expected more than nothing and at most "
                + "\(text(limits.chain)); a phone that is off would be waited for"
        case .otherChannelTwice(let channel):
            "otherwiseBy names \(channel.rawValue) twice; expected each channel once; "
                + "the second would not be tried"
        case .lastResortEvery(let span):
            "the last resort is asked every \(text(span)); expected \(text(limits.shortestRepeat)) to "
                + "\(text(limits.longestRepeat)), until a person takes it"
        case .nobodyInRole(let contact, let channel):
            "the directory has nobody in role \"\(contact.role)\""
                + (channel.needsPhone ? " with a phone" : "")
                + "; expected somebody; the step would be passed over: add a relation with this role"
        case .lastResortNotEverywhere:
            "the directory has nobody with a phone as last resort for everywhere; expected a relation without "
                + "scope; where nobody nearer is named, the alert would end unanswered"
        case .lastResortWithoutPhone(let scopes, let count):
            "the last resort has nobody with a phone for "
                + scopes.map { "\"\($0)\"" }.joined(separator: ", ")
                + (count > scopes.count ? " and \(count - scopes.count) more" : "")
                + "; expected somebody for each; the alert could end unanswered: add a phone or take the "
                + "relation out"
        }
    }

    private func text(_ span: Duration) -> String {
        DurationText(span).text(in: .english)
    }
}

extension Channel {
    /// Whether a person without a number cannot be asked by it.
    var needsPhone: Bool {
        switch self {
        case .text, .secondText, .voice: true
        case .chat, .watch, .task: false
        }
    }
}
