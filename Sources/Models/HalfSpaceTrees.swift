import Glibc

/// Finds values that are rare together though each may be usual: the value, its step from the one before and
/// the hour of the day, in trees of half-spaces drawn at random. The score is how empty the place of the
/// value is, in standard deviations below what is usual.
///
/// - Works badly: when the unusual comes in packs as long as the window (it becomes the usual), on series of
///   which single values decide (`QuantileSketch` sees a record at once), and as the only model: it is
///   coarse.
/// - Formula: S. C. Tan, K. M. Ting, T. F. Liu, "Fast anomaly detection for streaming data", IJCAI 2011. 16
///   trees of depth 7 over [0, 1]³; a tree halves a box of twice that size about a random point, at each
///   level along a random axis (the same for all nodes of a level, so that a leaf is found without looking at
///   the tree). Each node counts the values of the last full window of 250; the mass of a value is that of
///   the first node on its way with fewer than a tenth of the window, times 2^depth, summed over the trees.
///   The score is the distance of ln(mass) below its `FadingMoments`. Value and step come into [0, 1] as 1/2
///   + z/(2·(3 + |z|)) with their deviations z from `FadingMoments` over four windows.
/// - The trees are the same in every model and on every machine. No tree is stored: halving a side is reading
///   the next bit of a coordinate.
/// - Warm-up: two windows: 500 values.
/// - State: 6256 bytes. Cost: about 1 µs.
///
/// ```swift
/// var heating = HalfSpaceTrees()
/// for hour in 0..<2000 {
///     let isNight = hour % 24 < 6
///     heating.learn((isNight ? 15 : 21) + 0.1 * Double(hour * 7 % 5), at: Double(hour) * 3600)
/// }
/// heating.score(21, at: 2003 * 3600).surprise     // an ordinary value, in the middle of the day
/// heating.score(21, at: 2017 * 3600).surprise     // the same at night: more
/// ```
public struct HalfSpaceTrees: Model {
    public static let version: UInt16 = 1

    private static let trees = 16
    private static let depth = 7
    /// Places for the nodes of one tree; the root is the first, and place 0 is of no node.
    private static let places = 1 << (depth + 1)
    private static let leaves = 1 << depth
    private static let window: UInt32 = 250
    private static let sparse: UInt8 = 25

    private var values = FadingMoments(memory: 1000)
    private var steps = FadingMoments(memory: 1000)
    private var logarithms = FadingMoments(memory: 1000)
    private var before = 0.0
    private var taken: UInt32 = 0
    private var windows: UInt32 = 0
    /// Values of the last full window in each node.
    private var masses = InlineArray<4096, UInt8>(repeating: 0)
    /// Values of the present window in each leaf.
    private var latest = InlineArray<2048, UInt8>(repeating: 0)

    public init() {}

    public var isWarm: Bool { windows >= 2 }

    public func score(_ x: Double, at t: Double) -> Score {
        guard x.isFinite, t.isMoment, windows > 0 else {
            return Score(sigmas: 0, usual: values.mean, isWarm: isWarm)
        }
        let lack = logarithms.mean - log(mass(in: leaves(of: x, at: t)))
        return Score(
            surprise: max(0, lack / max(logarithms.deviation, 0.1)),
            usual: values.mean,
            direction: x > values.mean ? .above : x < values.mean ? .below : .usual,
            isWarm: isWarm
        )
    }

    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite, t.isMoment else { return false }
        let leaves = leaves(of: x, at: t)
        if windows > 0 { logarithms.learn(log(mass(in: leaves)), at: t) }
        for tree in 0..<Self.trees { latest[tree * Self.leaves + Int(leaves[tree])] += 1 }
        steps.learn(x.bounded - (taken == 0 && windows == 0 ? x.bounded : before), at: t)
        values.learn(x, at: t)
        before = x.bounded
        taken += 1
        if taken == Self.window { turn() }
        return true
    }

    /// Makes the present window the one that is compared with.
    private mutating func turn() {
        for tree in 0..<Self.trees {
            let first = tree * Self.places
            for leaf in 0..<Self.leaves {
                masses[first + Self.leaves + leaf] = latest[tree * Self.leaves + leaf]
                latest[tree * Self.leaves + leaf] = 0
            }
            for node in stride(from: Self.leaves - 1, to: 0, by: -1) {
                masses[first + node] = masses[first + 2 * node] + masses[first + 2 * node + 1]
            }
        }
        taken = 0
        windows = min(windows + 1, 1_000_000)
    }

    /// How many values lie where this one does, as if each node had the size of the whole.
    private func mass(in leaves: InlineArray<16, UInt8>) -> Double {
        // Through a span: an element of the array itself would be read from a copy of the whole.
        let masses = masses.span
        var sum = 0
        for tree in 0..<Self.trees {
            let first = tree * Self.places
            let leaf = Self.leaves + Int(leaves[tree])
            var depth = 0
            while depth < Self.depth, masses[first + leaf >> (Self.depth - depth)] >= Self.sparse {
                depth += 1
            }
            sum += Int(masses[first + leaf >> (Self.depth - depth)]) << depth
        }
        // Half a value in all trees together, so that an empty place has a logarithm.
        return Double(sum) + 0.5
    }

    /// The leaf of each tree in which value, step and hour lie.
    private func leaves(of x: Double, at t: Double) -> InlineArray<16, UInt8> {
        let step = taken == 0 && windows == 0 ? 0 : x.bounded - before
        let point = SIMD4(
            Self.squeezed(x.bounded.sigmas(from: values.mean, spread: values.deviation)),
            Self.squeezed(step.sigmas(from: steps.mean, spread: steps.deviation)),
            Float(t.secondOfDay) / 86_400,
            0
        )
        let boxes = Self.boxes.span
        var leaves = InlineArray<16, UInt8>(repeating: 0)
        for tree in 0..<Self.trees { leaves[tree] = boxes[tree].leaf(of: point) }
        return leaves
    }

    private static func squeezed(_ z: Double) -> Float { Float(0.5 + z / (2 * (3 + abs(z)))) }

    /// SplitMix64's finaliser (Steele, Lea and Flood, 2014).
    private static func hash(_ number: UInt64) -> UInt64 {
        var z = (number &+ 1) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A tree: where its box begins, what makes a binary fraction of a side, and the axis halved at each
    /// level.
    struct Box: BitwiseCopyable, Sendable {
        var corner: SIMD4<Float>
        var scale: SIMD4<Float>
        /// Two bits a level, the root's the lowest.
        var axes: UInt64
        // A whole number of vectors.
        var unused: UInt64 = 0

        init(_ tree: Int) {
            var centre = SIMD4<Float>(repeating: 0.5)
            for axis in 0..<3 {
                centre[axis] = Float(hash(UInt64(1000 + 3 * tree + axis)) >> 40) / 16_777_216
            }
            let reach = 2 * pointwiseMax(centre, 1 - centre)
            corner = centre - reach
            scale = 4_294_967_040 / (2 * reach)
            axes = 0
            for level in 0..<depth { axes |= (hash(UInt64(tree * depth + level)) % 3) << (2 * UInt64(level)) }
        }

        /// The leaf in which a point lies: at each level the next bit of the side that is halved there.
        func leaf(of point: SIMD4<Float>) -> UInt8 {
            let place = (point - corner) * scale
            // Each side as a binary fraction.
            var sides = InlineArray<4, UInt32>(repeating: 0)
            for axis in 0..<3 { sides[axis] = UInt32(truncatingIfNeeded: Int(place[axis])) }
            var axes = axes
            var leaf: UInt32 = 0
            for _ in 0..<depth {
                let axis = Int(axes & 3)
                axes >>= 2
                leaf = leaf << 1 | sides[axis] >> 31
                sides[axis] <<= 1
            }
            return UInt8(truncatingIfNeeded: leaf)
        }
    }

    private static let boxes = InlineArray<16, Box> { Box($0) }
}
