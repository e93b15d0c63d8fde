import Units

/// Which readings of a message belong together: those of one subject and one time, in the order of the message.
///
/// One message may speak of many devices (a Sparkplug node) and of many times (a history, a SenML pack), one after the
/// other or mixed. Reused from message to message: nothing is allocated once it has grown to the largest one.
public struct ReadingGroups: Sendable {
    /// Stands for no further item.
    public static let end: Int32 = -1

    /// The first item of each group, in the order in which the groups begin.
    public private(set) var heads: [Int32] = []
    /// The item that follows each item in its group.
    private var following: [Int32] = []
    /// The last item of each group.
    private var tails: [Int32] = []
    /// The groups by subject and time, with open addressing; at least twice as many as groups.
    private var slots: [Int32] = []
    /// The subject looked up last, which mostly is the next one as well: a long one is hashed once.
    private var hashed: (subject: DecodedReadings.Run, hash: Int)?

    public init() {}

    /// Forgets the message before.
    public mutating func clear() {
        heads.removeAll(keepingCapacity: true)
        tails.removeAll(keepingCapacity: true)
        following.removeAll(keepingCapacity: true)
        hashed = nil
    }

    /// Finds the groups of a message.
    public mutating func group(_ readings: DecodedReadings) {
        clear()
        let items = readings.items
        guard !items.isEmpty else { return }
        following.append(contentsOf: repeatElement(Self.end, count: items.count))
        var current = begin(with: 0)
        var areIndexed = false
        for index in 1..<items.count {
            let (item, before) = (items[index], items[index - 1])
            if item.at != before.at || item.subject != before.subject {
                // Most messages have one group, and need no table.
                if !areIndexed {
                    prepareSlots(for: items.count)
                    slots[slot(of: 0, readings)] = 0
                    areIndexed = true
                }
                let slot = slot(of: index, readings)
                if slots[slot] < 0 {
                    current = begin(with: index)
                    slots[slot] = Int32(current)
                    continue
                }
                current = Int(slots[slot])
            }
            following[Int(tails[current])] = Int32(index)
            tails[current] = Int32(index)
        }
    }

    /// The item that follows one in its group; `end` when it was the last.
    public func item(after item: Int32) -> Int32 { following[Int(item)] }

    private mutating func begin(with index: Int) -> Int {
        heads.append(Int32(index))
        tails.append(Int32(index))
        return heads.count - 1
    }

    private mutating func prepareSlots(for count: Int) {
        var size = 16
        while size < count * 2 { size *= 2 }
        slots.removeAll(keepingCapacity: true)
        slots.append(contentsOf: repeatElement(Self.end, count: size))
    }

    /// Where the group of an item is, or where it would be put. Which place that is decides nothing but the time it
    /// takes to find it.
    private mutating func slot(of index: Int, _ readings: DecodedReadings) -> Int {
        let item = readings.items[index]
        var hasher = Hasher()
        hasher.combine(item.at)
        hasher.combine(hash(of: item.subject, readings))
        let mask = slots.count - 1
        var slot = hasher.finalize() & mask
        while slots[slot] >= 0 {
            let head = readings.items[Int(heads[Int(slots[slot])])]
            if head.at == item.at, readings.areEqual(head.subject, item.subject) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private mutating func hash(of subject: DecodedReadings.Run, _ readings: DecodedReadings) -> Int {
        if let hashed, hashed.subject == subject { return hashed.hash }
        var hasher = Hasher()
        readings.withBytes(of: subject) { hasher.combine(bytes: $0) }
        let hash = hasher.finalize()
        hashed = (subject, hash)
        return hash
    }
}

extension DecodedReadings {
    /// Whether two texts are the same.
    func areEqual(_ one: Run, _ other: Run) -> Bool {
        guard one != other else { return true }
        return one.count == other.count
            && withBytes(of: one) { one in withBytes(of: other) { one.elementsEqual($0) } }
    }
}
