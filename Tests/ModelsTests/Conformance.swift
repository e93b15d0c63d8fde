import Models
import Testing

/// A stream of numbers that is the same on every machine (xorshift64*, Vigna 2016).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }

    mutating func number(_ range: ClosedRange<Double> = 0...1) -> Double {
        Double.random(in: range, using: &self)
    }

    /// About normal: twelve uniform numbers.
    mutating func bell(_ deviation: Double) -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += number() }
        return sum * deviation
    }
}

/// The bytes of a value.
func bytes<Value: BitwiseCopyable>(_ value: Value) -> [UInt8] {
    withUnsafeBytes(of: value) { Array($0) }
}

/// A value made anew from its bytes, as a snapshot does it.
func restored<Value: BitwiseCopyable>(_ bytes: [UInt8], as type: Value.Type) -> Value {
    bytes.withUnsafeBytes { $0.loadUnaligned(as: type) }
}

/// The bytes of all stored numbers together: less than the size of the value when there is padding in it.
func stateBytes(_ value: Any) -> Int {
    func size<Leaf>(_ leaf: Leaf) -> Int { MemoryLayout<Leaf>.size }
    let mirror = Mirror(reflecting: value)
    let isLeaf = mirror.children.isEmpty || "\(type(of: value))".hasPrefix("InlineArray")
    return isLeaf ? size(value) : mirror.children.reduce(0) { $0 + stateBytes($1.value) }
}

/// What every model is asked to stand, over one kind of model.
struct Conformance<Tested: Model>: Sendable {
    let name: String
    /// The bytes that its documentation promises.
    let size: Int
    let make: @Sendable () -> Tested

    private static var first: Double { 1_700_000_000 }

    /// Ordinary hourly values for some weeks: enough to warm every model.
    private func ordinary(_ count: Int, seed: UInt64) -> [(x: Double, t: Double)] {
        var random = Seeded(seed)
        return (0..<count).map { hour in
            let isUsed = random.number() < 0.5
            return (isUsed ? random.number(1...60) : 0, Self.first + Double(hour) * 3600)
        }
    }

    private func expectSound(_ model: Tested, _ score: Score, after input: Double) {
        #expect(score.surprise >= 0 && score.surprise <= Score.most, "\(name): surprise after \(input)")
        #expect(score.usual.isFinite, "\(name): usual after \(input)")
        guard let alarm = (model as? any Detector)?.alarm else { return }
        for number in [alarm.since, alarm.raisedAt, alarm.seen, alarm.usual, alarm.limit] {
            #expect(number.isFinite, "\(name): alarm after \(input)")
        }
    }

    func standsHostileInput() {
        let hostile: [Double] = [
            .nan, .signalingNaN, .infinity, -.infinity, 1e300, -1e300, .greatestFiniteMagnitude,
            .leastNonzeroMagnitude, -.leastNonzeroMagnitude, -0.0, 0, 1, -1, 1e-300,
        ]
        let times: [Double] = [
            .nan, .infinity, -.infinity, 1e300, 0, -1, 1e10, Self.first, Self.first + 1, Self.first - 1e6,
            Self.first, 9.9e10, -9.9e10,
        ]
        var random = Seeded(7)
        var model = make()
        for (x, t) in ordinary(2000, seed: 3) {
            expectSound(model, model.observe(x, at: t), after: x)
            guard random.number() < 0.3, let odd = hostile.randomElement(using: &random),
                let time = times.randomElement(using: &random)
            else { continue }
            expectSound(model, model.observe(odd, at: t + 1), after: odd)
            expectSound(model, model.observe(x, at: time), after: time)
            expectSound(model, model.observe(odd, at: time), after: odd)
        }
    }

    func learnsNothingFromWhatIsNoNumber() {
        var model = make()
        for (x, t) in ordinary(800, seed: 5) { model.learn(x, at: t) }
        let before = bytes(model)
        let later = Self.first + 900 * 3600
        var odd: [(x: Double, t: Double)] = []
        if !ignoresTime { odd += [(1, .nan), (1, .infinity)] }
        if !ignoresValue { odd += [(.nan, later), (.infinity, later), (-.infinity, later)] }
        for (x, t) in odd {
            let wasLearned = model.learn(x, at: t)
            #expect(!wasLearned, "\(name): \(x) at \(t)")
            #expect(bytes(model) == before, "\(name): \(x) at \(t) changed it")
        }
    }

    /// Models of values alone take no notice of the time; the model of rhythm takes none of the value.
    private var ignoresTime: Bool {
        Tested.self == Moments.self || Tested.self == FadingMoments.self || Tested.self == RobustScale.self
            || Tested.self == QuantileSketch.self || Tested.self == SpellLength.self
    }
    private var ignoresValue: Bool { Tested.self == Cadence.self }

    func standsConstantSeries() {
        var model = make()
        for hour in 0..<2000 {
            let score = model.observe(20, at: Self.first + Double(hour) * 3600)
            expectSound(model, score, after: 20)
        }
        expectSound(model, model.observe(20.5, at: Self.first + 2001 * 3600), after: 20.5)
    }

    func scoresWithoutLearning() {
        var model = make()
        for (x, t) in ordinary(900, seed: 9) { model.learn(x, at: t) }
        let before = bytes(model)
        let once = model.score(400, at: Self.first + 901 * 3600)
        #expect(once == model.score(400, at: Self.first + 901 * 3600))
        #expect(bytes(model) == before)
    }

    func isQuietUntilWarmAndStaysWarm() {
        var model = make()
        #expect(!model.isWarm)
        var wasWarm = false
        for (x, t) in ordinary(2000, seed: 11) {
            let score = model.observe(x, at: t)
            #expect(score.isWarm || score.surprise == 0)
            #expect(model.isWarm || !wasWarm, "\(name): warmth was lost")
            wasWarm = model.isWarm
        }
        #expect(wasWarm, "\(name): not warm after 83 days")
    }

    func goesOnFromItsBytesBitForBit() {
        let stream = ordinary(1500, seed: 13)
        for cut in [0, 1, 17, 700, 1499] {
            var through = make()
            for (x, t) in stream.prefix(cut) { through.learn(x, at: t) }
            var copied = restored(bytes(through), as: Tested.self)
            for (x, t) in stream.dropFirst(cut) {
                #expect(through.observe(x, at: t) == copied.observe(x, at: t))
            }
            #expect(bytes(through) == bytes(copied), "\(name): cut at \(cut)")
        }
    }

    func hasNoHiddenBytes() {
        #expect(MemoryLayout<Tested>.size == size, "\(name)")
        #expect(stateBytes(make()) == size, "\(name): padding")
        #expect(bytes(make()) == bytes(make()), "\(name): a fresh value says how it was configured")
        #expect(Tested.version >= 1)
    }
}
