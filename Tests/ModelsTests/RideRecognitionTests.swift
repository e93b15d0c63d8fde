import Testing

@testable import Models

@Suite("Rides from acceleration")
struct RideRecognitionTests {
    /// 0.8 m/s² for about two seconds, with the jerk of 1 m/s³ that people are spared.
    private func push(_ second: Double) -> Double {
        min(0.8, max(0, min(second, 2.8 - second)))
    }

    /// Rides of alternating direction, one a minute, ten seconds apart at the least, from the 10th second on.
    private func rides(
        _ count: Int,
        rate: Double,
        mounting: (x: Double, y: Double, z: Double) = (0, 0, 1),
        noise: Double = 0.05
    ) -> [RideRecognition.Ride] {
        var random = Seeded(83)
        var cabin = RideRecognition()
        var rides: [RideRecognition.Ride] = []
        for index in 0..<Int(Double(count) * 60 * rate) {
            let t = Double(index) / rate
            let second = t.truncatingRemainder(dividingBy: 60)
            let way: Double = Int(t / 60) % 2 == 0 ? 1 : -1
            let push = way * (push(second - 10) - push(second - 20))
            let down = 9.81 + push
            let ended = cabin.learn(
                x: mounting.x * down + random.bell(noise),
                y: mounting.y * down + random.bell(noise),
                z: mounting.z * down + random.bell(noise),
                at: 1_700_000_000 + t
            )
            if ended { rides.append(cabin.ride) }
        }
        #expect(cabin.rides == rides.count)
        return rides
    }

    @Test("The example of the documentation holds")
    func example() {
        var cabin = RideRecognition()
        for index in 0..<2000 {
            let second = Double(index) / 50
            let push = (10..<12).contains(second) ? 0.8 : (20..<22).contains(second) ? -0.8 : 0
            cabin.learn(x: 0, y: 0, z: 9.81 + push, at: second)
        }
        #expect(cabin.rides == 1)
        #expect(cabin.ride.direction == .up)
        #expect(abs(cabin.ride.travel - 16) < 1)
        #expect(abs(cabin.ride.duration - 12) < 1)
        #expect(abs(cabin.ride.peakSpeed - 1.6) < 0.1)
    }

    @Test(
        "Every ride is found with its direction, at every rate and in every position",
        arguments: [10.0, 25, 50, 200]
    )
    func found(rate: Double) {
        for mounting in [(0.0, 0.0, 1.0), (0, -1, 0), (0.6, 0, 0.8)] {
            let found = rides(8, rate: rate, mounting: mounting)
            #expect(found.map(\.direction) == [.up, .down, .up, .down, .up, .down, .up, .down])
            for ride in found { #expect(abs(ride.travel - 16) < 3, "\(ride.travel) m") }
        }
    }

    @Test("A cabin that shakes twice as much has twice the vibration")
    func vibration() {
        let smooth = rides(4, rate: 50, noise: 0.04)
        let rough = rides(4, rate: 50, noise: 0.08)
        for (ride, other) in zip(smooth, rough) {
            #expect(abs(other.vibration / ride.vibration - 2) < 0.3)
        }
    }

    @Test("Standing still, a hand and a gap are no rides")
    func none() {
        var random = Seeded(89)
        var cabin = RideRecognition()
        for index in 0..<30_000 {
            let t = Double(index) / 50 + (index > 15_000 ? 3600 : 0)
            let isHeld = (200..<260).contains(index / 50)
            let shake = isHeld ? 6.0 : 0.05
            cabin.learn(x: random.bell(shake), y: random.bell(shake), z: 9.81 + random.bell(shake), at: t)
        }
        #expect(cabin.rides == 0)
        #expect(cabin.isWarm)
    }

    @Test("It stays finite under wild samples and times, and goes on from its bytes")
    func hostile() {
        var random = Seeded(97)
        let wild: [Double] = [.nan, .infinity, -.infinity, 1e300, -1e300, .leastNonzeroMagnitude, 0, 9.81]
        let times: [Double] = [.nan, .infinity, 0, -1, 9.9e10, 1_700_000_000]
        var cabin = RideRecognition()
        #expect(MemoryLayout<RideRecognition>.size == stateBytes(cabin))
        #expect(MemoryLayout<RideRecognition>.size == 184)
        for index in 0..<20_000 {
            let t = 1_700_000_000 + Double(index) / 50
            let isWild = random.number() < 0.02
            cabin.learn(
                x: isWild ? wild.randomElement(using: &random) ?? 0 : 0,
                y: isWild ? wild.randomElement(using: &random) ?? 0 : 0,
                z: 9.81 + (index / 100 % 7 == 1 ? 0.9 : index / 100 % 7 == 4 ? -0.9 : 0),
                at: random.number() < 0.01 ? times.randomElement(using: &random) ?? t : t
            )
            var copied = restored(bytes(cabin), as: RideRecognition.self)
            copied.learn(x: 0, y: 0, z: 9.81, at: t + 0.01)
            let ride = cabin.ride
            for number in [ride.start, ride.duration, ride.travel, ride.peakSpeed, ride.vibration] {
                #expect(number.isFinite)
            }
        }
        let before = bytes(cabin)
        cabin.learn(x: .nan, y: 0, z: 9.81, at: 1_800_000_000)
        #expect(bytes(cabin) == before)
    }
}
