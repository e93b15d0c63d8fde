import Measuring
import Telemetry

/// Messages as a broker sends them.
enum Packets {
    /// PUBLISH of MQTT 5 with QoS 1 for each message of the batches.
    static func publish(_ batches: [EntryBatch]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var id = 0
        for batch in batches {
            try batch.forEach { entry in
                id = id % 65_535 + 1
                bytes.append(0x32)
                var length = 2 + entry.topic.count + 2 + 1 + entry.payload.count
                while length >= 128 {
                    bytes.append(UInt8(length & 127 | 128))
                    length >>= 7
                }
                bytes.append(UInt8(length))
                bytes.append(bigEndian: entry.topic.count)
                bytes.append(contentsOf: entry.topic)
                bytes.append(bigEndian: id)
                bytes.append(0)
                bytes.append(contentsOf: entry.payload)
            }
        }
        return bytes
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian number: Int) {
        append(UInt8(number >> 8))
        append(UInt8(number & 255))
    }
}
