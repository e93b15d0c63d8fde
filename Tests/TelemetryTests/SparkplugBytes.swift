@testable import Telemetry

/// Writes payloads as edge nodes do.
struct SparkplugBytes {
    enum Value {
        case int(UInt32)
        case long(UInt64)
        case float(Float)
        case double(Double)
        case flag(Bool)
        case text(String)
        case bytes([UInt8])
        case dataset
        case template
    }

    struct Metric {
        var name: String?
        var alias: UInt64?
        var at: UInt64?
        var type: UInt64?
        var isHistorical = false
        var isNull = false
        var properties: [(String, Value)] = []
        var value: Value?

        init(
            _ name: String? = nil,
            alias: UInt64? = nil,
            at: UInt64? = nil,
            type: UInt64? = nil,
            isHistorical: Bool = false,
            isNull: Bool = false,
            properties: [(String, Value)] = [],
            _ value: Value? = nil
        ) {
            self.name = name
            self.alias = alias
            self.at = at
            self.type = type
            self.isHistorical = isHistorical
            self.isNull = isNull
            self.properties = properties
            self.value = value
        }
    }

    private var bytes: [UInt8] = []

    static func payload(at time: UInt64? = nil, sequence: UInt64? = nil, _ metrics: [Metric]) -> [UInt8] {
        var writer = SparkplugBytes()
        if let time { writer.varint(1, time) }
        for metric in metrics { writer.run(2, bytes(of: metric)) }
        if let sequence { writer.varint(3, sequence) }
        return writer.bytes
    }

    private static func bytes(of metric: Metric) -> [UInt8] {
        var writer = SparkplugBytes()
        if let name = metric.name { writer.run(1, [UInt8](name.utf8)) }
        if let alias = metric.alias { writer.varint(2, alias) }
        if let at = metric.at { writer.varint(3, at) }
        if let type = metric.type { writer.varint(4, type) }
        if metric.isHistorical { writer.varint(5, 1) }
        if metric.isNull { writer.varint(7, 1) }
        if !metric.properties.isEmpty {
            var set = SparkplugBytes()
            for (key, _) in metric.properties { set.run(1, [UInt8](key.utf8)) }
            for (_, value) in metric.properties {
                var property = SparkplugBytes()
                property.value(value, from: 3)
                set.run(2, property.bytes)
            }
            writer.run(9, set.bytes)
        }
        if let value = metric.value { writer.value(value, from: 10) }
        return writer.bytes
    }

    /// - Parameter first: the field of `int`; the others follow in one order in metrics and in properties.
    private mutating func value(_ value: Value, from first: UInt64) {
        switch value {
        case .int(let number): varint(first, UInt64(number))
        case .long(let number): varint(first + 1, number)
        case .float(let number):
            varint((first + 2) << 3 | 5)
            withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes += $0 }
        case .double(let number):
            varint((first + 3) << 3 | 1)
            withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes += $0 }
        case .flag(let flag): varint(first + 4, flag ? 1 : 0)
        case .text(let text): run(first + 5, [UInt8](text.utf8))
        case .bytes(let data): run(first + 6, data)
        case .dataset: run(first + 7, [0x08, 0x01])
        case .template: run(first + 8, [0x28, 0x01])
        }
    }

    private mutating func varint(_ field: UInt64, _ value: UInt64) {
        varint(field << 3)
        varint(value)
    }

    private mutating func run(_ field: UInt64, _ run: [UInt8]) {
        varint(field << 3 | 2)
        varint(UInt64(run.count))
        bytes += run
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
