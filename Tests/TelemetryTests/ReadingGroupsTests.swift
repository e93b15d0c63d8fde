import TestSupport
import Testing
import Units

@testable import Telemetry

@Suite("Groups of readings")
struct ReadingGroupsTests {
    /// The numbers of the readings of each group.
    private func numbers(_ groups: ReadingGroups, _ readings: DecodedReadings) -> [[Double]] {
        groups.heads.map { head in
            var numbers: [Double] = []
            var item = head
            while item != ReadingGroups.end {
                numbers.append(readings.items[Int(item)].number)
                item = groups.item(after: item)
            }
            return numbers
        }
    }

    @Test("Readings of one subject and one time belong together, wherever they stand")
    func random() {
        var dice = Dice(seed: 11)
        var (readings, groups) = (DecodedReadings(), ReadingGroups())
        for _ in 0..<300 {
            readings.begin(arrivedAt: Decoding.arrival)
            var expected: [[Int]: [Double]] = [:]
            var order: [[Int]] = []
            for number in 0..<dice.below(60) {
                let (device, second) = (dice.below(5), dice.below(4))
                // Each time another run of bytes for the same text.
                readings.subject = readings.intern("device \(device)")
                readings.measured(at: Decoding.arrival + .seconds(second))
                readings.append("n", Double(number))
                if expected[[second, device]] == nil { order.append([second, device]) }
                expected[[second, device], default: []].append(Double(number))
            }
            groups.group(readings)
            let sorted = order.enumerated().sorted { ($0.element[0], $0.offset) < ($1.element[0], $1.offset) }
            #expect(numbers(groups, readings) == sorted.map { expected[$0.element] ?? [] })
        }
    }

    @Test("Many groups with a long subject are found in time that grows with their number")
    func longSubject() {
        var (readings, groups) = (DecodedReadings(), ReadingGroups())
        readings.begin(arrivedAt: Decoding.arrival)
        readings.subject = readings.intern(String(repeating: "x", count: 1 << 20))
        for second in 0..<4096 {
            readings.measured(at: Decoding.arrival + .seconds(4096 - second))
            readings.append("n", Double(second))
        }
        groups.group(readings)
        #expect(groups.heads.count == 4096)
        #expect(numbers(groups, readings).first == [4095])
    }

    @Test("Nothing has no groups, and the message before is forgotten")
    func empty() {
        var (readings, groups) = (DecodedReadings(), ReadingGroups())
        readings.begin(arrivedAt: Decoding.arrival)
        readings.append("n", 1)
        groups.group(readings)
        #expect(groups.heads == [0])
        readings.begin(arrivedAt: Decoding.arrival)
        groups.group(readings)
        #expect(groups.heads == [])
    }
}
