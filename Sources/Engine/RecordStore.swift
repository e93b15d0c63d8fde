/// The records of all devices of a pipeline, one behind the other in blocks that never move.
///
/// No object per device: a record is bytes at a place, so a million of them cost their bytes and nothing more, and
/// a snapshot is a copy of the blocks.
final class RecordStore {
    let recordSize: Int
    private(set) var count = 0
    private var blocks: ContiguousArray<UnsafeMutableRawPointer> = []
    private let empty: [UInt8]

    private static let blockShift = 8
    private static let perBlock = 1 << blockShift

    init(emptyRecord: [UInt8]) {
        empty = emptyRecord
        recordSize = emptyRecord.count
    }

    deinit {
        for block in blocks { block.deallocate() }
    }

    @inline(__always)
    subscript(slot: Int) -> UnsafeMutableRawPointer {
        blocks[slot >> Self.blockShift] + (slot & (Self.perBlock - 1)) * recordSize
    }

    /// Adds a record of a device that never spoke.
    func append() -> Int {
        if count == blocks.count * Self.perBlock {
            blocks.append(.allocate(byteCount: Self.perBlock * recordSize, alignment: 16))
        }
        let slot = count
        count += 1
        empty.withUnsafeBytes { self[slot].copyMemory(from: $0.baseAddress!, byteCount: recordSize) }
        return slot
    }

    /// The records in order, as runs of bytes.
    func forEachRun(_ body: (UnsafeRawBufferPointer) -> Void) {
        var left = count
        for block in blocks where left > 0 {
            let records = min(left, Self.perBlock)
            body(UnsafeRawBufferPointer(start: block, count: records * recordSize))
            left -= records
        }
    }
}
