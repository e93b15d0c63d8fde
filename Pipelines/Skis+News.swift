import Interactions
import Models
import PipelineKit
import Units

/// What is worth a note, and how it is said.
struct SkiNews {
    let event: SkiEvent

    var isSteepLeftTurn: Bool { isSteepTurn && event.heading > 0 }
    var isSteepRightTurn: Bool { isSteepTurn && event.heading < 0 }
    var isRun: Bool { event.kind == .runEnds }
    var isLift: Bool { event.kind == .liftEnds }
    var isLeftLost: Bool { isLost && event.ski == .left }
    var isRightLost: Bool { isLost && event.ski == .right }
    var isLeftBack: Bool { event.kind == .sensorBack && event.ski == .left }
    var isRightBack: Bool { event.kind == .sensorBack && event.ski == .right }

    private var isSteepTurn: Bool { event.kind == .turn && event.slope == .black }
    private var isLost: Bool { event.kind == .sensorSilent || event.kind == .sensorStuck }

    var began: Moment { Moment(microseconds: Int64(event.since * 1e6)) }
    var lasted: Duration { .seconds(event.duration.rounded()) }
    var drop: Length { .metres(abs(Double(event.climb)).rounded()) }
    var length: Length { whole(event.length) }
    var radius: Length { whole(event.radius) }
    var grade: Ratio { .percent(Double(event.grade).rounded()) }

    /// Nothing is said of turns when neither ski spoke.
    func turns(_ word: String) -> String {
        event.skis == 0 ? "" : ", \(event.turns) \(word)\(event.turns == 1 ? "" : "s")"
    }

    /// What is not known is 0 in an event, and is said to be unknown.
    private func whole(_ metres: Float) -> Length { .metres(metres > 0 ? Double(metres).rounded() : .nan) }
}

extension Finding where Reading == SkiNews {
    func turn(french: String, english: String) -> Wording {
        let (news, slope) = (reading, reading.event.slope)
        return Wording(
            french:
                "\(name) : virage \(french) sur une pente \(slope.french) (\(news.grade)), rayon \(news.radius)",
            english:
                "\(name): \(english) turn on a \(slope.english) slope (\(news.grade)), radius \(news.radius)"
        )
    }

    var run: Wording {
        let (news, event) = (reading, reading.event)
        return Wording(
            french:
                "\(name) : descente \(event.number), piste \(event.slope.french), \(news.length), \(news.drop) de dénivelé\(news.turns("virage"))",
            english:
                "\(name): run \(event.number), \(event.slope.english), \(news.length), \(news.drop) down\(news.turns("turn"))"
        )
    }

    var lift: Wording {
        let (news, event) = (reading, reading.event)
        return Wording(
            french: "\(name) : remontée \(event.number), \(news.drop) de dénivelé en \(news.lasted)",
            english: "\(name): lift \(event.number), \(news.drop) up in \(news.lasted)"
        )
    }

    func lost(french: String, english: String) -> Wording {
        let isStuck = reading.event.kind == .sensorStuck
        return Wording(
            french:
                "\(name) : capteur du ski \(french) \(isStuck ? "bloqué" : "muet") depuis \(reading.began), les virages sont comptés sur l'autre",
            english:
                "\(name): sensor of the \(english) ski \(isStuck ? "stuck" : "silent") since \(reading.began), turns are counted on the other one"
        )
    }
}

extension SlopeClass {
    var french: String {
        switch self {
        case .unknown: "de pente inconnue"
        case .green: "verte"
        case .blue: "bleue"
        case .red: "rouge"
        case .black: "noire"
        }
    }

    var english: String {
        switch self {
        case .unknown: "unknown slope"
        case .green: "green"
        case .blue: "blue"
        case .red: "red"
        case .black: "black"
        }
    }
}
