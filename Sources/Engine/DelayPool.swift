/// Readings that wait for older ones: one list per device, sorted by the device's time, in one pool per pipeline.
final class DelayPool {
    struct Node: BitwiseCopyable {
        var event: Int64
        var arrival: Int64
        /// Towards the newer and towards the older reading; -1 at the ends.
        var newer: Int32
        var older: Int32
        var flags: Int64
    }

    static let headSize = MemoryLayout<Node>.stride
    let readingSize: Int
    private let nodeSize: Int
    private(set) var capacity = 0
    private var memory: UnsafeMutableRawPointer
    /// The first unused node; unused ones are linked by `older`.
    private(set) var free: Int32 = -1

    init(readingSize: Int) {
        self.readingSize = readingSize
        nodeSize = (Self.headSize + readingSize + 15) & ~15
        memory = .allocate(byteCount: 16, alignment: 16)
    }

    deinit {
        memory.deallocate()
    }

    @inline(__always)
    func node(_ index: Int32) -> UnsafeMutablePointer<Node> {
        (memory + Int(index) * nodeSize).assumingMemoryBound(to: Node.self)
    }

    @inline(__always)
    func reading(_ index: Int32) -> UnsafeMutableRawPointer {
        memory + Int(index) * nodeSize + Self.headSize
    }

    /// Puts a reading into a device's list, behind those with the same time.
    func insert(
        _ reading: UnsafeRawPointer,
        event: Int64,
        arrival: Int64,
        flags: Int64,
        into header: inout KeyHeader
    ) {
        if free < 0 { grow() }
        let index = free
        free = node(index).pointee.older
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

    private func grow() {
        resize(to: max(256, capacity * 2))
    }

    private func resize(to larger: Int) {
        let copy = UnsafeMutableRawPointer.allocate(byteCount: larger * nodeSize, alignment: 16)
        copy.copyMemory(from: memory, byteCount: capacity * nodeSize)
        memory.deallocate()
        memory = copy
        for index in stride(from: larger - 1, through: capacity, by: -1) {
            node(Int32(index)).pointee = Node(event: 0, arrival: 0, newer: -1, older: free, flags: 0)
            free = Int32(index)
        }
        capacity = larger
    }
}
