import Foundation
import Measuring
import Models

/// One recorded trial: somebody fell, or did something else.
struct FallTrial {
    let name: String
    let subject: String
    let isElderly: Bool
    let isFall: Bool
    let rate: Double
    /// x y z x y z …, in milli-g.
    let samples: ArraySlice<Int16>
    /// When the strongest impact was, in seconds.
    let strongest: Double

    /// The first part of the name.
    var activity: String { String(name.prefix { $0 != "_" }) }

    func distance(to at: Double) -> Double { abs(at - strongest) }

    /// A fall is found by an alarm for what happened within 2 s of its strongest impact.
    func isNear(_ at: Double) -> Bool { distance(to: at) <= 2 }

    var seconds: Double { Double(samples.count / 3) / rate }
}

/// All trials of one pair of files: `NAME.i16` and `NAME.csv`.
struct FallRecording {
    let name: String
    let trials: [FallTrial]

    /// Where the sensor was, from the name; the waist where it says nothing of it.
    var position: FallDetector.Position {
        FallDetector.Position.allCases.first { name.lowercased().contains("\($0)") } ?? .waist
    }

    /// Every pair below a folder, in the order of their names.
    static func all(in folder: URL) throws -> [FallRecording] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var pairs: [URL] = []
        while let file = files?.nextObject() as? URL {
            let table = file.deletingPathExtension().appendingPathExtension("csv")
            guard file.pathExtension == "i16", FileManager.default.fileExists(atPath: table.path) else {
                continue
            }
            pairs.append(file.deletingPathExtension())
        }
        return try pairs.sorted { $0.path < $1.path }.map { try FallRecording(pair: $0) }
    }

    private init(pair: URL) throws {
        name = pair.lastPathComponent
        let samples = try Data(contentsOf: pair.appendingPathExtension("i16")).withUnsafeBytes { bytes in
            (0..<bytes.count / 2).map {
                Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * $0, as: Int16.self))
            }
        }
        let text = try String(contentsOf: pair.appendingPathExtension("csv"), encoding: .utf8)
        var lines = text.split(whereSeparator: \.isNewline)[...]
        let head = (lines.popFirst() ?? "").split(separator: ",", omittingEmptySubsequences: false)
        func column(_ title: String) throws -> Int {
            guard let index = head.firstIndex(where: { $0 == title }) else {
                throw BenchmarkFailure("\(pair.lastPathComponent).csv: has no column \"\(title)\"")
            }
            return index
        }
        let (trial, subject, isFall) = (try column("trial"), try column("subject"), try column("is_fall"))
        let (rate, offset, count) = (try column("hz"), try column("offset_samples"), try column("samples"))
        let group = head.firstIndex { $0 == "group" }
        trials = try lines.map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard cells.count == head.count else {
                throw BenchmarkFailure("\(pair.lastPathComponent).csv: \"\(line)\" has \(cells.count) cells")
            }
            let first: Int = try RecordedData.number(cells[offset])
            let length: Int = try RecordedData.number(cells[count])
            let hz: Double = try RecordedData.number(cells[rate])
            guard first >= 0, length > 0, 3 * (first + length) <= samples.count, hz > 0 else {
                throw BenchmarkFailure(
                    "\(pair.lastPathComponent).csv: \"\(line)\" lies outside of the samples"
                )
            }
            let slice = samples[(3 * first)..<(3 * (first + length))]
            return FallTrial(
                name: String(cells[trial]),
                subject: String(cells[subject]),
                isElderly: group.map { cells[$0] == "elderly" } ?? false,
                isFall: cells[isFall] == "1",
                rate: hz,
                samples: slice,
                strongest: Self.strongest(slice) / hz
            )
        }
    }

    private static func strongest(_ samples: ArraySlice<Int16>) -> Double {
        var strongest = (index: 0, square: -1.0)
        for index in stride(from: samples.startIndex, to: samples.endIndex, by: 3) {
            var square = 0.0
            for axis in 0..<3 { square += Double(samples[index + axis]) * Double(samples[index + axis]) }
            if square > strongest.square { strongest = ((index - samples.startIndex) / 3, square) }
        }
        return Double(strongest.index)
    }
}
