import TestSupport
import Testing
import Units

@testable import Telemetry

@Suite("Frame counters")
struct FrameCounterTests {
    static let start = Moment(seconds: 1_800_000_000)

    /// The verdicts on frames, each with its second.
    static func verdicts(_ frames: [(count: UInt32, second: Int64)]) -> [FrameCounter.Verdict] {
        var counter = FrameCounter(frames[0].count, at: start + .seconds(frames[0].second))
        return frames.dropFirst().map { counter.take($0.count, at: start + .seconds($0.second)) }
    }

    @Test("Frames in order are new, with those that are missing between")
    func inOrder() {
        #expect(
            Self.verdicts([(5, 0), (6, 60), (9, 120), (10, 180)]) == [
                .new(missed: 0), .new(missed: 2), .new(missed: 0),
            ]
        )
    }

    @Test("The same frame within the window is a duplicate, after it the device has counted anew")
    func duplicate() {
        #expect(Self.verdicts([(5, 0), (5, 0), (5, 30), (5, 31)]) == [.duplicate, .duplicate, .reset])
        // Through the second gateway, when the next frame is there already.
        #expect(Self.verdicts([(5, 0), (6, 5), (5, 6)]) == [.new(missed: 0), .duplicate])
    }

    @Test("A frame that was overtaken is older, once")
    func overtaken() {
        #expect(
            Self.verdicts([(5, 0), (7, 10), (6, 11), (6, 12)]) == [
                .new(missed: 1), .older(by: .zero), .duplicate,
            ]
        )
    }

    @Test("What a gateway sends hours later with its own time is older, whatever its number")
    func stored() {
        #expect(
            Self.verdicts([(100, 7200), (7, 60), (99, 7100)]) == [
                .older(by: .seconds(7140)), .older(by: .seconds(100)),
            ]
        )
        // From before the reset: a higher number at an earlier time.
        #expect(Self.verdicts([(900, 0), (0, 7200), (901, 60)]) == [.reset, .older(by: .seconds(7140))])
    }

    @Test("A lower number at a later time is a reset, and the frames after it are new")
    func reset() {
        #expect(
            Self.verdicts([(900, 0), (0, 3600), (1, 3660), (900, 3700)]) == [
                .reset, .new(missed: 0), .new(missed: 898),
            ]
        )
    }

    @Test("A counter of 16 bits goes on through its end")
    func rollover() {
        #expect(
            Self.verdicts([(65_534, 0), (65_535, 60), (0, 120), (1, 180)]) == [
                .new(missed: 0), .new(missed: 0), .new(missed: 0),
            ]
        )
        #expect(Self.verdicts([(65_534, 0), (3, 60)]) == [.new(missed: 4)])
        #expect(Self.verdicts([(65_534, 0), (500, 60)]) == [.reset])
        #expect(Self.verdicts([(65_535, 0), (65_536, 60)]) == [.new(missed: 0)])
        #expect(Self.verdicts([(UInt32.max, 0), (0, 60)]) == [.reset])
    }

    @Test("Each frame of a random delivery through two gateways is taken once")
    func twoGateways() {
        var dice = Dice(seed: 11)
        for _ in 0..<200 {
            // Frames a minute apart; each comes once or twice, the second within 20 s.
            var arrivals: [(count: UInt32, second: Int64)] = []
            for count in 0..<50 {
                let second = Int64(count * 60)
                arrivals.append((UInt32(count), second))
                if dice.oneIn(2) { arrivals.append((UInt32(count), second + Int64(dice.below(20)))) }
            }
            let verdicts = Self.verdicts(arrivals)
            #expect(verdicts.filter { $0 == .new(missed: 0) }.count == 49)
            #expect(verdicts.filter { $0 == .duplicate }.count == arrivals.count - 50)
        }
    }

    @Test("Past the limit devices are taken as they come, those before are still counted")
    func limit() {
        var counters = FrameCounters()
        for device in 0...FrameCounters.deviceLimit {
            #expect(counters.take(1, of: "\(device)", at: Self.start) == .new(missed: 0))
        }
        #expect(counters.take(1, of: "0", at: Self.start) == .duplicate)
        #expect(counters.take(1, of: "\(FrameCounters.deviceLimit)", at: Self.start) == .new(missed: 0))
    }
}
