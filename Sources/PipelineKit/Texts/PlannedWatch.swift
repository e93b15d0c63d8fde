import Interactions
import Units

/// What watches show of one detector, so that it can be read before anybody else reads it.
package struct PlannedWatch: Sendable {
    let plan: WatchPlan
    let sample: [UInt8]
    let use: TextUse
    let delay: Duration
    let why: Why?

    /// As readers see it.
    package func words(
        about subject: SampleSubject,
        in trial: TextTrial,
        zone: CivilZone
    ) -> (title: Bilingual, line: Bilingual) {
        let now = trial.now(delay: delay, isLasting: true)
        let facts = FindingFacts(sample: subject, at: now, why: why)
        let words = withAligned(sample) { plan.words($0, facts) }
        return (words.title.rendered(in: zone, at: now), words.line.rendered(in: zone, at: now))
    }

    /// What is wrong with it; each thing once.
    package func problems(usual: SampleSubject, longest: SampleSubject, zone: CivilZone) -> [TextProblem] {
        var use = use
        (use.person, use.address) = (usual.person, usual.address)
        var problems: [TextProblem] = []
        for (subject, nameLength) in [(usual, nil), (longest, longest.name.count)] {
            for trial in TextTrial.allCases {
                let words = words(about: subject, in: trial, zone: zone)
                for language in Language.allCases {
                    let found = TextRules.problems(
                        inWatch: words.title.text(in: language),
                        line: words.line.text(in: language),
                        language,
                        for: use,
                        nameLength: nameLength
                    )
                    problems += found.filter { new in !problems.contains { $0.isAbout(the: new) } }
                }
            }
        }
        return problems
    }
}
