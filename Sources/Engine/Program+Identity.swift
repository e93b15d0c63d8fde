import PipelineKit
import Telemetry

extension ReadingLayout {
    /// Which field is where and what its bytes mean, in a number: a reading of another shape is not taken over from a
    /// snapshot.
    var shape: UInt64 {
        checksum(fields.flatMap { [UInt8]("\($0.name)@\($0.offset) \($0.kind) ".utf8) })
    }
}

extension Program {
    /// Two versions of the pipeline with the same number look at a record in the same way: it has the same parts, and
    /// the signs and detectors have the same limits and spans.
    var signature: UInt64 {
        checksum([UInt8]("\(regions) \(Array(signs)) \(Array(sequence)) \(Array(detectors))".utf8))
    }

    /// The part of the record that holds the reading a detector looks at.
    func readingRegion(of detector: DetectorStep) -> Region? {
        regions.first { $0.offset == Int(detector.reading) }
    }
}

/// FNV-1a with 64 bits: whether two models start from the same parameters.
func checksum(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}
