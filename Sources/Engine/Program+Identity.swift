import PipelineKit
import Telemetry

extension ReadingLayout {
    /// Which field is where and what its bytes mean, in a number: a reading of another shape is not taken over from a
    /// snapshot.
    var shape: UInt64 {
        checksum(
            fields.flatMap { field in
                let gap = field.keepsLastValue ? "keeps last " : ""
                return [UInt8]("\(field.name)@\(field.offset) \(field.kind) \(gap)".utf8)
            }
        )
    }
}

extension Program {
    /// The part of the record that holds the reading a detector looks at.
    func readingRegion(of detector: DetectorStep) -> Region? {
        regions.first { $0.offset == Int(detector.reading) }
    }
}

/// FNV-1a with 64 bits: whether two models start from the same parameters.
func checksum(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}
