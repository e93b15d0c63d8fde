/// Finds impacts in acceleration and says all that is known around them, 3.4 s later; what it makes of them is
/// for others.
///
/// After a gap what is known of an impact at least a second old is told at once: a sensor that breaks or falls
/// silent in a fall is not one that saw none.
package struct ImpactFinder: BitwiseCopyable, Sendable {
    /// An impact and the seconds around it.
    package struct Impact: Sendable {
        /// In seconds since 1970.
        package var at: Double
        /// In g.
        package var magnitude: Double
        package var features: FallFeatures
        /// The mean acceleration in the seconds before, in g.
        var before: SIMD3<Float>
        var after: SIMD3<Float>
    }

    var ring = MotionRing()

    /// How old an impact is when it is told, in slots (3.4 s): with the longest interval between samples less
    /// than 3.5 s.
    static let delay = 85
    /// How old it must be to be told when a gap ends what is known.
    private static let leastKnown = 25

    package init() {}

    /// Takes one sample in milli-g. False when it could not be used.
    package mutating func learn(
        x: Double,
        y: Double,
        z: Double,
        at t: Double,
        told: (Impact) -> Void
    ) -> Bool {
        guard x.isFinite, y.isFinite, z.isFinite, t.isMoment else { return false }
        let sample = SIMD3(Self.bounded(x), Self.bounded(y), Self.bounded(z))
        switch ring.arrival(at: t) {
        case .late: return false
        case .anew:
            tellPending(told)
            ring.start(at: t)
        case .goesOn:
            while ring.completeSlot(before: t, towards: sample) {
                if ring.hasImpact(Self.delay) { told(impact(Self.delay)) }
            }
        }
        ring.add(sample)
        return true
    }

    private static func bounded(_ x: Double) -> Float { Float(x.clamped(to: 32_000)) }

    /// Tells the impacts that were not told yet.
    private mutating func tellPending(_ told: (Impact) -> Void) {
        for age in (Self.leastKnown..<Self.delay).reversed() where ring.hasImpact(age) { told(impact(age)) }
    }

    private mutating func impact(_ age: Int) -> Impact {
        var window = MotionWindow(&ring, impactAge: age)
        return Impact(
            at: ring.time(ofAge: age),
            magnitude: Double(window.peak),
            features: FallFeatures(&window),
            before: window.vector(FallFeatures.before(window)),
            after: window.vector(FallFeatures.after(window))
        )
    }
}
