import Telemetry
import Units

/// Elevators as their controllers speak: one message a second each, as `peers_bench` makes them.
struct ElevatorMessages {
    let devices: Int
    private var random = SplitMix(state: 1)
    private let start = Moment(seconds: 1_767_596_400)

    init(devices: Int) {
        self.devices = devices
    }

    /// The messages of some seconds, in batches as the intake makes them.
    mutating func batches(from first: Int, seconds: Int, batchSize: Int = 1000) -> [EntryBatch] {
        var batches: [EntryBatch] = []
        var batch = EntryBatch()
        for second in first..<first + seconds {
            for device in 0..<devices {
                append(device, second, to: &batch)
                if batch.count == batchSize {
                    batches.append(batch)
                    batch = EntryBatch()
                }
            }
        }
        if !batch.isEmpty { batches.append(batch) }
        return batches
    }

    private mutating func append(_ device: Int, _ second: Int, to batch: inout EntryBatch) {
        let at = start + .seconds(second) + .microseconds(device % 1_000_000)
        let doors = ["open", "closed", "moving"][random.below(3)]
        let payload = """
            {"deviceId":"ascenseur-\(device)","sequence":\(second),"ts":"\(at)","floor":\(random.below(10)),\
            "doors":"\(doors)","speed":\(random.below(150).hundredths),"load":\(random.below(2000).tenths),\
            "motorCurrent":\((900 + random.below(200)).hundredths),"inInspection":false}
            """
        var topic = "landlord/7/elevator/\(device)/status"
        var text = payload
        topic.withUTF8 { topic in
            text.withUTF8 { text in
                batch.append(
                    topic: UnsafeRawBufferPointer(topic),
                    payload: UnsafeRawBufferPointer(text),
                    flags: .qos1,
                    arrivedAt: at
                )
            }
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers on every run.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ limit: Int) -> Int {
        Int(truncatingIfNeeded: next() % UInt64(limit))
    }
}

extension Int {
    fileprivate var hundredths: String { "\(self / 100).\(self / 10 % 10)\(self % 10)" }
    fileprivate var tenths: String { "\(self / 10).\(self % 10)" }
}
