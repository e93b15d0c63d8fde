import Interactions
import Models
import PipelineKit
import Units

// From what is known of a home to signs of life.

/// What was used since the reading before, and whether anybody is there to use it.
struct HomeUse {
    var beganAt = Moment()
    var endedAt = Moment()
    /// More than nothing when somebody gave a sign of life in another way.
    var used = Volume.zero
    /// From the begin to the end nobody was at home, as it was said.
    var isAway = false
    /// Water ran while nobody was at home: said once.
    var isUsedWhileAway = false
    /// That is over: the absence is, or somebody came back.
    var isOver = false

    var flow: FlowRate { FlowRate(used, over: endedAt.since(beganAt)) }
}

/// Knows who is away. Whoever says that they leave is there; and when they should be back their silence begins anew,
/// which is why the readings at both ends of an absence count as use.
struct HomeUses: Transformer {
    private var counter = Counter.ofWater
    private var away = Away()
    private var wasAway = false
    private var isTold = false

    private static let drop = Volume.litres(0.001)

    mutating func step(_ message: HomeMessage) -> HomeUse? {
        if message.saysAbsence {
            declare(message)
            return nil
        }
        let end = message.measuredAt
        guard case .forward(let used, let span) = counter.advance(to: message.total, at: end) else {
            return nil
        }
        let litres = used.value(in: .litres)
        away.learn(litres, from: (end - span).inSeconds, to: end.inSeconds)
        let isAway = away.isAway(at: end.inSeconds)
        let isRunning = away.alarm.isRaised
        defer { (wasAway, isTold) = (isAway, isRunning) }
        return HomeUse(
            beganAt: end - span,
            endedAt: end,
            used: isAway == wasAway ? used : max(used, Self.drop),
            isAway: isAway && wasAway,
            isUsedWhileAway: isRunning && !isTold,
            isOver: isTold && !isRunning
        )
    }

    private mutating func declare(_ message: HomeMessage) {
        let from = max(message.awayFrom, message.measuredAt)
        // An absence that is over says that they are back.
        if !away.declare(from: from.inSeconds, until: message.awayUntil.inSeconds) { away.declareBack() }
    }
}

extension Moment {
    fileprivate var inSeconds: Double { Double(microseconds) / 1e6 }
}

extension Finding where Reading == HomeUse {
    /// For whoever said that they are away.
    var waterWhileYouAreAway: Wording {
        Wording(
            french:
                "Eau : \(reading.flow) chez vous depuis \(reading.beganAt), pendant votre absence. Une visite ? Sinon, faites fermer l'arrivée d'eau.",
            english:
                "Water: \(reading.flow) in your home since \(reading.beganAt), while you are away. A visitor? If not, have the main tap closed."
        )
    }

    /// For the relatives of who is away.
    var waterWhileTheyAreAway: Wording {
        Wording(
            french:
                "De l'eau coule chez votre proche depuis \(reading.beganAt) (\(reading.flow)) malgré son absence annoncée. Une visite, un retour ou une fuite ?",
            english:
                "Water has run in your relative's home since \(reading.beganAt) (\(reading.flow)) although nobody should be there. A visit, a return or a leak?"
        )
    }
}
