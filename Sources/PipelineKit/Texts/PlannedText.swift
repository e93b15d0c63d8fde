import Interactions
import Units

/// One text that a detector may write, so that it can be read before anybody else reads it.
package struct PlannedText: Sendable {
    /// Who reads it.
    package enum Readers: Hashable, Sendable {
        /// An entry of the timeline: whoever works on the list.
        case team(String)
        /// The people of a role, one message each.
        case contacts([Contact])
        case audience(Audience)
    }

    /// What a text is made of besides its reading.
    package struct Facts: Sendable {
        /// When the next message comes, for a text that promises one.
        let promise: Moment
        let finding: FindingFacts
    }

    /// When the next message comes at the latest, and whether that may be put off until people are awake.
    struct Promise: Sendable {
        let within: Duration
        let isPutOff: Bool
    }

    /// What it is: `text to relative, when it is over`.
    package let name: String
    package let readers: Readers
    /// What it is for; nil for an entry of the timeline, which may be as long as it likes.
    package let use: TextUse?
    /// How long after the begin it is found out.
    let delay: Duration
    /// Whether it may be written as long as it lasts.
    let isLasting: Bool
    let promise: Promise?
    let why: Why?
    let words: @Sendable (Facts) -> Wording

    /// When it is written in a trial.
    package func now(in trial: TextTrial) -> Moment { trial.now(delay: delay, isLasting: isLasting) }

    private func promised(in trial: TextTrial) -> Moment? {
        promise.map { promise in
            let now = now(in: trial)
            return promise.isPutOff ? trial.ahead(promise.within, of: now) : now + promise.within
        }
    }

    package func wording(about subject: SampleSubject, in trial: TextTrial) -> Wording {
        let now = now(in: trial)
        let finding = FindingFacts(sample: subject, at: now, why: why)
        return words(Facts(promise: promised(in: trial) ?? now, finding: finding))
    }

    /// As its readers see it.
    package func text(about subject: SampleSubject, in trial: TextTrial, zone: CivilZone) -> Bilingual {
        wording(about: subject, in: trial).rendered(in: zone, at: now(in: trial))
    }

    /// What is wrong with it, with a usual subject and with the longest, by day and by night; each thing once.
    package func problems(usual: SampleSubject, longest: SampleSubject, zone: CivilZone) -> [TextProblem] {
        guard var use else { return [] }
        (use.person, use.address) = (usual.person, usual.address)
        var problems: [TextProblem] = []
        for trial in TextTrial.allCases {
            use.promise = promised(in: trial)
            let found = TextRules.problems(
                for: use,
                in: zone,
                at: now(in: trial),
                wording(about: usual, in: trial),
                longest: wording(about: longest, in: trial),
                named: longest.name
            )
            problems += found.filter { new in !problems.contains { $0.isAbout(the: new) } }
        }
        return problems
    }
}

extension FindingFacts {
    /// As a detector finds it out about a sample.
    init(sample subject: SampleSubject, at now: Moment, why: Why?) {
        self.init(
            subject: subject.name,
            subjectName: subject.name,
            address: subject.address,
            since: .sample,
            at: now,
            why: why
        )
    }
}
