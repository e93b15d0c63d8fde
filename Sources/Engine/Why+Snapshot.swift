import Models
import PipelineKit

extension Why {
    func write(to writer: inout SnapshotWriter) {
        writer.write(symbol)
        writer.write(explanation.measure.rawValue)
        writer.write(explanation.reasons) { writer, reason in
            writer.write(reason.cause.rawValue)
            writer.write(reason.share)
        }
        for number in [explanation.seen, explanation.usual, explanation.low, explanation.high] {
            writer.write(number.bitPattern)
        }
        writer.write(explanation.percentile) { $0.write($1.bitPattern) }
        writer.write(explanation.past.bitPattern)
    }

    init(from reader: inout SnapshotReader) throws(SnapshotProblem) {
        let symbol = try reader.text()
        let code = try reader.read(UInt8.self)
        guard let measure = Explanation.Measure(rawValue: code) else {
            throw .malformed("the measure \(code)")
        }
        let reasons = try reader.array { reader throws(SnapshotProblem) in
            let code = try reader.read(UInt8.self)
            guard let cause = Alarm.Cause(rawValue: code) else { throw .malformed("the cause \(code)") }
            return (cause: cause, weight: Double(try reader.read(UInt8.self)))
        }
        let explanation = Explanation(
            weights: reasons,
            seen: try reader.double(),
            usual: try reader.double(),
            low: try reader.double(),
            high: try reader.double(),
            percentile: try reader.optional { reader throws(SnapshotProblem) in try reader.double() },
            past: try reader.double(),
            in: measure
        )
        self.init(explanation, symbol: symbol)
    }
}

extension SnapshotReader {
    fileprivate mutating func double() throws(SnapshotProblem) -> Double { Double(bitPattern: try read()) }
}
