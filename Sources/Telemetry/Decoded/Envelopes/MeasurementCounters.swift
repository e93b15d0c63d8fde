import Units

/// Tells the measurements of a frame, which a server sends in messages with the counter of the frame, from one that it
/// sends twice.
struct MeasurementCounters: Hashable, Sendable {
    /// Measurements of a device that are remembered.
    static let memory = 64

    private struct Seen: Hashable {
        var count: UInt32
        var digest: UInt64
    }

    private struct Device: Hashable {
        var counter: FrameCounter
        /// The newest last.
        var seen: [Seen]
    }

    private var devices: [String: Device] = [:]

    init() {}

    /// - Parameter digest: the same for the same measurement.
    mutating func take(
        _ digest: UInt64,
        _ count: UInt32,
        of device: String,
        at moment: Moment
    ) -> FrameCounter.Verdict {
        let seen = Seen(count: count, digest: digest)
        guard var verdict = devices[device]?.counter.take(count, at: moment) else {
            if devices.count < FrameCounters.deviceLimit {
                devices[device] = Device(counter: FrameCounter(count, at: moment), seen: [seen])
            }
            return .new(missed: 0)
        }
        if verdict == .reset { devices[device]?.seen.removeAll() }
        if verdict == .duplicate {
            guard let known = devices[device], !known.seen.contains(seen) else { return .duplicate }
            let age = known.counter.age(of: moment)
            verdict = age > .zero ? .older(by: age) : .new(missed: 0)
        }
        if devices[device]?.seen.count == Self.memory { devices[device]?.seen.removeFirst() }
        devices[device]?.seen.append(seen)
        return verdict
    }

    /// The device has joined its network anew: whatever it counts next is new.
    mutating func forget(_ device: String) {
        devices[device] = nil
    }

    func write(to writer: inout DecoderSnapshotWriter) {
        writer.write(devices.sorted { $0.key < $1.key }) { writer, entry in
            writer.write(entry.key)
            entry.value.counter.write(to: &writer)
            writer.write(entry.value.seen) { writer, seen in
                writer.write(seen.count)
                writer.write(seen.digest)
            }
        }
    }

    init(from reader: inout DecoderSnapshotReader) throws(DecoderSnapshotProblem) {
        for _ in 0..<(try reader.count(of: "devices", limit: FrameCounters.deviceLimit)) {
            let name = try reader.text()
            var device = Device(counter: try FrameCounter(from: &reader), seen: [])
            for _ in 0..<(try reader.count(of: "measurements", limit: Self.memory)) {
                let count: UInt32 = try reader.number("a frame counter")
                device.seen.append(Seen(count: count, digest: try reader.number("a measurement")))
            }
            devices[name] = device
        }
    }
}

extension MessageFields {
    /// Tells what is below `root` from something else, in whatever order it is written (FNV-1a of each field, summed up).
    func digest(of root: StaticString) -> UInt64 {
        all.reduce(0) { sum, field in
            guard let path = relativePath(of: field, under: root) else { return sum }
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            func take(_ bytes: UnsafeRawBufferPointer) {
                for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            }
            withBytes(of: path, take)
            take(StaticString("=").bytes)
            withBytes(of: field.text, take)
            return sum &+ hash
        }
    }
}
