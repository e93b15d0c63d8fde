import PipelineKit
import Telemetry
import Units

/// A pipeline's devices as bytes, and back.
extension Unit {
    func write(to writer: inout SnapshotWriter) {
        writer.write(program.plan.name)
        var part = SnapshotWriter()
        part.write(program.signature)
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

    /// - Parameter names: how many names there are, the empty one included.
    func read(from reader: inout SnapshotReader, names: Int) throws(SnapshotProblem) -> [String] {
        let pipeline = "pipeline \"\(program.plan.name)\""
        isChanged = try reader.read(UInt64.self) != program.signature
        let old = try reader.array { reader throws(SnapshotProblem) in
            Region(
                identity: try reader.text(),
                offset: Int(try reader.read(UInt32.self)),
                size: Int(try reader.read(UInt32.self))
            )
        }
        let oldSize = Int(try reader.read(UInt32.self))
        guard oldSize > 0, old.allSatisfy({ $0.offset + $0.size <= oldSize }) else {
            throw .malformed("a record of \(pipeline) that is shorter than its parts")
        }
        let moves = moves(from: old)
        guard moves.contains(where: { $0.to == 0 }) else {
            return ["\(pipeline): its devices were kept in another form, all are dropped"]
        }
        for _ in 0..<(try reader.count()) {
            try append(try reader.raw(oldSize), moves, names: names)
        }
        let isSameReading = program.regions.dropFirst().first.map { region in
            old.contains { $0.identity == region.identity && $0.size == region.size }
        }
        try readWaiting(from: &reader, isSameReading: isSameReading ?? false, names: names)
        let kept = Set(moves.map(\.to))
        let lost = old.filter { region in !program.regions.contains { $0.identity == region.identity } }
        let anew = program.regions.filter { !kept.contains($0.offset) }
        return lost.map { "\(pipeline): \($0.identity) is gone, what it knew is dropped" }
            + anew.map { "\(pipeline): \($0.identity) is new or changed, it starts anew" }
    }

    /// One part of a record of another version: where it was, where it is now.
    private struct Move {
        let from: Int
        let to: Int
        let size: Int
    }

    private func moves(from old: [Region]) -> [Move] {
        program.regions.compactMap { region in
            old.first { $0.identity == region.identity && $0.size == region.size }
                .map { Move(from: $0.offset, to: region.offset, size: region.size) }
        }
    }

    /// Takes over the record of one device.
    private func append(
        _ old: UnsafeRawBufferPointer,
        _ moves: [Move],
        names: Int
    ) throws(SnapshotProblem) {
        let slot = records.append()
        let record = UnsafeMutableRawBufferPointer(start: records[slot], count: records.recordSize)
        for move in moves {
            let part = UnsafeRawBufferPointer(rebasing: old[move.from..<move.from + move.size])
            UnsafeMutableRawBufferPointer(rebasing: record[move.to..<move.to + move.size])
                .copyMemory(from: part)
        }
        let name = name(slot)
        let reading = UnsafeRawBufferPointer(rebasing: record[Int(program.blocks[0].reading)...])
        guard program.checks.allSatisfy({ $0(records[slot]) }), Int(name.index) < names,
            self.slot(of: name) == nil, program.plan.root.layout.isSound(reading, names: names)
        else {
            throw .malformed("a record of pipeline \"\(program.plan.name)\" that cannot be, number \(slot)")
        }
        header(slot).pointee.oldest = -1
        header(slot).pointee.newest = -1
        header(slot).pointee.waiting = 0
        register(slot, for: name)
    }

    private func readWaiting(
        from reader: inout SnapshotReader,
        isSameReading: Bool,
        names: Int
    ) throws(SnapshotProblem) {
        let size = Int(try reader.read(UInt32.self))
        let devices = try reader.read(UInt32.self)
        for _ in 0..<devices {
            let slot = Int(try reader.read(UInt32.self))
            guard slot < records.count else { throw .malformed("a waiting reading of no device") }
            for _ in 0..<(try reader.read(UInt32.self)) {
                let event = try reader.time()
                let arrival = try reader.time()
                let flags: Int64 = try reader.read()
                let reading = try reader.raw(size)
                guard isSameReading, size == delays.readingSize, let start = reading.baseAddress else {
                    continue
                }
                guard program.plan.root.layout.isSound(reading, names: names) else {
                    throw .malformed("a waiting reading that cannot be")
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
