import Interactions
import Units

extension Casebook {
    /// Episodes name their pipeline and detector, so that they are found again in another version.
    func write(to writer: inout SnapshotWriter, engine: Engine) {
        writer.write(nextSerial)
        writer.write(episodes.values.sorted { $0.serial < $1.serial }) { writer, episode in
            let program = engine.units[episode.pipeline].program
            writer.write(program.plan.name)
            writer.write(program.detectorPlans[episode.detector].name)
            episode.write(to: &writer)
        }
    }

    mutating func read(from reader: inout SnapshotReader, engine: Engine) throws(SnapshotProblem) -> [String]
    {
        nextSerial = try reader.read()
        var report: [String] = []
        for _ in 0..<(try reader.read(UInt32.self)) {
            let pipeline = try reader.text()
            let detector = try reader.text()
            var episode = try Episode(from: &reader)
            guard let unit = engine.units.firstIndex(where: { $0.program.plan.name == pipeline }),
                let index = engine.units[unit].program.detectorPlans.firstIndex(where: { $0.name == detector }
                )
            else {
                report.append("case \(episode.key) of \"\(pipeline)\", \"\(detector)\": the detector is gone")
                continue
            }
            (episode.pipeline, episode.detector) = (unit, index)
            engine.units[unit].program.fit(&episode)
            episodes[episode.key] = episode
            keys[episode.serial] = episode.key
            if episode.armedAt != .max {
                timers.insert(Timer(due: episode.armedAt, unit: 0, slot: episode.serial))
            }
        }
        return report
    }
}

extension Program {
    /// Fits an episode of another version of the pipeline: reactions that are no longer there are forgotten, and a
    /// reading of another shape gives way to an empty one.
    fileprivate func fit(_ episode: inout Episode) {
        let step = detectors[episode.detector]
        let reactions = detectorPlans[episode.detector].reactions
        let size = readingSize(of: step)
        if episode.reading.count != size {
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
        writer.write(serial)
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
        writer.write(seen) { $0.write($1.bitPattern) }
        writer.write(usual) { $0.write($1.bitPattern) }
        writer.write(informed.sorted { $0.key < $1.key }) { writer, audience in
            writer.write(UInt32(audience.key))
            writer.write(audience.value) { $0.write($1) }
        }
        for table in [asked, notices] {
            writer.write(table.sorted { $0.key < $1.key }) { writer, pair in
                writer.write(pair.key)
                writer.write(pair.value)
            }
        }
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
        writer.write(armedAt)
    }

    /// The positions of pipeline and detector are set by who reads it.
    fileprivate init(from reader: inout SnapshotReader) throws(SnapshotProblem) {
        key = try reader.text()
        serial = try reader.read()
        pipeline = 0
        detector = 0
        subject = try reader.text()
        site = try reader.optional { reader throws(SnapshotProblem) in try reader.text() }
        severity = try reader.word()
        begunAt = Moment(microseconds: try reader.read())
        openedAt = Moment(microseconds: try reader.read())
        status = try reader.word()
        seq = Int(try reader.read(UInt32.self))
        queue = try reader.optional { reader throws(SnapshotProblem) in try reader.text() }
        title = try reader.optional { reader throws(SnapshotProblem) in
            Bilingual(french: try reader.text(), english: try reader.text())
        }
        isOver = try reader.read(UInt8.self) == 1
        reading = try reader.run()
        seen = try reader.double()
        usual = try reader.double()
        let audiences = try reader.array { reader throws(SnapshotProblem) in
            let position = Int(try reader.read(UInt32.self))
            return (position, try reader.array { reader throws(SnapshotProblem) in try reader.text() })
        }
        informed = Dictionary(audiences) { first, _ in first }
        asked = try reader.table()
        notices = try reader.table()
        escalations = try reader.array { reader throws(SnapshotProblem) in
            Escalation(
                reaction: Int(try reader.read(UInt32.self)),
                due: try reader.read(),
                times: Int(try reader.read(UInt32.self))
            )
        }
        continuation = try reader.optional { reader throws(SnapshotProblem) in
            Continuation(reaction: Int(try reader.read(UInt32.self)), due: try reader.read())
        }
        acknowledgedBy = try reader.optional { reader throws(SnapshotProblem) in try reader.text() }
        forgetAt = try reader.optional { reader throws(SnapshotProblem) in try reader.read() }
        armedAt = try reader.read()
    }
}

extension SnapshotReader {
    fileprivate mutating func word<Word: RawRepresentable<String>>() throws(SnapshotProblem) -> Word {
        let text = try text()
        guard let word = Word(rawValue: text) else { throw .malformed("the unknown word \"\(text)\"") }
        return word
    }

    fileprivate mutating func double() throws(SnapshotProblem) -> Double? {
        try optional { reader throws(SnapshotProblem) in Double(bitPattern: try reader.read()) }
    }

    fileprivate mutating func table() throws(SnapshotProblem) -> [String: String] {
        let pairs = try array { reader throws(SnapshotProblem) in (try reader.text(), try reader.text()) }
        return Dictionary(pairs) { first, _ in first }
    }
}
