import Foundation
import Interactions
import Testing

/// Everything that can happen to cases, in any order, with properties that always hold.
///
/// `VIGIE_STEPS` makes so many steps of it; a failure names the seed, and a shorter history that fails the same way.
@Suite("Histories", .serialized)
struct HistoryTests {
    static let longRun = ProcessInfo.processInfo.environment["VIGIE_STEPS"].flatMap { Int($0) }
    static let stepsOfEach = 150
    static let seeds = 1...UInt64(max(1, (longRun ?? 1200) / stepsOfEach))

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
