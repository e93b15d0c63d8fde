import Interactions
import PipelineKit
import Telemetry
import Units

/// Findings that say nothing of their own for a while: part of a greater outage, or under a silence.
extension Engine {
    /// After the outage that explained it, a finding has so long to clear before it is a case of its own.
    static let recoveryTime = Duration.minutes(10)
    /// What began longer before an outage than this has another cause.
    static let adoptionTime = Duration.hours(1)
    /// New parts are said on the case together, after so long.
    static let partsTime = Duration.minutes(1)
    /// So many parts are named; of more the number is said.
    static let namedParts = 20

    /// Whether something keeps this new finding from speaking; then it waits for that to end.
    func isHeld(_ file: CaseFile, _ asset: Directory.Asset?) -> Bool {
        guard !file.isLifeSafety else { return false }
        let plan = plan(of: file)
        if let (id, silence) = silence(over: file, plan) {
            casebook.hold(file, by: .silence(id))
            lose(.silenced(by: silence.by, until: silence.until), file)
        } else if let cause = explanation(of: file, plan, asset) {
            casebook.hold(file, by: .partOf(cause.key))
            file.parent = cause.key
            note(part: file, of: cause)
            lose(.partOf(cause.key), file)
        } else {
            if let asset {
                for outage in plan.explainedBy { register(file, outage, asset) }
            }
            return false
        }
        // What is over in the moment it happens has nothing to wait for.
        if file.isOver { casebook.letGo(file) }
        return true
    }

    // MARK: - Parts

    private func explanation(
        of file: CaseFile,
        _ plan: DetectorPlan,
        _ asset: Directory.Asset?
    ) -> CaseFile? {
        guard let asset else { return nil }
        for outage in plan.explainedBy {
            guard let word = outage.bond(of: asset) else { continue }
            let keys = casebook.explaining[.init(outage: outage.name, word: word)] ?? []
            let causes = keys.compactMap { casebook[$0] }.filter { $0.subject != asset.id && !$0.isOver }
            if let cause = causes.first { return cause }
        }
        return nil
    }

    private func register(_ file: CaseFile, _ outage: Outage, _ asset: Directory.Asset) {
        guard let word = outage.bond(of: asset) else { return }
        casebook.explained[.init(outage: outage.name, word: word), default: []].appendOnce(file.key)
    }

    /// A case that explains others has opened: what opened shortly before it and nobody has taken is part of it.
    func takeParts(of file: CaseFile) {
        guard let outage = plan(of: file).explains, let asset = asset(of: file) else { return }
        let bond = Casebook.Bond(outage: outage.name, word: outage.bond(from: asset))
        casebook.explaining[bond, default: []].appendOnce(file.key)
        for key in casebook.explained[bond] ?? [] {
            guard let part = casebook[key], part.key != file.key,
                part.parent == nil || part.chainResumesAt != nil,
                !part.isSettled, !part.isOver, part.life.status == .new,
                file.begunAt.since(part.begunAt) <= Self.adoptionTime
            else { continue }
            part.parent = file.key
            part.chainResumesAt = nil
            withdrawAsks(of: part, "part of another case")
            part.escalation = nil
            part.asks = []
            tell(part, .updated, phase: part.phase("part"), text: TimelineNote.part(of: file.key))
            note(part: part, of: file)
            keep(part)
        }
    }

    private func note(part: CaseFile, of cause: CaseFile) {
        cause.newParts.append(asset(of: part)?.name ?? part.subject)
        if cause.partsSaidAt == nil { cause.partsSaidAt = now + Self.partsTime }
        keep(cause)
    }

    func sayParts(of file: CaseFile) {
        file.partsSaidAt = nil
        let names = file.newParts.prefix(Self.namedParts)
        let rest = file.newParts.count - names.count
        let number = file.seq + 1
        tell(
            file,
            .updated,
            phase: file.phase("parts-\(number)"),
            text: TimelineNote.parts(names.joined(separator: ", "), more: rest)
        )
        file.newParts = []
    }

    /// A settled case explains nothing any more; those that waited for it have a while to recover.
    func leaveOutages(_ file: CaseFile) {
        let plan = plan(of: file)
        guard let asset = asset(of: file) else { return }
        for outage in plan.explainedBy {
            guard let word = outage.bond(of: asset) else { continue }
            let bond = Casebook.Bond(outage: outage.name, word: word)
            casebook.explained[bond]?.removeAll { $0 == file.key }
            if casebook.explained[bond]?.isEmpty ?? false { casebook.explained[bond] = nil }
        }
        guard let outage = plan.explains else { return }
        let bond = Casebook.Bond(outage: outage.name, word: outage.bond(from: asset))
        guard casebook.explaining[bond]?.contains(file.key) ?? false else { return }
        casebook.explaining[bond]?.removeAll { $0 == file.key }
        if casebook.explaining[bond]?.isEmpty ?? false { casebook.explaining[bond] = nil }
        releaseAll(.partOf(file.key), at: now + Self.recoveryTime)
        for key in casebook.explained[bond] ?? [] {
            guard let part = casebook[key], part.parent == file.key, part.hold == nil else { continue }
            part.chainResumesAt = now + Self.recoveryTime
            casebook.arm(part)
        }
    }

    /// What a case was a part of is over, and it is not: somebody is asked again.
    func resumeChain(_ file: CaseFile) {
        (file.chainResumesAt, file.parent) = (nil, nil)
        if !file.isOver, file.needsSomebody { startEscalation(file) }
    }

    // MARK: - Silences

    func take(_ instruction: Instruction) {
        guard casebook.hears(of: "instruction \(instruction.id)") else {
            lose(.repeatedNews, subject: "instruction \(instruction.id)")
            return
        }
        switch instruction.order {
        case .silence(let scope, let begin, let until):
            guard casebook.silences.count < Casebook.silenceLimit else {
                lose(.tooManyCases(limit: Casebook.silenceLimit), subject: "silence \(instruction.id)")
                return
            }
            casebook.silences[instruction.id] = Silence(
                pipeline: scope.pipeline,
                detector: scope.detector,
                subject: scope.subject,
                site: scope.site,
                from: begin,
                until: until,
                by: instruction.by,
                note: instruction.note
            )
            casebook.setTimer(Casebook.TimerUnit.silences, 0, until)
        case .endSilence(let id):
            guard casebook.silences[id] != nil else {
                lose(.nothingOpen, subject: "silence \(id)")
                return
            }
            casebook.silences[id]?.until = now
            endSilences()
        case .command(let key, let name): command(name, key, by: instruction.by, id: instruction.id)
        }
    }

    private func silence(over file: CaseFile, _ plan: DetectorPlan) -> (String, Silence)? {
        let name = units[file.pipeline].program.plan.name
        let found = casebook.silences.filter { _, silence in
            silence.holds(at: now) && silence.covers(file, pipeline: name, detector: plan.name)
        }
        // The one that lasts longest decides.
        return found.max { ($0.value.until, $0.key) < ($1.value.until, $1.key) }.map { ($0.key, $0.value) }
    }

    func endSilences() {
        for (id, silence) in casebook.silences.sorted(by: { $0.key < $1.key }) where silence.until <= now {
            casebook.silences[id] = nil
            releaseAll(.silence(id), at: now)
        }
    }

    // MARK: - Let go

    private func releaseAll(_ cause: CaseFile.Hold.Cause, at moment: Moment) {
        for file in casebook.held(by: cause) {
            file.hold?.until = moment
            if moment <= now { release(file) }
            keep(file)
        }
    }

    /// What held it back has ended, and it still holds: it speaks for itself now.
    func release(_ file: CaseFile) {
        casebook.letGo(file)
        file.parent = nil
        guard !file.isOver, !file.life.isFinal, !isHeld(file, asset(of: file)) else { return }
        file.queue == nil ? open(file, at: now) : speakAgain(file, at: now)
    }
}

extension [String] {
    fileprivate mutating func appendOnce(_ key: String) {
        if !contains(key) { append(key) }
    }
}
