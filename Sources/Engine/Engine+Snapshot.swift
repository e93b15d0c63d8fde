import Interactions
import PipelineKit
import Telemetry
import Units

/// The engine's state as bytes, and back.
///
/// A snapshot holds the names, each pipeline's records with a description of their parts, the readings that wait
/// their turn, the casebook and the directory. Timers are not in it: each device and each episode knows when it is
/// due.
extension Engine {
    static let snapshotFormat: UInt32 = 1
    private static let magic: UInt32 = 0x3153_4756

    public func snapshot() -> [UInt8] {
        var writer = SnapshotWriter()
        writer.write(Self.magic)
        writer.write(Self.snapshotFormat)
        writer.write(now.microseconds)
        let names = NameTable.shared.count
        writer.write(UInt32(names))
        for index in 1..<max(names, 1) { writer.write(Name(index: UInt32(index)).text) }
        writer.write(directoryJSON)
        writer.write(UInt32(units.count))
        for unit in units { unit.write(to: &writer) }
        casebook.write(to: &writer, engine: self)
        return writer.bytes
    }

    /// Goes on from a snapshot. Made of other versions of the pipelines, it keeps what still fits.
    ///
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
        guard format == Self.snapshotFormat else { throw .otherFormat(format) }
        now = Moment(microseconds: try reader.read())
        let names = try reader.read(UInt32.self)
        for index in 1..<max(names, 1) {
            guard Name(try reader.text())?.index == index else { throw .namesTaken }
        }
        directoryJSON = try reader.run()
        if !directoryJSON.isEmpty {
            do {
                directory = DirectoryIndex(try Directory(json: directoryJSON))
            } catch {
                throw .malformed("a directory that cannot be read: \(error)")
            }
        }
        var report: [String] = []
        for _ in 0..<(try reader.read(UInt32.self)) {
            let name = try reader.text()
            let length = Int(try reader.read(UInt64.self))
            var part = SnapshotReader(try reader.raw(length))
            if let unit = units.first(where: { $0.program.plan.name == name }) {
                report += try unit.read(from: &part)
            } else {
                report.append("pipeline \"\(name)\" is gone: what it knew of its devices is dropped")
            }
        }
        report += try casebook.read(from: &reader, engine: self)
        rearm()
        for (index, unit) in units.enumerated() { expectDevices(of: unit, index) }
        return report
    }

    private func rearm() {
        timers = TimerHeap()
        for (index, unit) in units.enumerated() {
            for slot in 0..<unit.records.count {
                let due = unit.header(slot).pointee.armedAt
                if due != .max { timers.insert(Timer(due: due, unit: Int32(index), slot: Int32(slot))) }
            }
        }
    }
}

extension Unit {
    func write(to writer: inout SnapshotWriter) {
        writer.write(program.plan.name)
        var part = SnapshotWriter()
        part.write(program.regions) { writer, region in
            writer.write(region.identity)
            writer.write(UInt32(region.offset))
            writer.write(UInt32(region.size))
        }
        part.write(UInt32(records.recordSize))
        part.write(UInt64(records.count))
        records.forEachRun { part.write(raw: $0) }
        part.write(UInt32(delays.readingSize))
        let waiting = (0..<records.count).filter { header($0).pointee.waiting > 0 }
        part.write(waiting) { writer, slot in
            writer.write(UInt32(slot))
            writer.write(header(slot).pointee.waiting)
            var index = header(slot).pointee.oldest
            while index >= 0 {
                let node = delays.node(index).pointee
                writer.write(node.event)
                writer.write(node.arrival)
                writer.write(node.flags)
                writer.write(
                    raw: UnsafeRawBufferPointer(start: delays.reading(index), count: delays.readingSize)
                )
                index = node.newer
            }
        }
        writer.write(UInt64(part.bytes.count))
        part.bytes.withUnsafeBytes { writer.write(raw: $0) }
    }

    func read(from reader: inout SnapshotReader) throws(SnapshotProblem) -> [String] {
        let old = try reader.array { reader throws(SnapshotProblem) in
            Region(
                identity: try reader.text(),
                offset: Int(try reader.read(UInt32.self)),
                size: Int(try reader.read(UInt32.self))
            )
        }
        let oldSize = Int(try reader.read(UInt32.self))
        let count = Int(try reader.read(UInt64.self))
        let moves = program.regions.compactMap { region -> (from: Int, to: Int, size: Int)? in
            old.first { $0.identity == region.identity && $0.size == region.size }
                .map { ($0.offset, region.offset, region.size) }
        }
        guard old.allSatisfy({ $0.offset + $0.size <= oldSize }) else {
            throw .malformed("a record of pipeline \"\(program.plan.name)\" that is shorter than its parts")
        }
        for _ in 0..<count {
            let from = try reader.raw(oldSize)
            let slot = records.append()
            for move in moves {
                (records[slot] + move.to).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: from[move.from..<move.from + move.size])
                        .baseAddress!,
                    byteCount: move.size
                )
            }
            header(slot).pointee.oldest = -1
            header(slot).pointee.newest = -1
            header(slot).pointee.waiting = 0
            register(slot, for: name(slot))
        }
        let isSameReading = program.regions.dropFirst().first.map(old.contains) ?? false
        try readWaiting(from: &reader, isSameReading: isSameReading)
        let kept = Set(moves.map(\.to))
        let lost = old.filter { region in !program.regions.contains { $0.identity == region.identity } }
        let anew = program.regions.filter { !kept.contains($0.offset) }
        return lost.map {
            "pipeline \"\(program.plan.name)\": \($0.identity) is gone, what it knew is dropped"
        }
            + anew.map {
                "pipeline \"\(program.plan.name)\": \($0.identity) is new or changed, it starts anew"
            }
    }

    private func readWaiting(from reader: inout SnapshotReader, isSameReading: Bool) throws(SnapshotProblem) {
        let size = Int(try reader.read(UInt32.self))
        let devices = try reader.read(UInt32.self)
        for _ in 0..<devices {
            let slot = Int(try reader.read(UInt32.self))
            guard slot < records.count else { throw .malformed("a waiting reading of no device") }
            for _ in 0..<(try reader.read(UInt32.self)) {
                let event: Int64 = try reader.read()
                let arrival: Int64 = try reader.read()
                let flags: Int64 = try reader.read()
                let reading = try reader.raw(size)
                guard isSameReading, size == delays.readingSize, let start = reading.baseAddress else {
                    continue
                }
                delays.insert(
                    start,
                    event: event,
                    arrival: arrival,
                    flags: flags,
                    into: &header(slot).pointee
                )
            }
        }
    }
}
