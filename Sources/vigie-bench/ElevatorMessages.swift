import Measuring
import Telemetry
import Units

/// Elevators as their controllers speak: one message a second each, at random floors and speeds.
///
/// Written byte by byte, so that a million devices can be had without waiting for their messages.
struct ElevatorMessages {
    enum Order {
        case ascending
        /// Far from each other in memory, as devices that know nothing of each other speak.
        case scattered
    }

    let devices: Int
    let order: Order
    private var random = SplitMix(state: 1)
    private var topic: [UInt8] = []
    private var payload: [UInt8] = []
    static let start = Moment(seconds: 1_767_596_400)

    init(devices: Int, order: Order = .ascending) {
        self.devices = devices
        self.order = order
    }

    /// All messages of some seconds, in batches as the intake makes them.
    mutating func batches(from first: Int, seconds: Int, batchSize: Int = 1000) -> [EntryBatch] {
        var batches: [EntryBatch] = []
        for second in first..<first + seconds {
            for position in stride(from: 0, to: devices, by: batchSize) {
                var batch = EntryBatch()
                append(position..<min(position + batchSize, devices), of: second, to: &batch)
                batches.append(batch)
            }
        }
        return batches
    }

    /// The messages of a second in its order.
    mutating func append(_ positions: Range<Int>, of second: Int, to batch: inout EntryBatch) {
        let whole = Self.start + .seconds(second)
        let clock = [UInt8](whole.description.utf8.prefix(20))
        for position in positions {
            // Any number without a factor in common with a power of ten visits every device once.
            let device = order == .ascending ? position : position * 618_033 % devices
            let millisecond = position * 1000 / devices
            write(device, second, clock, millisecond)
            topic.withUnsafeBytes { topic in
                payload.withUnsafeBytes { payload in
                    batch.append(
                        topic: topic,
                        payload: payload,
                        flags: .qos1,
                        arrivedAt: whole + .milliseconds(millisecond)
                    )
                }
            }
        }
    }

    private mutating func write(_ device: Int, _ second: Int, _ clock: [UInt8], _ millisecond: Int) {
        topic.removeAll(keepingCapacity: true)
        topic.append(contentsOf: "landlord/7/elevator/".utf8)
        topic.append(number: device)
        topic.append(contentsOf: "/status".utf8)

        payload.removeAll(keepingCapacity: true)
        payload.append(contentsOf: #"{"deviceId":"ascenseur-"#.utf8)
        payload.append(number: device)
        payload.append(contentsOf: #"","sequence":"#.utf8)
        payload.append(number: second)
        payload.append(contentsOf: #","ts":""#.utf8)
        payload.append(contentsOf: clock)
        payload.append(number: millisecond, digits: 3)
        payload.append(contentsOf: #"Z","floor":"#.utf8)
        payload.append(number: random.below(10))
        payload.append(contentsOf: #","doors":""#.utf8)
        switch random.below(3) {
        case 0: payload.append(contentsOf: "open".utf8)
        case 1: payload.append(contentsOf: "closed".utf8)
        default: payload.append(contentsOf: "moving".utf8)
        }
        payload.append(contentsOf: #"","speed":"#.utf8)
        payload.append(number: random.below(150), decimals: 2)
        payload.append(contentsOf: #","load":"#.utf8)
        payload.append(number: random.below(2000), decimals: 1)
        payload.append(contentsOf: #","motorCurrent":"#.utf8)
        payload.append(number: 900 + random.below(200), decimals: 2)
        payload.append(contentsOf: #","inInspection":false}"#.utf8)
    }
}

extension [UInt8] {
    fileprivate mutating func append(number: Int, digits: Int = 1) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    /// A number that was multiplied by a power of ten.
    fileprivate mutating func append(number: Int, decimals: Int) {
        var power = 1
        for _ in 0..<decimals { power *= 10 }
        append(number: number / power)
        append(UInt8(ascii: "."))
        append(number: number % power, digits: decimals)
    }
}
