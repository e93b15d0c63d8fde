import Interactions
import Units

/// Makes the texts of one detector out of its reactions.
struct TextDesk {
    let detector: DetectorPlan
    let sample: [UInt8]
    let privacy: PrivacyClass

    func texts(of reaction: ReactionPlan) -> [PlannedText] {
        switch reaction {
        case .openCase(let queue, _, let title):
            [text("case in \(queue.name)", .team(queue.name), nil, title)]
        case .note(let kind, let queue, let phase, let title):
            [
                text(
                    "\(kind == .callback ? "callback" : "note") in \(queue.name)\(phase.words)",
                    .team(queue.name),
                    nil,
                    title,
                    isLasting: phase != .begins
                )
            ]
        case .text(let contact, let phase, _, let words):
            [
                text(
                    "text to \(contact.role)\(phase.words)",
                    .contacts([contact]),
                    phase == .begins
                        ? use(.alert, expectsReply: detector.severity == .critical) : use(.reply),
                    words,
                    isLasting: phase != .begins
                )
            ]
        case .ask(let contact, _, _, let words):
            [
                text(
                    "question to \(contact.role)",
                    .contacts([contact]),
                    use(.question, expectsReply: true),
                    words
                )
            ]
        case .inform(let audience, let announcement): news(to: audience, announcement)
        case .escalate(let policy, let words, let lastResort):
            questions(policy, words, lastResort)
        case .command, .offer, .watch: []
        }
    }

    private func use(_ purpose: TextUse.Purpose, expectsReply: Bool = false) -> TextUse {
        TextUse(purpose, expectsReply: expectsReply, privacy: privacy, severity: detector.severity)
    }

    private func text(
        _ name: String,
        _ readers: PlannedText.Readers,
        _ use: TextUse?,
        isLasting: Bool = false,
        promise: PlannedText.Promise? = nil,
        _ words: @escaping @Sendable (PlannedText.Facts) -> Wording
    ) -> PlannedText {
        let why = detector.sampleWhy(of: sample)
        return PlannedText(
            name: name,
            readers: readers,
            use: use,
            delay: detector.delay,
            // What a model finds out may have begun days ago.
            isLasting: isLasting || why != nil,
            promise: promise,
            why: why,
            words: words
        )
    }

    private func text(
        _ name: String,
        _ readers: PlannedText.Readers,
        _ use: TextUse?,
        _ rendering: Rendering,
        isLasting: Bool = false
    ) -> PlannedText {
        text(name, readers, use, isLasting: isLasting) { [sample] facts in
            withAligned(sample) { rendering.words($0, facts.finding) }
        }
    }

    // MARK: - Escalations

    private func questions(
        _ policy: Escalation,
        _ words: AskRendering,
        _ lastResort: AskRendering?
    ) -> [PlannedText] {
        let chain = text("question of \"\(policy.name)\"", policy.contacts, policy, words)
        let last = lastResort.map {
            text("question of \"\(policy.name)\", last resort", policy.lastResort.contacts, policy, $0)
        }
        return [chain, last].compactMap { $0 }
    }

    private func text(
        _ name: String,
        _ contacts: [Contact],
        _ policy: Escalation,
        _ rendering: AskRendering
    ) -> PlannedText {
        // It may be asked as long as nobody answers.
        text(
            name,
            .contacts(contacts),
            use(.alert, expectsReply: true),
            isLasting: true,
            promise: .init(within: policy.longestWait, isPutOff: false)
        ) { [sample] facts in
            let ask = AskFacts(nextAt: facts.promise)
            return withAligned(sample) { rendering.words($0, facts.finding, ask) }
        }
    }

    // MARK: - Announcements

    private func news(to audience: Audience, _ announcement: Announcement) -> [PlannedText] {
        let begin = news("begin", audience, within: announcement.work?.wordWithin, isLasting: false) {
            facts in
            announcement.begins(Promised(facts.finding, nextWord: facts.promise))
        }
        let end = news("end", audience) { announcement.cleared($0.finding) }
        guard let work = announcement.work else { return [begin, end] }
        return [
            begin,
            news("on the way", audience) { work.onTheWay($0.finding) },
            news("estimate", audience, within: .hours(2)) { facts in
                work.estimated(Estimated(facts.finding, estimate: facts.promise))
            },
            news("delay", audience, within: work.wordWithin) { facts in
                work.delayed(Promised(facts.finding, nextWord: facts.promise))
            },
            news("promised word", audience, within: work.thenEvery) { facts in
                work.stillOpen(Promised(facts.finding, nextWord: facts.promise))
            },
            end,
        ]
    }

    private func news(
        _ name: String,
        _ audience: Audience,
        within span: Duration? = nil,
        isLasting: Bool = true,
        _ words: @escaping @Sendable (PlannedText.Facts) -> Wording
    ) -> PlannedText {
        text(
            "news to every \(audience.roles.joined(separator: " and ")): \(name)",
            .audience(audience),
            use(.service),
            isLasting: isLasting,
            promise: span.map { .init(within: $0, isPutOff: true) },
            words
        )
    }
}

extension Escalation {
    /// How long those who are asked have at the most before the next are asked.
    fileprivate var longestWait: Duration {
        steps.reduce(lastResort.every) { longest, step in
            switch step {
            case .ask, .only: longest
            case .wait(let span), .inTurn(_, let span, _, _): max(longest, span)
            }
        }
    }
}

extension Phase {
    fileprivate var words: String {
        switch self {
        case .begins: ""
        case .goesOn: ", while it goes on"
        case .cleared: ", when it is over"
        }
    }
}
