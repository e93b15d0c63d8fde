/// What every device's record begins with. Times are microseconds since 1970.
struct KeyHeader: BitwiseCopyable {
    /// When something last came from it; for a device of the directory that never spoke, when it was imported.
    var lastArrival = Int64.min
    /// The device's time of the last reading that went on.
    var lastEvent = Int64.min
    /// When that reading had arrived.
    var processedArrival = Int64.min
    /// When its timer fires; `.max` when none is set.
    var armedAt = Int64.max
    /// The newest and the oldest reading that waits for its turn; -1 when none does.
    var newest: Int32 = -1
    var oldest: Int32 = -1
    /// The usual time between two readings in seconds, and how many intervals it was learned from.
    var interval: Float = 0
    var intervals: UInt32 = 0
    var name: UInt32 = 0
    var waiting: UInt32 = 0

    /// A reading later than this after the last one comes after a gap: nothing is known about the time between.
    /// Nil before the rhythm is known.
    var longestPause: Int64? {
        intervals >= 3 ? Int64(Double(interval) * 3e6) : nil
    }

    /// The usual time between two readings; nil before it is known well.
    var rhythm: Int64? {
        intervals >= Self.rhythmIsKnown ? Int64(Double(interval) * 1e6) : nil
    }

    private static let rhythmIsKnown: UInt32 = 16

    /// Follows the rhythm of the readings: the mean of the first sixteen intervals, then a fading one; a pause
    /// counts for at most four usual intervals.
    mutating func learnInterval(_ span: Int64) {
        guard span > 0 else { return }
        let seconds = Float(span) / 1e6
        intervals = min(intervals + 1, Self.rhythmIsKnown)
        let bounded = intervals > 3 ? min(seconds, interval * 4) : seconds
        interval += (bounded - interval) / Float(intervals)
    }
}

/// A state that has lasted since a moment.
struct SpanState: BitwiseCopyable {
    /// `.min` when it does not hold.
    var since = Int64.min

    var holds: Bool { since != .min }
}

/// The last eight times a condition became true.
struct FlapState: BitwiseCopyable {
    var times = InlineArray<8, Int64>(repeating: .min)
    var next: Int32 = 0
    var wasTrue: Int32 = 0

    mutating func add(_ time: Int64) {
        times[Int(next)] = time
        next = (next + 1) & 7
    }

    /// The time of the n-th last change; 1 is the last.
    func last(_ count: Int) -> Int64 {
        times[(Int(next) + 8 - count) & 7]
    }
}

/// How far a sequence has come.
struct SequenceState: BitwiseCopyable {
    /// The step that is waited for.
    var step: Int64 = 0
    /// When the sequence began.
    var begunAt = Int64.min
    /// When the step before was complete.
    var completedAt = Int64.min
    /// Since when the condition of the present step holds.
    var since = Int64.min
}

/// An episode of a detector.
struct DetectorState: BitwiseCopyable {
    /// When the open episode began, in the device's time; `.min` when there is none.
    var begunAt = Int64.min
    /// Since when the signs are gone, while the episode is still held open.
    var overSince = Int64.min
    /// When it was last spoken of; for what happens in a moment, when it last happened.
    var spokenAt = Int64.min
    /// How often it was reminded of.
    var reminders: Int64 = 0

    var isOpen: Bool { begunAt != .min }
}

/// A fact of the directory, as it was looked up for this device.
struct Enrichment: BitwiseCopyable {
    /// The directory it was looked up in; 0: never looked up.
    var directory: UInt32 = 0
    var count: UInt32 = 0
    var bytes: UInt64 = 0
}

/// The last 64 sequence numbers of a device, as a window of bits below the highest (as in RFC 4303, 3.4.3).
struct SequenceWindow: BitwiseCopyable {
    var highest = Int64.min
    var seen: UInt64 = 0

    /// Whether this number was seen before; it is remembered.
    ///
    /// - Parameter isNewer: measured after the last reading; nil when that is not known. A number that was seen is no
    ///   repeat when it is newer: the counter began anew. A number too far back to be remembered is one only when
    ///   it is known to be older.
    mutating func isRepeat(_ number: Int64, isNewer: Bool?) -> Bool {
        guard highest != .min else {
            restart(at: number)
            return false
        }
        if number > highest {
            let (shift, overflow) = number.subtractingReportingOverflow(highest)
            seen = overflow || shift >= 64 ? 1 : seen << UInt64(shift) | 1
            highest = number
            return false
        }
        let (back, overflow) = highest.subtractingReportingOverflow(number)
        if !overflow, back < 64 {
            let bit: UInt64 = 1 << UInt64(back)
            let wasSeen = seen & bit != 0
            if wasSeen, isNewer == true, back > 0 {
                restart(at: number)
                return false
            }
            seen |= bit
            return wasSeen
        }
        guard isNewer != false else { return true }
        restart(at: number)
        return false
    }

    private mutating func restart(at number: Int64) {
        highest = number
        seen = 1
    }
}

/// The last eight ids of a device, and when each came.
struct RecentIDs: BitwiseCopyable {
    var ids = InlineArray<8, Int64>(repeating: 0)
    var times = InlineArray<8, Int64>(repeating: .min)
    var next: Int64 = 0

    /// Whether this id came within the span before `time`; it is remembered.
    mutating func isRepeat(_ id: Int64, at time: Int64, within span: Int64) -> Bool {
        for index in 0..<8 where ids[index] == id && times[index] != .min && time - times[index] <= span {
            return true
        }
        ids[Int(next)] = id
        times[Int(next)] = time
        next = (next + 1) & 7
        return false
    }
}
