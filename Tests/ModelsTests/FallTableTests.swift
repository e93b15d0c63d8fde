import Testing

@testable import Models

@Suite("Tables of falls")
struct FallTableTests {
    /// The features of one impact of a fall.
    private func features() throws -> FallFeatures {
        var random = Seeded(67)
        var finder = ImpactFinder()
        var found: FallFeatures?
        let wearer = Wearer(deed: .fall, at: 8)
        for index in 0..<1000 {
            let a = wearer.sample(Double(index) / 50, &random)
            _ = finder.learn(x: a.x, y: a.y, z: a.z, at: Double(index) / 50) { found = $0.features }
        }
        return try #require(found)
    }

    @Test("A tree is read from its root to one leaf")
    func tree() throws {
        let features = try features()
        let peak = Int16(FallFeature.peak.rawValue)
        let calm = Int16(FallFeature.calm.rawValue)
        let value = features[FallFeature.peak.rawValue]
        // Right at the root, left at the second split, right at the third.
        let splits = [peak, peak, calm, peak, peak, peak, calm]
        let thresholds = [value - 1, 0, Int16.max, 0, 0, value - 1, 0]
        let branches: [Int16] = [1, 2048, 2, 3, 1024, 4, 5, 6, 7, 8, 9, 512, 10, 11]
        let table = FallTable(origin: "", bias: -1, limit: 0, trees: splits + thresholds + branches)
        let judgement = table.judge(features)
        #expect(judgement.logOdds == -1 + 0.5 + 0.25 + 0.125)
        #expect(judgement.part(of: .impact) == 0.625)
        #expect(judgement.part(of: .stillness) == 0.25)
        #expect(judgement.part(of: .posture) == 0)
    }

    @Test(
        "The shipped tables are whole, and their parts make the sum",
        arguments: FallDetector.Position.allCases
    )
    func shipped(position: FallDetector.Position) throws {
        let table = position.table
        #expect(!table.trees.isEmpty && table.trees.count % FallTable.numbers == 0)
        for tree in stride(from: 0, to: table.trees.count, by: FallTable.numbers) {
            let features = table.trees[tree..<(tree + FallTable.splits)]
            #expect(features.allSatisfy { (0..<FallFeatures.count).contains(Int($0)) })
        }
        let judgement = table.judge(try features())
        let parts = FallFeature.Group.allCases.reduce(0) { $0 + judgement.part(of: $1) }
        #expect(abs(Double(table.bias) + parts - Double(judgement.logOdds)) < 1e-3)
        #expect(judgement.logOdds > table.limit)
    }

    @Test("The table of the pocket does not ask for the posture of the trunk")
    func pocket() {
        let table = FallTable.pocket
        for tree in stride(from: 0, to: table.trees.count, by: FallTable.numbers) {
            for split in 0..<FallTable.splits where table.trees[tree + FallTable.splits + split] != .max {
                #expect(!FallFeatures.ofPosture.contains(Int(table.trees[tree + split])))
            }
        }
    }

    @Test("Every feature has a place, and stays within what a table can hold")
    func range() throws {
        #expect(FallFeatures.count == 50)
        var finder = ImpactFinder()
        var random = Seeded(3)
        var impacts = 0
        for index in 0..<20_000 {
            let wild = SIMD3(random.bell(20_000), random.bell(20_000), random.bell(20_000))
            let a = index % 400 < 300 ? SIMD3<Double>.zero : wild
            _ = finder.learn(x: a.x, y: a.y, z: a.z, at: Double(index) / 50) { impact in
                impacts += 1
                for feature in 0..<FallFeatures.count {
                    #expect(abs(Int(impact.features[feature])) <= 32_000)
                }
            }
        }
        #expect(impacts > 20)
    }
}

@Suite("The grid of acceleration")
struct MotionRingTests {
    /// The newest slots, oldest first, after samples of x.
    private func slots(_ samples: [(x: Float, t: Double)]) -> [Float] {
        var ring = MotionRing()
        for (x, t) in samples {
            let sample = SIMD3<Float>(x, 0, 0)
            if ring.arrival(at: t) == .anew { ring.start(at: t) }
            while ring.completeSlot(before: t, towards: sample) {}
            ring.add(sample)
        }
        return (0..<Int(ring.filled)).reversed().map { (ring.acceleration($0).x * 1000).rounded() }
    }

    @Test("Faster samples are averaged")
    func fast() {
        let samples = (0..<9).map { (x: Float($0 * 100), t: 5 + Double($0) / 50) }
        #expect(slots(samples) == [50, 250, 450, 650])
    }

    @Test("Between slower samples lies a straight line")
    func slow() {
        #expect(slots([(0, 5), (400, 5.16), (0, 5.32)]) == [0, 100, 200, 300, 400, 300, 200, 100])
    }

    @Test(
        "A gap of more than a quarter of a second and a clock set back start anew, what is late does not count"
    )
    func arrivals() {
        var ring = MotionRing()
        #expect(ring.arrival(at: 5) == .anew)
        ring.start(at: 5)
        #expect(ring.arrival(at: 5.2) == .goesOn)
        #expect(ring.arrival(at: 5.4) == .anew)
        #expect(ring.arrival(at: 4.9) == .late)
        #expect(ring.arrival(at: 3) == .anew)
    }
}
