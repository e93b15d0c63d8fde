import Interactions
import PipelineKit
import Units

extension Casebook {
    /// Episodes name their pipeline and detector, so that they are found again in another version.
    func write(to writer: inout SnapshotWriter, engine: Engine) {
        writer.write(episodes.values.sorted { $0.serial < $1.serial }) { writer, episode in
            let program = engine.units[episode.pipeline].program
            writer.write(program.plan.name)
            writer.write(program.detectorPlans[episode.detector].name)
            writer.write(program.readingRegion(of: program.detectors[episode.detector])?.identity ?? "")
            episode.write(to: &writer)
        }
    }

    /// Serial numbers are given anew, in the same order.
    mutating func read(
        from reader: inout SnapshotReader,
        engine: Engine,
        names: Int
    ) throws(SnapshotProblem) -> [String] {
        var report: [String] = []
        for _ in 0..<(try reader.read(UInt32.self)) {
            let pipeline = try reader.text()
            let detector = try reader.text()
            let form = try reader.text()
            var episode = try Episode(from: &reader)
            guard episodes[episode.key] == nil else { throw .malformed("case \(episode.key) twice") }
            guard let unit = engine.units.firstIndex(where: { $0.program.plan.name == pipeline }),
                let index = engine.units[unit].program.detectorPlans.firstIndex(where: { $0.name == detector }
                )
            else {
                report.append("case \(episode.key) of \"\(pipeline)\", \"\(detector)\": the detector is gone")
                continue
            }
            (episode.pipeline, episode.detector) = (unit, index)
            engine.units[unit].program.fit(&episode, form: form, names: names)
            episode = insert(episode)
            if episode.armedAt != .max {
                timers.insert(Timer(due: episode.armedAt, unit: 0, slot: episode.serial))
            }
        }
        return report
    }
}

extension Program {
    /// Fits an episode of another version of the pipeline: reactions that are no longer there are forgotten, and a
    /// reading of another form gives way to an empty one.
    fileprivate func fit(_ episode: inout Episode, form: String, names: Int) {
        let step = detectors[episode.detector]
        let reactions = detectorPlans[episode.detector].reactions
        let size = readingSize(of: step)
        let isOfRoot = step.reading == blocks[0].reading
        let isReading =
            episode.reading.count == size && readingRegion(of: step)?.identity == form
            && (!isOfRoot
                || episode.reading.withUnsafeBytes { plan.root.layout.isSound($0, names: names) })
        if !isReading {
            episode.reading = Array(emptyRecord[Int(step.reading)..<Int(step.reading) + size])
        }
        episode.escalations.removeAll { escalation in
            guard reactions.indices.contains(escalation.reaction) else { return true }
            if case .escalate = reactions[escalation.reaction] { return false }
            return true
        }
        if let continuation = episode.continuation, continuation.reaction > reactions.count {
            episode.continuation = nil
        }
    }
}

extension Episode {
    fileprivate func write(to writer: inout SnapshotWriter) {
        writer.write(key)
        writer.write(subject)
        writer.write(site) { $0.write($1) }
        writer.write(severity.rawValue)
        writer.write(begunAt.microseconds)
        writer.write(openedAt.microseconds)
        writer.write(status.rawValue)
        writer.write(UInt32(seq))
        writer.write(queue) { $0.write($1) }
        writer.write(title) { writer, title in
            writer.write(title.french)
            writer.write(title.english)
        }
        writer.write(isOver ? UInt8(1) : 0)
        writer.write(reading)
        writer.write(why) { $1.write(to: &$0) }
        writer.write(informed.sorted { $0.key < $1.key }) { writer, audience in
            writer.write(UInt32(audience.key))
            writer.write(audience.value) { $0.write($1) }
        }
        writer.write(asked.sorted { $0.key < $1.key }) { writer, question in
            writer.write(question.key)
            writer.write(question.value)
        }
        writer.write(sent) { writer, notice in
            writer.write(notice.id)
            writer.write(notice.person)
        }
        writer.write(heard) { $0.write($1) }
        writer.write(escalations) { writer, escalation in
            writer.write(UInt32(escalation.reaction))
            writer.write(escalation.due)
            writer.write(UInt32(escalation.times))
        }
        writer.write(continuation) { writer, continuation in
            writer.write(UInt32(continuation.reaction))
            writer.write(continuation.due)
        }
        writer.write(acknowledgedBy) { $0.write($1) }
        writer.write(forgetAt) { $0.write($1) }
        writer.write(armedAt == .max ? nil : armedAt) { $0.write($1) }
    }

    /// The positions of pipeline and detector are set by who reads it.
    fileprivate init(from reader: inout SnapshotReader) throws(SnapshotProblem) {
        key = try reader.text()
        pipeline = 0
        detector = 0
        subject = try reader.text()
        site = try reader.optional { reader throws(SnapshotProblem) in try reader.text() }
        severity = try reader.word()
        begunAt = try reader.moment()
        openedAt = try reader.moment()
        status = try reader.word()
        seq = Int(try reader.read(UInt32.self))
        queue = try reader.optional { reader throws(SnapshotProblem) in try reader.text() }
        title = try reader.optional { reader throws(SnapshotProblem) in
            Bilingual(french: try reader.text(), english: try reader.text())
        }
        isOver = try reader.read(UInt8.self) == 1
        reading = try reader.run()
        why = try reader.optional { reader throws(SnapshotProblem) in try Why(from: &reader) }
        let audiences = try reader.array { reader throws(SnapshotProblem) in
            let position = Int(try reader.read(UInt32.self))
            return (position, try reader.array { reader throws(SnapshotProblem) in try reader.text() })
        }
        informed = Dictionary(audiences) { first, _ in first }
        asked = Dictionary(try reader.pairs()) { first, _ in first }
        let sent = try reader.pairs()
        let news = try reader.array { reader throws(SnapshotProblem) in try reader.text() }
        escalations = try reader.array { reader throws(SnapshotProblem) in
            Escalation(
                reaction: Int(try reader.read(UInt32.self)),
                due: try reader.time(),
                times: Int(try reader.read(UInt32.self))
            )
        }
        continuation = try reader.optional { reader throws(SnapshotProblem) in
            Continuation(reaction: Int(try reader.read(UInt32.self)), due: try reader.time())
        }
        acknowledgedBy = try reader.optional { reader throws(SnapshotProblem) in try reader.text() }
        forgetAt = try reader.optional { reader throws(SnapshotProblem) in try reader.time() }
        armedAt = try reader.optional { reader throws(SnapshotProblem) in try reader.time() } ?? .max
        for (id, person) in sent { remember(notice: id, to: person) }
        for item in news { _ = hears(of: item) }
    }
}

extension SnapshotReader {
    fileprivate mutating func word<Word: RawRepresentable<String>>() throws(SnapshotProblem) -> Word {
        let text = try text()
        guard let word = Word(rawValue: text) else { throw .malformed("the unknown word \"\(text)\"") }
        return word
    }

    fileprivate mutating func pairs() throws(SnapshotProblem) -> [(String, String)] {
        try array { reader throws(SnapshotProblem) in (try reader.text(), try reader.text()) }
    }
}
