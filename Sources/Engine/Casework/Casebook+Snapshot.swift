import Interactions
import PipelineKit
import Units

extension Casebook {
    /// Cases name their pipeline and detector, so that they are found again in another version.
    func write(to writer: inout SnapshotWriter, engine: Engine) {
        let inOrder = files.values.sorted { $0.serial < $1.serial }
        writer.write(inOrder) { writer, file in
            let program = engine.units[file.pipeline].program
            writer.write(program.plan.name)
            writer.write(program.detectorPlans[file.detector].name)
            writer.write(program.readingRegion(of: program.detectors[file.detector])?.identity ?? "")
            file.write(to: &writer)
            writer.write(file.notices.sorted()) { writer, notice in
                writer.write(notice)
                writer.write(owner(of: notice)?.person ?? "")
            }
        }
        writer.write(episodesJoined) { writer, joined in
            writer.write(joined.episode)
            writer.write(joined.key)
        }
        writer.write(recentOfAll) { writer, person in
            writer.write(person.person)
            writer.write(person.keys) { $0.write($1) }
        }
        writer.write(bonds(explaining)) { $0.write($1) }
        writer.write(bonds(explained)) { $0.write($1) }
        writer.write(silences.sorted { $0.key < $1.key }) { writer, silence in
            writer.write(silence.key)
            writer.write(silence.value)
        }
        writer.write(ledgers.sorted { $0.key < $1.key }) { writer, ledger in
            writer.write(ledger.key)
            writer.write(ledger.value)
        }
        writer.write(unsubscribed.sorted()) { $0.write($1) }
        writer.write(newsHeard) { $0.write($1) }
    }

    /// Serial numbers are given anew, in the same order.
    mutating func read(
        from reader: inout SnapshotReader,
        engine: Engine,
        names: Int
    ) throws(SnapshotProblem) -> [String] {
        var report: [String] = []
        for _ in 0..<(try reader.read(UInt32.self)) {
            try readFile(from: &reader, engine, names, &report)
        }
        for file in files.values { releaseIfAlone(file, at: engine.now) }
        for _ in 0..<(try reader.read(UInt32.self)) {
            let episode = try reader.text()
            if let file = self[try reader.text()] { join(episode, to: file) }
        }
        for _ in 0..<(try reader.read(UInt32.self)) {
            let person = try reader.text()
            restoreRecent(person, try reader.texts().compactMap { self[$0]?.serial })
        }
        explaining = try reader.bonds()
        explained = try reader.bonds()
        for _ in 0..<(try reader.read(UInt32.self)) {
            let id = try reader.text()
            let silence = try reader.silence()
            silences[id] = silence
            setTimer(TimerUnit.silences, 0, silence.until)
        }
        for _ in 0..<(try reader.read(UInt32.self)) {
            let person = try reader.text()
            let ledger = try reader.ledger()
            ledgers[person] = ledger
            if let due = ledger.digestAt {
                digestsWaiting.insert(person)
                setTimer(TimerUnit.digests, 0, due)
            }
        }
        for _ in 0..<(try reader.read(UInt32.self)) {
            unsubscribed.insert(try reader.text())
            // Of which pipelines: it was not for all of them.
            if reader.format < Engine.firstFormatWithOneSTOPForAll { _ = try reader.texts() }
        }
        for item in try reader.texts() { _ = hears(of: item) }
        return report
    }

    private mutating func readFile(
        from reader: inout SnapshotReader,
        _ engine: Engine,
        _ names: Int,
        _ report: inout [String]
    ) throws(SnapshotProblem) {
        let pipeline = try reader.text()
        let detector = try reader.text()
        let form = try reader.text()
        let file = try CaseFile(from: &reader)
        let notices = try reader.array { reader throws(SnapshotProblem) in
            (try reader.text(), try reader.text())
        }
        guard self[file.key] == nil else { throw .malformed("case \(file.key) twice") }
        guard let unit = engine.units.firstIndex(where: { $0.program.plan.name == pipeline }),
            let index = engine.units[unit].program.detectorPlans.firstIndex(where: { $0.name == detector })
        else {
            report.append("case \(file.key) of \"\(pipeline)\", \"\(detector)\": the detector is gone")
            return
        }
        (file.pipeline, file.detector) = (unit, index)
        report += engine.units[unit].program.fit(file, form: form, names: names)
        insert(file)
        if reader.format < Engine.firstFormatWithThoseTold { engine.noteThoseTold(file) }
        for (notice, person) in notices { note(notice, to: person, of: file) }
        for command in file.commands { note(command: command.id, of: file) }
        if file.armedAt != .distantFuture { setTimer(TimerUnit.cases, file.serial, file.armedAt) }
    }

    /// What waits for a case that is gone waits no longer.
    private mutating func releaseIfAlone(_ file: CaseFile, at now: Moment) {
        guard case .partOf(let key) = file.hold?.cause, self[key] == nil else { return }
        file.hold?.until = now
        arm(file)
    }

    private func bonds(_ bonds: [Bond: [String]]) -> [(Bond, [String])] {
        bonds.map { ($0.key, $0.value) }.sorted { ($0.0.outage, $0.0.word) < ($1.0.outage, $1.0.word) }
    }
}

extension Program {
    /// Fits a case of another version of the pipeline: announcements are the same ones in the same order, a question
    /// goes on with what now follows it, and a reading of another form gives way to an empty one. An escalation goes
    /// on as it was.
    ///
    /// - Returns: what does not fit, in sentences for the log.
    fileprivate func fit(_ file: CaseFile, form: String, names: Int) -> [String] {
        let step = detectors[file.detector]
        let reactions = detectorPlans[file.detector].reactions
        let size = readingSize(of: step)
        let isOfRoot = step.reading == blocks[0].reading
        let isReading =
            file.reading.count == size && readingRegion(of: step)?.identity == form
            && (!isOfRoot || file.reading.withUnsafeBytes { plan.root.layout.isSound($0, names: names) })
        if !isReading {
            file.reading = Array(emptyRecord[Int(step.reading)..<Int(step.reading) + size])
        }
        if let old = file.continuation?.reaction {
            file.continuation?.reaction = Self.next(afterAskBefore: old, in: reactions)
        }
        let announcements = reactions.indices.filter { reactions[$0].isAnnouncement }
        let told = file.audiences.sorted { $0.key < $1.key }
        if !told.allSatisfy({ announcements.contains($0.key) }) {
            let pairs = zip(announcements, told).map { ($0, $1.value) }
            file.audiences = Dictionary(pairs) { first, _ in first }
        }
        let lost = told.dropFirst(announcements.count).filter { !$0.value.owed.isEmpty }
        return lost.map { _, record in
            "case \(file.key): the announcement is gone, \(record.owed.count) people are not told the end"
        }
    }

    /// Where to go on after a question that may stand elsewhere now; from the first reaction when it is gone, because
    /// nobody was told yet.
    private static func next(afterAskBefore old: Int, in reactions: [ReactionPlan]) -> Int {
        func isAsk(_ position: Int) -> Bool {
            if case .ask = reactions[position] { true } else { false }
        }
        if reactions.indices.contains(old - 1), isAsk(old - 1) { return old }
        return reactions.indices.first(where: isAsk).map { $0 + 1 } ?? 0
    }
}

extension ReactionPlan {
    fileprivate var isAnnouncement: Bool {
        if case .inform = self { true } else { false }
    }
}

extension SnapshotWriter {
    fileprivate mutating func write(_ bond: (Casebook.Bond, [String])) {
        write(bond.0.outage)
        write(bond.0.word)
        write(bond.1) { $0.write($1) }
    }

    fileprivate mutating func write(_ silence: Silence) {
        for text in [silence.pipeline, silence.detector, silence.subject, silence.site] { write(text) }
        write(silence.from)
        write(silence.until)
        write(silence.by)
        write(silence.note)
    }

    fileprivate mutating func write(_ ledger: ContactLedger) {
        write(ledger.sent) { $0.write($1) }
        write(ledger.waiting) { writer, message in
            writer.write(message.key)
            writer.write(message.title)
            writer.write(message.at)
            writer.write(message.reaction.map(UInt32.init)) { $0.write($1) }
        }
        write(UInt32(ledger.uncounted))
        write(ledger.digestAt)
    }
}

extension SnapshotReader {
    fileprivate mutating func bonds() throws(SnapshotProblem) -> [Casebook.Bond: [String]] {
        let bonds = try array { reader throws(SnapshotProblem) in
            (Casebook.Bond(outage: try reader.text(), word: try reader.text()), try reader.texts())
        }
        return Dictionary(bonds) { first, _ in first }
    }

    fileprivate mutating func silence() throws(SnapshotProblem) -> Silence {
        Silence(
            pipeline: try text(),
            detector: try text(),
            subject: try text(),
            site: try text(),
            from: try format < Engine.firstFormatWithPlannedSilences ? nil : momentOrNil(),
            until: try moment(),
            by: try text(),
            note: try text()
        )
    }

    fileprivate mutating func ledger() throws(SnapshotProblem) -> ContactLedger {
        let sent = try moments()
        let waiting = try array { reader throws(SnapshotProblem) in
            ContactLedger.Waiting(
                key: try reader.text(),
                title: try reader.bilingual(),
                at: try reader.moment(),
                reaction: try reader.format < Engine.firstFormatWithReactionsHeld
                    ? nil
                    : reader.optional { reader throws(SnapshotProblem) in Int(try reader.read(UInt32.self)) }
            )
        }
        return ContactLedger(
            sent: sent,
            waiting: waiting,
            uncounted: Int(try read(UInt32.self)),
            digestAt: try momentOrNil()
        )
    }
}
