import Interactions
import PipelineKit
import Telemetry
import TestSupport
import Testing
import Units

@testable import Engine

@Suite("Whatever comes in")
struct PropertyTests {
    static let pipelines = PipelineSet(Weather.pipelines())

    /// Entries that meet what the engine itself said before, for this seed.
    static func entries(_ seed: UInt64, _ count: Int) throws -> [Entry] {
        var weather = Weather(seed: seed)
        let engine = Engine(pipelines)
        var entries: [Entry] = []
        while entries.count < count {
            let more = weather.entries(50)
            for effect in try more.flatMap({ try engine.apply($0) }) {
                switch effect {
                case .notice(let notice): weather.known.append(notice.id)
                case .interaction(let told): weather.known.append(told.key)
                default: break
                }
            }
            entries += more
        }
        return entries
    }

    static func run(_ entries: [Entry], on engine: Engine? = nil) throws -> (
        effects: [Effect], engine: Engine
    ) {
        let engine = engine ?? Engine(pipelines, tellsDrops: true)
        return (try entries.flatMap { try engine.apply($0) }, engine)
    }

    /// The first effects that differ, in words.
    static func difference(_ one: [Effect], _ other: [Effect]) -> String {
        guard let index = zip(one, other).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
            return "\(one.count) and \(other.count) effects"
        }
        return "effect \(index): \(one[index].json(in: .paris)) and \(other[index].json(in: .paris))"
    }

    static func restored(_ snapshot: [UInt8]) throws -> Engine {
        let engine = Engine(pipelines, tellsDrops: true)
        #expect(try engine.restore(snapshot) == [])
        return engine
    }

    @Test("A random stream is rich: it makes everything that can be made")
    func rich() throws {
        var kinds: [String: Int] = [:]
        for seed in 1...3 as ClosedRange<UInt64> {
            for effect in try Self.run(Self.entries(seed, 1500)).effects {
                switch effect {
                case .interaction(let told): kinds["\(told.detector) \(told.verb.rawValue)", default: 0] += 1
                case .notice(let notice): kinds["text \(notice.phase.prefix(5))", default: 0] += 1
                case .command: kinds["command", default: 0] += 1
                case .query: kinds["query", default: 0] += 1
                case .deadLetter: kinds["dead", default: 0] += 1
                case .dropped(let dropped): kinds[dropped.reason, default: 0] += 1
                case .held(let held): kinds[held.reason.code, default: 0] += 1
                case .withdrawn: kinds["withdrawn", default: 0] += 1
                }
            }
        }
        for kind in [
            "stuck opened", "stuck updated", "stuck escalated", "stuck acknowledged", "outage opened",
            "outage resolved", "flapping opened", "flapping resolved", "silent opened", "silent resolved",
            "fall opened", "alarm opened", "jump noted", "text begin", "text clear", "text ask-1", "text ask",
            "text stand", "text reply", "command", "dead", "withdrawn", "late", "repeated", "retained",
            "technician", "implausible",
            "unrouted", "no consent", "capped", "flapping", "repeated news", "nobody on duty",
            "not in the directory", "over before told", "text catch", "text diges", "text over",
        ] {
            #expect(kinds[kind, default: 0] > 0, "\(kind): \(kinds)")
        }
    }

    @Test(
        "A restart from a snapshot after any entry changes nothing",
        arguments: 1...8 as ClosedRange<UInt64>
    )
    func restart(seed: UInt64) throws {
        var dice = Dice(seed: seed &+ 100)
        let entries = try Self.entries(seed, 500)
        let cuts = Set([0, entries.count] + (0..<6).map { _ in dice.below(entries.count) })
        let engine = Engine(Self.pipelines, tellsDrops: true)
        var all: [Effect] = []
        var snapshots: [(cut: Int, before: Int, bytes: [UInt8])] = []
        for (index, entry) in entries.enumerated() {
            if cuts.contains(index) { snapshots.append((index, all.count, engine.snapshot())) }
            all += try engine.apply(entry)
        }
        snapshots.append((entries.count, all.count, engine.snapshot()))
        for (cut, before, bytes) in snapshots {
            let (after, end) = try Self.run(Array(entries[cut...]), on: Self.restored(bytes))
            let isSame = after == Array(all[before...])
            #expect(isSame, "cut at \(cut): \(Self.difference(after, Array(all[before...])))")
            #expect(end.openEpisodes == engine.openEpisodes && end.now == engine.now)
        }
    }

    @Test("A restart after every few entries changes nothing", arguments: 21...23 as ClosedRange<UInt64>)
    func manyRestarts(seed: UInt64) throws {
        var dice = Dice(seed: seed &+ 100)
        let entries = try Self.entries(seed, 400)
        var engine = Engine(Self.pipelines, tellsDrops: true)
        var effects: [Effect] = []
        for entry in entries {
            effects += try engine.apply(entry)
            if dice.oneIn(7) { engine = try Self.restored(engine.snapshot()) }
        }
        let all = try Self.run(entries).effects
        let isSame = effects == all
        #expect(isSame, "\(Self.difference(effects, all))")
    }

    @Test(
        "The size of the batches changes nothing, and neither does a second run",
        arguments: 31...33 as ClosedRange<UInt64>
    )
    func batches(seed: UInt64) throws {
        var dice = Dice(seed: seed &+ 100)
        let entries = try Self.entries(seed, 800)
        let (all, last) = try Self.run(entries)
        let second = try Self.run(entries)
        let isSecondSame =
            second.effects.map { $0.json(in: .paris).bytes } == all.map { $0.json(in: .paris).bytes }
        #expect(isSecondSame)
        let engine = Engine(Self.pipelines, tellsDrops: true)
        var effects: [Effect] = []
        var left = entries[...]
        while !left.isEmpty {
            var batch = EntryBatch()
            for entry in left.prefix(1 + dice.below(90)) { batch.append(entry) }
            left = left.dropFirst(batch.count)
            effects += try engine.apply(batch)
        }
        let isSame = effects == all
        #expect(isSame, "\(Self.difference(effects, all))")
        #expect(engine.now == last.now && engine.openEpisodes == last.openEpisodes)
    }

    @Test("Ticks in between change nothing but when it is said", arguments: 41...42 as ClosedRange<UInt64>)
    func ticks(seed: UInt64) throws {
        var dice = Dice(seed: seed &+ 100)
        let entries = try Self.entries(seed, 500)
        let ticked = entries.flatMap { dice.oneIn(2) ? [.tick(at: $0.at), $0] : [$0] }
        let (all, effects) = (try Self.run(entries).effects, try Self.run(ticked).effects)
        let isSame = effects == all
        #expect(isSame, "\(Self.difference(effects, all))")
    }

    @Test(
        "No id is given out twice, and those of a case count up without a gap",
        arguments: 51...52 as ClosedRange<UInt64>
    )
    func ids(seed: UInt64) throws {
        var seen: Set<String> = []
        var sequence: [String: Int] = [:]
        for effect in try Self.run(Self.entries(seed, 1000)).effects {
            switch effect {
            case .interaction(let told):
                #expect(seen.insert(told.id).inserted)
                #expect(told.seq == sequence[told.key, default: 0] + 1)
                sequence[told.key] = told.seq
            case .notice(let notice): #expect(seen.insert(notice.id).inserted)
            case .command(let command): #expect(seen.insert(command.id).inserted)
            case .query, .deadLetter, .dropped, .held, .withdrawn: break
            }
        }
        #expect(seen.count > 50)
    }

    @Test("Who was told of an outage is told of its end", arguments: 61...62 as ClosedRange<UInt64>)
    func ends(seed: UInt64) throws {
        // Nobody moves away, and at the end all is quiet.
        let entries = try Self.entries(seed, 1000).filter { if case .directory = $0 { false } else { true } }
        let house = Entry.directory(at: Story.start, json: Directory.house(lifts: Weather.lifts).json)
        let last = try #require(entries.last).at
        let quiet = Weather.lifts.flatMap { lift in
            (1...20).map { minute in
                let at = last + .minutes(5 + minute)
                return Entry.message(
                    Message(
                        topic: "lifts/\(lift)",
                        payload: [UInt8]("{\"n\":\(1_000_000 + minute),\"at\":\"\(at)\"}".utf8),
                        arrivedAt: at
                    )
                )
            }
        }.sorted { $0.at < $1.at }
        let end = Entry.tick(at: last + .hours(3))
        var books = Books()
        let engine = Engine(Self.pipelines)
        for entry in [house] + entries + quiet + [end] {
            if case .receipt(let receipt) = entry { books.take(receipt) }
            for case .notice(let notice) in try engine.apply(entry) { books.take(notice) }
        }
        #expect(books.ended > 3)
        #expect(books.open.isEmpty)
        #expect(books.groundless == [])
    }

    /// Who was told last that an outage began, and who that it is over.
    struct Books {
        /// The message that told them, by case and person.
        private var begun: [String: String] = [:]
        private(set) var ended = 0
        /// Ends that were told to people who were not told the beginning.
        private(set) var groundless: [String] = []
        private var failed: Set<String> = []
        private var arrived: Set<String> = []
        private var hadDigest: Set<String> = []

        /// Those whose message may have arrived.
        var open: [String] {
            begun.filter { arrived.contains($0.value) || !failed.contains($0.value) }.map(\.key).sorted()
        }

        mutating func take(_ receipt: Receipt) {
            switch receipt.outcome {
            case .delivered: arrived.insert(receipt.id)
            case .failed, .expired: failed.insert(receipt.id)
            case .accepted, .unknown: break
            }
        }

        mutating func take(_ notice: Notice) {
            let topic = "\(notice.key) \(notice.recipient)"
            if notice.phase == "digest" { hadDigest.insert(notice.recipient) }
            guard notice.detector == "outage" else { return }
            if notice.phase.hasPrefix("begins") || notice.phase.hasPrefix("catch-up") {
                begun[topic] = notice.id
            }
            guard notice.phase.hasPrefix("cleared") else { return }
            ended += 1
            if begun.removeValue(forKey: topic) == nil, !hadDigest.contains(notice.recipient) {
                groundless.append(topic)
            }
        }
    }
}
