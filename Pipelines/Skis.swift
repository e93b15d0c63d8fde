import Interactions
import Models
import PipelineKit
import Telemetry
import Units

/// A second or two of a skier: how both skis rotate, and where the skier is, as the ski computer bundles it.
struct SkiBlock: Reading {
    var computer = Name()
    var startedAt = Moment()
    /// Samples in a second.
    var rate = 50
    /// Empty when the ski says nothing.
    var left = Samples()
    var right = Samples()
    var altitude = Length(base: .nan)
    /// The way since the computer was switched on.
    var path = Length(base: .nan)

    static var fields: [Field<Self>] {
        Field("computer", \.computer)
        Field("ts", \.startedAt)
        Field("rate", \.rate, missing: .keepsInitialValue)
        Field("left", \.left, in: .degreesPerSecond, missing: .keepsInitialValue)
        Field("right", \.right, in: .degreesPerSecond, missing: .keepsInitialValue)
        Field("altitude", \.altitude, in: .metres, missing: .keepsInitialValue)
        Field("path", \.path, in: .metres, missing: .keepsInitialValue)
    }
}

extension SkiBlock {
    var hasWrongRate: Bool { rate < 20 || rate > 200 }
}

/// Takes every sample; one piece of news goes on with each block, the others wait for the next.
struct SkiNewsroom: Transformer {
    private var day = SkiDay(.france)

    mutating func step(_ block: SkiBlock) -> SkiNews? {
        let start = Double(block.startedAt.microseconds) / 1e6
        take(block.left, of: .left, from: start, rate: block.rate)
        take(block.right, of: .right, from: start, rate: block.rate)
        day.learn(altitude: block.altitude.base, odometer: block.path.base, at: start)
        return day.next().map { SkiNews(event: $0) }
    }

    private mutating func take(_ samples: Samples, of ski: Ski, from start: Double, rate: Int) {
        for index in 0..<samples.count {
            // Tenths of a degree a second.
            let sample = samples[index]
            day.learn(
                ski,
                x: Double(sample.x) / 10,
                y: Double(sample.y) / 10,
                z: Double(sample.z) / 10,
                at: start + Double(index) / Double(rate)
            )
        }
    }
}

let skis = Pipeline("skis", reading: SkiBlock.self, privacy: .personal) {
    Listen(to: "ski/+/computer/{computer}/block")
    Identify(by: \.computer, as: .skiComputer)
    Order(by: \.startedAt, waiting: .seconds(5))
    Drop("impossible rate", when: \.hasWrongRate)

    Derive(SkiNews.self, with: SkiNewsroom()) {
        Detect("left turn on a steep slope", severity: .info) {
            Happens(\.isSteepLeftTurn)
        } react: {
            Note(in: .activities) { $0.turn(french: "à gauche", english: "left") }
        }

        Detect("right turn on a steep slope", severity: .info) {
            Happens(\.isSteepRightTurn)
        } react: {
            Note(in: .activities) { $0.turn(french: "à droite", english: "right") }
        }

        Detect("run", severity: .info) {
            Happens(\.isRun)
        } react: {
            Note(in: .activities) { $0.run }
        }

        Detect("lift", severity: .info) {
            Happens(\.isLift)
        } react: {
            Note(in: .activities) { $0.lift }
        }

        Detect("left ski lost", severity: .advice) {
            Raised(\.isLeftLost, until: \.isLeftBack)
        } react: {
            OpenCase(in: .afterSales) { $0.lost(french: "gauche", english: "left") }
        }

        Detect("right ski lost", severity: .advice) {
            Raised(\.isRightLost, until: \.isRightBack)
        } react: {
            OpenCase(in: .afterSales) { $0.lost(french: "droit", english: "right") }
        }
    }
}
