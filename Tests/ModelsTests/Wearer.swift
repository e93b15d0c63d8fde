/// Somebody with a sensor: acceleration in milli-g, upright at first, and what happens at a second of its own.
struct Wearer {
    enum Deed { case nothing, fall, sitDown, jump }
    enum Afterwards { case liesStill, getsUpAndWalks, movesOnTheFloor }

    let deed: Deed
    /// When it happens, in seconds after the start.
    let at: Double
    var afterwards = Afterwards.liesStill

    func sample(_ t: Double, _ random: inout Seeded) -> SIMD3<Double> {
        let noise = SIMD3(random.bell(15), random.bell(15), random.bell(15))
        return base(t - at) + noise
    }

    private func base(_ after: Double) -> SIMD3<Double> {
        let upright = SIMD3<Double>(0, 1000, 0)
        switch deed {
        case .nothing: return upright
        case .fall: return falling(after)
        case .sitDown:
            if after < 0 { return upright }
            return after < 0.1 ? SIMD3(0, 1900, 300) : SIMD3(150, 980, 50)
        case .jump:
            if after < -0.4 || after >= 0.1 { return upright }
            return after < 0 ? SIMD3(0, 200, 0) : SIMD3(300, 3500, 100)
        }
    }

    private func falling(_ after: Double) -> SIMD3<Double> {
        switch after {
        case ..<(-0.8): SIMD3(0, 1000, 0)
        case ..<(-0.3): SIMD3(200, 700, 100)
        case ..<0: SIMD3(300, 250, 100)
        case ..<0.08: SIMD3(3600, 1900, 900)
        case ..<0.2: SIMD3(1900, 300, -600)
        case ..<0.36: SIMD3(700, -300, 300)
        case ..<0.6: SIMD3(1300, 200, 100)
        case ..<9: SIMD3(980, 100, 100)
        default: late(after)
        }
    }

    private func late(_ after: Double) -> SIMD3<Double> {
        // Two steps a second, of a third of a g.
        let step = after.truncatingRemainder(dividingBy: 0.5) < 0.2 ? 300.0 : -100
        switch afterwards {
        case .liesStill: return SIMD3(980, 100, 100)
        case .getsUpAndWalks: return SIMD3(30, 1000 + step, 0)
        case .movesOnTheFloor:
            // Pulls along for two seconds and rests for one.
            let pulls = after.truncatingRemainder(dividingBy: 3) < 2
            return pulls ? SIMD3(900 + step, 200, 2 * step) : SIMD3(980, 150, 60)
        }
    }
}
