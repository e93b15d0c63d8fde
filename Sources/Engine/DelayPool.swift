/// Readings that wait for older ones: one list per device, sorted by the device's time, in one pool per pipeline.
///
/// The pool grows by blocks that never move: what it takes is what waited at most at any time, not twice as much.
final class DelayPool {
    struct Node: BitwiseCopyable {
        var event: Int64
        var arrival: Int64
        /// Towards the newer and towards the older reading; -1 at the ends.
        var newer: Int32
        var older: Int32
        var flags: Int64
    }

    let readingSize: Int
    private let nodeSize: Int
    private var blocks: ContiguousArray<UnsafeMutableRawPointer> = []
    /// How many nodes were ever used; the memory behind them was never touched.
    private var used: Int32 = 0
    /// The first node that is not used any more; they are linked by `older`.
    private var free: Int32 = -1

    private static let headSize = MemoryLayout<Node>.stride
    private static let blockShift = 10
    private static let perBlock = 1 << blockShift

    init(readingSize: Int) {
        self.readingSize = readingSize
        nodeSize = (Self.headSize + readingSize + 15) & ~15
    }

    deinit {
        for block in blocks { block.deallocate() }
    }

    @inline(__always)
    private func place(_ index: Int32) -> UnsafeMutableRawPointer {
        blocks[Int(index) >> Self.blockShift] + (Int(index) & (Self.perBlock - 1)) * nodeSize
    }

    @inline(__always)
    func node(_ index: Int32) -> UnsafeMutablePointer<Node> {
        place(index).assumingMemoryBound(to: Node.self)
    }

    @inline(__always)
    func reading(_ index: Int32) -> UnsafeMutableRawPointer {
        place(index) + Self.headSize
    }

    /// Puts a reading into a device's list, behind those with the same time.
    func insert(
        _ reading: UnsafeRawPointer,
        event: Int64,
        arrival: Int64,
        flags: Int64,
        into header: inout KeyHeader
    ) {
        let index = unused()
        self.reading(index).copyMemory(from: reading, byteCount: readingSize)
        var newer: Int32 = -1
        var older = header.newest
        while older >= 0, node(older).pointee.event > event {
            newer = older
            older = node(older).pointee.older
        }
        node(index).pointee = Node(event: event, arrival: arrival, newer: newer, older: older, flags: flags)
        if newer >= 0 { node(newer).pointee.older = index } else { header.newest = index }
        if older >= 0 { node(older).pointee.newer = index } else { header.oldest = index }
        header.waiting += 1
    }

    /// Takes the oldest reading out of a device's list. Its memory stays readable until the next insertion.
    func removeOldest(from header: inout KeyHeader) -> Int32 {
        let index = header.oldest
        let newer = node(index).pointee.newer
        header.oldest = newer
        if newer >= 0 { node(newer).pointee.older = -1 } else { header.newest = -1 }
        header.waiting -= 1
        node(index).pointee.older = free
        free = index
        return index
    }

    private func unused() -> Int32 {
        if free >= 0 {
            let index = free
            free = node(index).pointee.older
            return index
        }
        if Int(used) == blocks.count * Self.perBlock {
            blocks.append(.allocate(byteCount: Self.perBlock * nodeSize, alignment: 16))
        }
        used += 1
        return used - 1
    }
}
