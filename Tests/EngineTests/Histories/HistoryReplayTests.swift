import Interactions
import PipelineKit
import Telemetry
import TestSupport
import Testing
import Units

@testable import Engine

/// 8. The same entries decide the same, whenever the process ends and however they come in batches.
@Suite("Histories, once more", .serialized)
struct HistoryReplayTests {
    static let seeds = 101...103 as ClosedRange<UInt64>
    static let steps = 50

    /// A history without edits of the pipelines, for those do change something.
    static func record(_ seed: UInt64) throws -> Record {
        try Histories.record(Script(seed: seed, steps: steps, leavingOut: [.edit]))
    }

    /// The first effects that differ, in words.
    static func difference(_ one: [Effect], _ other: [Effect]) -> String {
        let place = zip(one, other).enumerated().first { $1.0 != $1.1 }?.offset ?? min(one.count, other.count)
        let texts = [one, other].map {
            $0.indices.contains(place) ? "\($0[place].json(in: .paris))" : "nothing"
        }
        return "effect \(place): \(texts[0]) and \(texts[1])"
    }

    static func restarted(_ engine: Engine) throws -> Engine {
        let next = Engine(Town.pipelines())
        #expect(try next.restore(engine.snapshot()) == [])
        return next
    }

    @Test("A restart between any two steps changes nothing", arguments: seeds)
    func restarts(seed: UInt64) throws {
        let record = try Self.record(seed)
        var dice = Dice(seed: seed &+ 1000)
        var engine = Engine(Town.pipelines())
        var effects: [Effect] = []
        for entry in record.entries {
            if dice.oneIn(25) { engine = try Self.restarted(engine) }
            effects += try engine.apply(entry)
        }
        let isSame = effects == record.effects
        #expect(isSame, "seed \(seed): \(Self.difference(effects, record.effects))")
    }

    @Test("A snapshot of a restarted engine is the same bytes", arguments: seeds)
    func snapshots(seed: UInt64) throws {
        let record = try Self.record(seed)
        var dice = Dice(seed: seed &+ 2000)
        let engine = Engine(Town.pipelines())
        for entry in record.entries {
            _ = try engine.apply(entry)
            guard dice.oneIn(200) else { continue }
            let isSame = try Self.restarted(engine).snapshot() == engine.snapshot()
            #expect(isSame, "seed \(seed), after \(entry)")
        }
    }

    @Test("The size of the batches changes nothing", arguments: seeds)
    func batches(seed: UInt64) throws {
        let record = try Self.record(seed)
        var dice = Dice(seed: seed &+ 3000)
        let engine = Engine(Town.pipelines())
        var effects: [Effect] = []
        var left = record.entries[...]
        while !left.isEmpty {
            var batch = EntryBatch()
            for entry in left.prefix(1 + dice.below(60)) { batch.append(entry) }
            left = left.dropFirst(batch.count)
            effects += try engine.apply(batch)
        }
        let isSame = effects == record.effects
        #expect(isSame, "seed \(seed): \(Self.difference(effects, record.effects))")
    }

    @Test("Ticks that are left out change nothing", arguments: seeds)
    func ticks(seed: UInt64) throws {
        let record = try Self.record(seed)
        let engine = Engine(Town.pipelines())
        let entries = record.entries.filter { if case .tick = $0 { false } else { true } }
        let last = Entry.tick(at: record.events.last?.at ?? record.entries[0].at)
        let effects = try (entries + [last]).flatMap { try engine.apply($0) }
        let isSame = effects == record.effects
        #expect(isSame, "seed \(seed): \(Self.difference(effects, record.effects))")
    }
}
