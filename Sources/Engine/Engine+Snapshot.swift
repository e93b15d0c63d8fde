import Interactions
import Telemetry
import Units

/// The engine's state as bytes, and back.
///
/// A snapshot holds the names, each pipeline's records with a description of their parts, the readings that wait
/// their turn, the casebook, the directory, and what the decoders of formats have learnt. Timers are not in it: each device and each episode knows when it is
/// due.
extension Engine {
    static let snapshotFormat: UInt32 = 6
    /// Formats differ in what they have besides the oldest one.
    static let oldestFormat: UInt32 = 3
    private static let firstFormatWithLearnt: UInt32 = 4
    static let firstFormatWithPlannedSilences: UInt32 = 5
    static let firstFormatWithOneSTOPForAll: UInt32 = 5
    static let firstFormatWithEverAsked: UInt32 = 6
    static let firstFormatWithConfirmedStatus: UInt32 = 6
    static let firstFormatWithReactionsHeld: UInt32 = 6
    /// Audiences know nothing of STOP.
    static let firstFormatWithoutThoseWhoLeft: UInt32 = 6
    static let firstFormatWithThoseTold: UInt32 = 6
    private static let magic: UInt32 = 0x3153_4756

    public func snapshot() -> [UInt8] {
        var writer = SnapshotWriter()
        writer.write(Self.magic)
        writer.write(Self.snapshotFormat)
        writer.write(now.microseconds == .min ? nil : now) { $0.write($1.microseconds) }
        let names = NameTable.shared.count
        writer.write((1..<max(names, 1)).map { Name(index: UInt32($0)).text }) { $0.write($1) }
        writer.write(directoryVersion)
        writer.write(directoryJSON)
        writer.write(UInt32(units.count))
        for unit in units { unit.write(to: &writer) }
        casebook.write(to: &writer, engine: self)
        let learnt = sources.compactMap { source in source.learnt.map { (source.format.title, $0) } }
        writer.write(learnt) { writer, source in
            writer.write(source.0)
            writer.write(source.1)
        }
        return writer.bytes
    }

    /// Goes on from a snapshot. Made of other versions of the pipelines, it keeps what still fits.
    ///
    /// To be called on an engine that has taken nothing yet. One that threw is of no use any more, unless the format
    /// was another: then nothing was read.
    /// - Returns: what was dropped, in sentences for the log; empty when everything fitted.
    public func restore(_ bytes: [UInt8]) throws(SnapshotProblem) -> [String] {
        let result: Result<[String], SnapshotProblem> = bytes.withUnsafeBytes { buffer in
            do throws(SnapshotProblem) {
                var reader = SnapshotReader(buffer)
                return .success(try restore(&reader))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func restore(_ reader: inout SnapshotReader) throws(SnapshotProblem) -> [String] {
        guard try reader.read(UInt32.self) == Self.magic else { throw .notASnapshot }
        let format = try reader.read(UInt32.self)
        guard (Self.oldestFormat...Self.snapshotFormat).contains(format) else { throw .otherFormat(format) }
        reader.format = format
        now =
            try reader.optional { reader throws(SnapshotProblem) in try reader.moment() }
            ?? Moment(microseconds: .min)
        let names = try reader.array { reader throws(SnapshotProblem) in try reader.text() }
        directoryVersion = try reader.read()
        try restoreDirectory(try reader.run())
        var report: [String] = []
        for _ in 0..<(try reader.read(UInt32.self)) {
            let name = try reader.text()
            var part = SnapshotReader(try reader.raw(try reader.count()))
            if let unit = units.first(where: { $0.program.plan.name == name }) {
                guard unit.records.count == 0 else { throw .malformed("pipeline \"\(name)\" twice") }
                report += try unit.read(from: &part, names: names.count + 1)
            } else {
                report.append("pipeline \"\(name)\" is gone: what it knew of its devices is dropped")
            }
        }
        report += try casebook.read(from: &reader, engine: self, names: names.count + 1)
        let learnt = try format < Self.firstFormatWithLearnt ? [] : Self.learnt(&reader)
        // Last, so that a snapshot that cannot be read leaves the names of the process as they were.
        for (index, name) in names.enumerated() {
            guard Name(name)?.index == UInt32(index + 1) else { throw .namesTaken }
        }
        // Behind the names, for decoders make names of what they remember.
        for part in learnt { report += restore(part.bytes, of: part.format) }
        rearm()
        for unit in units { expectDevices(of: unit) }
        return report
    }

    private static func learnt(
        _ reader: inout SnapshotReader
    ) throws(SnapshotProblem) -> [(format: String, bytes: [UInt8])] {
        try reader.array { reader throws(SnapshotProblem) in
            (format: try reader.text(), bytes: try reader.run())
        }
    }

    /// What one decoder had learnt. Without it the decoder begins anew, as it does with a new broker: no reason to
    /// drop everything else.
    private func restore(_ bytes: [UInt8], of format: String) -> [String] {
        guard let source = sources.first(where: { $0.format.title == format }) else {
            return ["no pipeline listens to \(format) any more: what it had learnt is dropped"]
        }
        do throws(DecoderSnapshotProblem) {
            try source.restore(bytes)
            return []
        } catch {
            return ["\(format): \(error)"]
        }
    }

    private func restoreDirectory(_ json: [UInt8]) throws(SnapshotProblem) {
        directoryJSON = json
        guard !json.isEmpty else { return }
        do {
            directory = DirectoryIndex(try Directory(json: json))
        } catch {
            throw .malformed("a directory that cannot be read: \(error)")
        }
    }

    /// Makes the timers anew from what each device and each case says.
    func rearm() {
        timers = TimerHeap()
        for (index, unit) in units.enumerated() {
            for slot in 0..<unit.records.count {
                let header = unit.header(slot)
                // A pipeline of another version may find something due that the old one did not wait for.
                if unit.isChanged, now.microseconds != .min { header.pointee.armedAt = now.microseconds }
                let due = header.pointee.armedAt
                if due != .max { timers.insert(Timer(due: due, unit: Int32(index), slot: Int32(slot))) }
            }
            unit.isChanged = false
        }
    }
}
