/// When something is due, and for whom. Ordered by time, then by who, so that the order never depends on when
/// timers were set.
struct Timer: BitwiseCopyable, Comparable {
    var due: Int64
    var unit: Int32
    var slot: Int32

    static func < (left: Timer, right: Timer) -> Bool {
        if left.due != right.due { return left.due < right.due }
        return left.unit != right.unit ? left.unit < right.unit : left.slot < right.slot
    }
}

/// A binary heap of timers.
struct TimerHeap {
    private var timers: ContiguousArray<Timer> = []

    var first: Timer? { timers.first }
    var count: Int { timers.count }

    mutating func insert(_ timer: Timer) {
        timers.append(timer)
        var child = timers.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard timers[child] < timers[parent] else { return }
            timers.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeFirst() -> Timer {
        let first = timers[0]
        let last = timers.removeLast()
        guard !timers.isEmpty else { return first }
        var parent = 0
        while true {
            var child = parent * 2 + 1
            guard child < timers.count else { break }
            if child + 1 < timers.count, timers[child + 1] < timers[child] { child += 1 }
            guard timers[child] < last else { break }
            timers[parent] = timers[child]
            parent = child
        }
        timers[parent] = last
        return first
    }
}
