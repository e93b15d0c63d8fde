import Foundation
import Interactions
import Testing

/// Everything that can happen to cases, in any order, with properties that always hold.
///
/// `VIGIE_STEPS` makes so many steps of it; a failure names the seed, and a shorter history that fails the same way.
@Suite("Histories", .serialized)
struct HistoryTests {
    static let longRun = ProcessInfo.processInfo.environment["VIGIE_STEPS"].flatMap { Int($0) }
    static let stepsOfEach = 120
    static let seeds = 1...6 as ClosedRange<UInt64>

    /// Where many steps are asked for, each history is kept only as long as it is looked at.
    @Test("All of them, for long", .enabled(if: longRun != nil))
    func all() throws {
        var richness = Richness()
        var failures: [String: [UInt64]] = [:]
        let properties: [Property] = [
            .asking, .repeating, .closure, .timely, .often, .undelayed, .takers, .reasons, .timeline,
        ]
        for seed in 1...UInt64(max(1, (Self.longRun ?? 0) / Self.stepsOfEach)) {
            let script = Script(seed: seed, steps: Self.stepsOfEach)
            let record = try History.run(script)
            richness.add(record)
            for property in properties {
                guard let first = property.check(record).first else { continue }
                failures[property.name, default: []].append(seed)
                guard failures[property.name]?.count == 1 else { continue }
                let shorter = try Shrinking(property, script).shortest()
                Issue.record("\(property.name)\nseed \(seed): \(first.text)\n\(shorter)")
            }
        }
        for (name, count) in richness.counts.sorted(by: { $0.key < $1.key }) { print("\(count)\t\(name)") }
        for (name, seeds) in failures { print("FAILS \(name): \(seeds)") }
    }

    @Test("Histories are rich: they come to whatever can happen")
    func rich() throws {
        var richness = Richness()
        for seed in Self.seeds {
            richness.add(try Histories.record(Script(seed: seed, steps: Self.stepsOfEach)))
        }
        let missing = Richness.expected.filter { richness.counts[$0, default: 0] == 0 }
        #expect(missing.isEmpty, "\(richness.counts.sorted { $0.key < $1.key })")
    }

    private func expect(_ property: Property) throws {
        var failed = 0
        for seed in Self.seeds {
            let script = Script(seed: seed, steps: Self.stepsOfEach)
            let record = try Histories.record(script)
            guard let first = property.check(record).first else { continue }
            failed += 1
            guard failed == 1 else { continue }
            let shorter = try Shrinking(property, script).shortest()
            Issue.record("\(property.name)\nseed \(seed): \(first.text)\n\(shorter)")
        }
        if failed > 0 { print("\(property.name): fails for \(failed) of \(Self.seeds.count) seeds") }
    }

    @Test("1. An ask never ends unanswered") func asking() throws { try expect(.asking) }
    @Test("1. Somebody is asked again and again") func repeating() throws { try expect(.repeating) }
    @Test("2. Who was told hears the end, once, and nobody else") func closure() throws {
        try expect(.closure)
    }
    @Test("3. Nothing leaves too early, too late or after the end") func timely() throws {
        try expect(.timely)
    }
    @Test("4. Services at most once, life safety at least once") func often() throws { try expect(.often) }
    @Test("5. Nothing delays what threatens a life") func undelayed() throws { try expect(.undelayed) }
    @Test("6. The first taker has it, the others stand down") func takers() throws { try expect(.takers) }
    @Test("7. Whatever is not said has a reason") func reasons() throws { try expect(.reasons) }
    @Test("9. A case counts up and goes only allowed ways") func timeline() throws { try expect(.timeline) }
}
