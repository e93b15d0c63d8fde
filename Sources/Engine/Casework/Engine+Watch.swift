import Interactions
import PipelineKit
import Units

/// What watches show of a case, made once for all who are told the same.
struct WatchForms {
    /// Everything that the words depend on: equal facts give equal forms.
    struct Facts: Equatable {
        let pipeline: Int
        let detector: Int
        let subject: String
        let reading: [UInt8]
        let why: Why?
        let begunAt: Moment
        let estimate: Moment?
        let severity: Severity
        let reason: Notice.Reason
        let actions: [WatchForm.Action]
        let directory: UInt32
        let now: Moment
    }

    let facts: Facts
    /// By language; those that do not fit are missing.
    let forms: [Language: WatchForm]
}

extension Engine {
    /// Nil when it does not fit a watch: nothing is cut.
    func watch(_ file: CaseFile, for person: Directory.Person, _ writing: Writing) -> WatchForm? {
        let facts = WatchForms.Facts(
            pipeline: file.pipeline,
            detector: file.detector,
            subject: file.subject,
            reading: file.reading,
            why: file.why,
            begunAt: file.begunAt,
            estimate: file.estimate,
            severity: file.severity,
            reason: writing.reason,
            actions: actions(of: file, for: person, writing),
            directory: directoryVersion,
            now: now
        )
        if let known = watchForms, known.facts == facts { return known.forms[person.language] }
        let forms = WatchForms(facts: facts, forms: forms(file, facts))
        watchForms = forms
        return forms.forms[person.language]
    }

    private func forms(_ file: CaseFile, _ facts: WatchForms.Facts) -> [Language: WatchForm] {
        let finding = self.facts(file, at: now)
        let words = withReading(file) { plan(of: file).watch.words($0, finding) }
        let (title, line) = (words.title.rendered(in: zone, at: now), words.line.rendered(in: zone, at: now))
        var forms: [Language: WatchForm] = [:]
        for language in Language.allCases {
            // `vigie texts` tells the author of one that does not fit; the text says it all.
            forms[language] = WatchForm(
                fitting: title.text(in: language),
                line: line.text(in: language),
                since: facts.begunAt,
                severity: facts.severity,
                state: facts.reason.watchState(estimate: facts.estimate, in: language, zone: zone, at: now),
                actions: facts.actions
            )
        }
        return forms
    }

    /// What its reader can do with a tap.
    private func actions(
        of file: CaseFile,
        for person: Directory.Person,
        _ writing: Writing
    ) -> [WatchForm.Action] {
        if !file.life.isSettled, file.life.takenBy == person.id {
            return file.life.isWorkedOn ? [.done] : [.arrived, .done]
        }
        switch writing.question {
        case .wellbeing: return [.ack, .call]
        case .take:
            // Of the last resort nobody else can be asked.
            if case .lastResort = writing.reason { return [.ack, .call] }
            return [.ack, .decline]
        case .arrival: return [.arrived, .decline]
        case nil: return []
        }
    }

    /// Of several cases at once.
    func watch(digest titles: [Bilingual], count: Int, _ file: CaseFile, in language: Language) -> WatchForm?
    {
        let first = titles.first?.text(in: language) ?? ""
        return WatchForm(
            fitting: count == 1 ? "1 message" : "\(count) messages",
            line: first.count <= WatchForm.Limits.line ? first : "",
            since: now,
            severity: file.severity
        )
    }
}
