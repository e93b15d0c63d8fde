import Interactions
import PipelineKit
import Units

/// What a notice is, besides its words.
struct Writing {
    var phase: String
    var role: String
    var reason: Notice.Reason
    /// What its reader is asked.
    var question: CaseFile.Ask.Question?
    /// At any hour where its reader must act, was asked just now, or wrote to us.
    var hours = Hours.waking
    var channel = Channel.text
    /// It is news for everybody of an audience.
    var isAudience = false
    /// The position of the reaction that it carries out, for what may wait for a digest.
    var reaction: Int?
    /// The notices of which one has to have been sent for it to make sense; none when it stands by itself.
    var follows: [String] = []
    /// It answers its reader, or ends what they were told: no limit holds it back.
    var isOwed = false

    /// Its reader can do without: it is neither their work nor up to them.
    var isOptional: Bool { isAudience || (question == nil && Contact(role: role).isPrivate) }

    /// Its reader learns in a role that it began or goes on, and hears in that role that it is over.
    var isOwedTheEnd: Bool {
        if isAudience { return false }
        return question.map { $0 != .wellbeing } ?? [.found, .goesOn].contains(reason)
    }
}

/// Messages to people, each with the id that the same decision always has.
extension Engine {
    /// A text about a service is not sent later than this after it could first go out.
    static let serviceTime = Duration.hours(2)
    /// That it is over stays true: who was told that it began may be waiting for it.
    static let endTime = Duration.days(1)
    /// A text about a life is sent as long as it may still help.
    static let lifeSafetyTime = Duration.days(1)

    /// A message to one person; with the code of the question where they have several open.
    @discardableResult
    func write(
        _ file: CaseFile,
        to person: Directory.Person,
        _ writing: Writing,
        at event: Moment,
        _ text: Wording
    ) -> String? {
        let code = hasOtherQuestions(person.id, than: file) ? code(for: file, person.id) : nil
        return write(file, to: person, writing, at: event, render(text, WritingFacts(code: code)))
    }

    /// A message that says something which is not known is better than none: it says so in words of its own.
    private func render(_ text: Wording, _ facts: WritingFacts) -> Bilingual {
        do throws(PhraseProblem) {
            return try text.rendered(in: zone, at: now, knowing: facts)
        } catch {
            return text.rendered(in: zone, at: now)
        }
    }

    /// A message to one person.
    ///
    /// - Returns: its id; nil when it is not written, or not now: why is among the effects.
    @discardableResult
    func write(
        _ file: CaseFile,
        to person: Directory.Person,
        _ writing: Writing,
        at event: Moment,
        _ text: Bilingual
    ) -> String? {
        let program = units[file.pipeline].program
        let id = notice(file, writing.phase, writing.role, person.id)
        if let reason = obstacle(file, person, writing, at: event) {
            lose(reason, file, to: person.id)
            return nil
        }
        // The same person in the same role is told the same thing once.
        guard casebook.owner(of: id) == nil else {
            lose(.toldAlready, file, to: person.id)
            return nil
        }
        let form = watch(file, for: person, writing)
        let channels = channels(of: writing, file, to: person, hasWatchForm: form != nil)
        guard let channel = channels.first else { return nil }
        var notBefore: Moment?
        if !file.isLifeSafety {
            notBefore = quietEnd(for: writing)
            if let notBefore, file.quietPhase != writing.phase {
                // Said once for all who are told the same.
                file.quietPhase = writing.phase
                lose(.quietHours(until: notBefore), file)
            }
            guard isAllowed(file, person, writing, at: notBefore ?? now) else { return nil }
        }
        casebook.note(id, to: person.id, of: file)
        if writing.isOwedTheEnd { file.noteTold(person.id, as: writing.role, by: id) }
        if let question = writing.question {
            let code = code(for: file, person.id)
            file.asks.removeAll { $0.person == person.id && $0.question == question }
            file.asks.append(.init(person: person.id, notice: id, question: question, code: code, at: now))
            if question == .wellbeing {
                file.noteAskedHow(person.id, at: now)
            } else {
                file.noteAsked(person.id, by: id)
            }
        }
        let time =
            file.isLifeSafety
            ? Self.lifeSafetyTime : writing.reason.isEnd ? Self.endTime : Self.serviceTime
        let notice = Notice(
            id: id,
            key: file.key,
            phase: writing.phase,
            recipient: person.id,
            role: writing.role,
            urgency: file.isLifeSafety ? .lifeSafety : .service,
            privacy: program.plan.privacy,
            text: text.text(in: person.language),
            language: person.language,
            expectsReply: writing.question != nil,
            pipeline: program.plan.name,
            detector: program.detectorPlans[file.detector].name,
            subject: file.subject,
            at: now,
            notAfter: (notBefore ?? now) + time,
            channel: channel,
            notBefore: notBefore,
            follows: writing.follows,
            reason: writing.reason,
            watch: form
        )
        effects.append(.notice(notice))
        for channel in channels.dropFirst() { tell(notice, also: channel, file) }
        return id
    }

    func notice(_ file: CaseFile, _ phase: String, _ role: String, _ person: String) -> String {
        StableID("MSG", .text(file.key), .text(phase), .text(role), .text(person)).description
    }

    /// Why this person is not told this at all.
    private func obstacle(
        _ file: CaseFile,
        _ person: Directory.Person,
        _ writing: Writing,
        at event: Moment
    ) -> Held.Reason? {
        if !file.isLifeSafety {
            if !writing.isOwed, now.since(event) > Self.staleAfter { return .tooLate }
            if writing.isOptional, casebook.unsubscribed.contains(person.id) {
                return .unsubscribed(from: units[file.pipeline].program.plan.name)
            }
        }
        return nil
    }

    /// When the quiet hours end, if they hold this back.
    private func quietEnd(for writing: Writing) -> Moment? {
        // Who is asked to act must know now.
        let canWait = writing.question == nil || writing.question == .wellbeing
        guard canWait, writing.hours == .waking, discipline.quiet.contains(now) else { return nil }
        return discipline.quiet.nextEnd(after: now)
    }

    // MARK: - Words

    func words(_ rendering: Rendering, _ file: CaseFile, at event: Moment) -> Bilingual {
        let facts = facts(file, at: event)
        return withReading(file) { rendering.words($0, facts) }.rendered(in: zone, at: now)
    }

    func facts(_ file: CaseFile, at event: Moment) -> FindingFacts {
        let asset = asset(of: file)
        return FindingFacts(
            subject: file.subject,
            subjectName: asset?.name ?? file.subject,
            address: asset.flatMap { directory.site(of: $0) }?.address ?? "",
            since: file.begunAt,
            at: event,
            why: file.why
        )
    }

    func asset(of file: CaseFile) -> Directory.Asset? {
        units[file.pipeline].program.plan.identity?.kind.flatMap {
            directory.asset(file.subject, ofKind: $0)
        }
    }

    /// The reading of a case, in memory aligned for any reading.
    func withReading<Result>(_ file: CaseFile, _ body: (UnsafeRawPointer) -> Result) -> Result {
        withAligned(file.reading, body)
    }

    // MARK: - People

    /// Who has this role for the subject now; that nobody has is said.
    func people(_ contact: Contact, _ file: CaseFile) -> [Directory.Person] {
        let people = peopleOnDuty(contact, file)
        if people.isEmpty {
            let anybody = directory.contacts(inRole: contact.role, for: assetOrStranger(file))
            lose(
                anybody.isEmpty ? .nobody(role: contact.role) : .nobodyOnDuty(role: contact.role),
                file
            )
        }
        return people
    }

    func peopleOnDuty(_ contact: Contact, _ file: CaseFile) -> [Directory.Person] {
        directory.contacts(inRole: contact.role, for: assetOrStranger(file), at: now).map(\.person)
    }

    /// A subject that the directory does not know still has those who are responsible everywhere.
    func assetOrStranger(_ file: CaseFile) -> Directory.Asset {
        asset(of: file) ?? Directory.Asset(id: file.subject, kind: "", site: "", name: file.subject)
    }

    // MARK: - What is not said

    /// Somebody is not told, or not now, and why.
    func lose(_ reason: Held.Reason, _ file: CaseFile, to person: String? = nil) {
        let program = units[file.pipeline].program
        hold(
            Held(
                reason: reason,
                key: file.key,
                recipient: person,
                pipeline: program.plan.name,
                detector: program.detectorPlans[file.detector].name,
                subject: file.subject,
                at: now
            )
        )
    }

    /// A finding that leads to nothing is said as well.
    func hold(back reason: Held.Reason, _ detector: DetectorStep, _ unit: Unit, _ slot: Int) {
        hold(
            Held(
                reason: reason,
                pipeline: unit.program.plan.name,
                detector: unit.program.detectorPlans[Int(detector.index)].name,
                subject: unit.name(slot).text,
                at: now
            )
        )
    }

    func hold(_ held: Held) {
        counts.held[held.reason.code, default: 0] += 1
        effects.append(.held(held))
    }
}
