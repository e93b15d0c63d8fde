import Units

/// Tells from the counter that a device puts on its frames whether one is new.
///
/// The same frame may come through two gateways or two network servers; a gateway that was cut off sends what it has
/// stored; a device that is started again begins at 0.
public struct FrameCounter: Hashable, Sendable {
    public enum Verdict: Hashable, Sendable {
        /// With how many frames did not come since the one before.
        case new(missed: UInt32)
        /// It came before, and says nothing new.
        case duplicate
        /// The device counts anew.
        case reset
        /// From before the newest one, and how long before: overtaken on its way, or history that comes late.
        case older(by: Duration)
    }

    /// The same number within this time is the same frame; later, the device has counted up to it again.
    public static let duplicateWindow: Duration = .seconds(30)
    /// How many frames behind the newest one are remembered.
    public static let memory: UInt32 = 64

    private var newest: UInt32
    /// When the newest one was taken in by the network.
    private var at: Moment
    /// The newest in the lowest bit, the one before it in the next.
    private var seen: UInt64 = 1

    /// Begins with the first frame, which is new.
    public init(_ count: UInt32, at moment: Moment) {
        newest = count
        at = moment
    }

    /// - Parameter moment: when the network took the frame in; when nobody knows, when it reached us.
    public mutating func take(_ count: UInt32, at moment: Moment) -> Verdict {
        let age = at.since(moment)
        let isSoon = moment.since(at) <= Self.duplicateWindow
        if count > newest {
            // What was taken in long before the newest frame and has a higher number is from before a reset.
            if age > Self.duplicateWindow { return .older(by: age) }
            return advance(by: count - newest, to: count, at: moment)
        }
        if let step = Self.rollover(from: newest, to: count), age <= Self.duplicateWindow {
            return advance(by: step, to: count, at: moment)
        }
        let behind = newest - count
        let isRemembered = behind < Self.memory
        if isRemembered, seen >> UInt64(behind) & 1 == 1, isSoon { return .duplicate }
        if age > .zero || (isRemembered && behind > 0 && isSoon) {
            if isRemembered { seen |= 1 << UInt64(behind) }
            return .older(by: max(age, .zero))
        }
        self = FrameCounter(count, at: moment)
        return .reset
    }

    /// How long before the newest frame one was taken in; zero for a newer one.
    func age(of moment: Moment) -> Duration {
        max(at.since(moment), .zero)
    }

    private mutating func advance(by step: UInt32, to count: UInt32, at moment: Moment) -> Verdict {
        seen = step < Self.memory ? seen << UInt64(step) | 1 : 1
        newest = count
        at = max(at, moment)
        return .new(missed: step - 1)
    }

    /// How many frames further a counter of 16 bits is that went through its end, by at most as many as are remembered.
    private static func rollover(from newest: UInt32, to count: UInt32) -> UInt32? {
        guard newest <= 0xFFFF, newest > count else { return nil }
        let step = count + 0x1_0000 - newest
        return step <= memory ? step : nil
    }
}

/// Snapshots.
extension FrameCounter {
    func write(to writer: inout DecoderSnapshotWriter) {
        writer.write(newest)
        writer.write(at.microseconds)
        writer.write(seen)
    }

    init(from reader: inout DecoderSnapshotReader) throws(DecoderSnapshotProblem) {
        newest = try reader.number("a frame counter")
        at = try reader.moment()
        seen = try reader.number("the frames that were seen")
    }
}

/// The frame counters of all devices of a network.
struct FrameCounters: Hashable, Sendable {
    /// Devices that are counted. What others send is taken as new: a duplicate of theirs is read twice.
    static let deviceLimit = 65_536

    private var counters: [String: FrameCounter] = [:]

    mutating func take(_ count: UInt32, of device: String, at moment: Moment) -> FrameCounter.Verdict {
        if let verdict = counters[device]?.take(count, at: moment) { return verdict }
        if counters.count < Self.deviceLimit { counters[device] = FrameCounter(count, at: moment) }
        return .new(missed: 0)
    }

    func knows(_ device: String) -> Bool {
        counters[device] != nil
    }

    /// The device has joined its network anew: whatever it counts next is new.
    mutating func forget(_ device: String) {
        counters[device] = nil
    }

    func write(to writer: inout DecoderSnapshotWriter) {
        writer.write(counters.sorted { $0.key < $1.key }) { writer, entry in
            writer.write(entry.key)
            entry.value.write(to: &writer)
        }
    }

    init() {}

    init(from reader: inout DecoderSnapshotReader) throws(DecoderSnapshotProblem) {
        for _ in 0..<(try reader.count(of: "devices", limit: Self.deviceLimit)) {
            let device = try reader.text()
            counters[device] = try FrameCounter(from: &reader)
        }
    }
}
