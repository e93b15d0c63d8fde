import RecordedFrames
import TestSupport
import Testing
import Units

@testable import Telemetry

@Suite("Frames of LoRaWAN devices become readings")
struct LoRaWANTests {
    /// The makers of whom every recorded frame must be as their own decoder says.
    static let claimed: Set<String> = [
        "netvox", "elsys", "milesight", "milesight-iot", "rakwireless", "browan", "mclimate", "dragino",
        "b-meters", "decentlab", "laird", "yobiiq", "talkpool", "micropelt",
    ]

    /// Models of theirs that we do not read.
    static let unread: Set<String> = ["dsmr"]

    @Test("Of the makers we claim, every recorded frame is as their own decoder says", arguments: claimed)
    func asExpected(_ maker: String) {
        let frames = RecordedFrame.all.filter { $0.vendor == maker && !Self.unread.contains($0.device) }
        #expect(!frames.isEmpty)
        for frame in frames {
            switch FrameOutcome(frame) {
            case .right: break
            case .partly(let fields):
                Issue.record("\(frame.device) \(frame.hex): \(fields.joined(separator: ", "))")
            case .refused(let problem): Issue.record("\(frame.device) \(frame.hex): \(problem)")
            }
        }
    }

    @Test("What becomes of all recorded frames, by maker")
    func table() {
        var rows: [String: (frames: Int, right: Int, partly: Int, refused: [String: Int])] = [:]
        for frame in RecordedFrame.all {
            var row = rows[frame.vendor] ?? (0, 0, 0, [:])
            row.frames += 1
            switch FrameOutcome(frame) {
            case .right: row.right += 1
            case .partly: row.partly += 1
            case .refused(let problem): row.refused[problem.reason, default: 0] += 1
            }
            rows[frame.vendor] = row
        }
        print("maker | frames | right | partly | refused")
        for (maker, row) in rows.sorted(by: { ($1.value.frames, $0.key) < ($0.value.frames, $1.key) }) {
            let refused = row.refused.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            let reasons = refused.joined(separator: ", ")
            print("\(maker) | \(row.frames) | \(row.right) | \(row.partly) | \(reasons)")
        }
        let right = rows.values.reduce(0) { $0 + $1.right }
        let partly = rows.values.reduce(0) { $0 + $1.partly }
        let refused = RecordedFrame.all.count - right - partly
        print("all | \(RecordedFrame.all.count) | \(right) | \(partly) | \(refused)")
        #expect(RecordedFrame.all.count == 1075)
        #expect(partly == 0)
    }
}
