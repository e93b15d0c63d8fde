import Interactions
import Models

extension Alarm.Cause {
    /// What was seen, in a few words of a carer or a technician.
    var words: Wording {
        switch self {
        case .none: Wording(french: "rien", english: "nothing")
        case .aboveUsual: Wording(french: "plus haut que d'habitude", english: "higher than usual")
        case .belowUsual: Wording(french: "plus bas que d'habitude", english: "lower than usual")
        case .driftUp: Wording(french: "monte peu à peu", english: "creeps up")
        case .driftDown: Wording(french: "baisse peu à peu", english: "creeps down")
        case .neverZero: Wording(french: "ne s'arrête jamais", english: "never stops")
        case .minimumFlow: Wording(french: "débit minimal en hausse", english: "least flow has risen")
        case .burst: Wording(french: "débit très fort qui dure", english: "very strong flow that lasts")
        case .pastUsualHour: Wording(french: "heure habituelle passée", english: "past the usual hour")
        case .pastHardLimit: Wording(french: "délai maximal passé", english: "past the longest time allowed")
        case .fall: Wording(french: "chute", english: "fall")
        case .shiftUp: Wording(french: "niveau moyen en hausse", english: "mean level has risen")
        case .shiftDown: Wording(french: "niveau moyen en baisse", english: "mean level has dropped")
        case .aboveUsualHour: Wording(french: "trop pour cette heure", english: "too much for this hour")
        case .belowUsualHour:
            Wording(french: "trop peu pour cette heure", english: "too little for this hour")
        case .oftenHigh: Wording(french: "souvent élevé", english: "high too often")
        case .rareTogether: Wording(french: "combinaison rare", english: "rare combination")
        case .tooMany: Wording(french: "trop d'événements", english: "too many events")
        case .tooFew: Wording(french: "trop peu d'événements", english: "too few events")
        case .repeated: Wording(french: "se répète", english: "happens again and again")
        case .unanswered: Wording(french: "appels sans réponse", english: "calls without an answer")
        case .beyondLimit: Wording(french: "hors limite", english: "beyond the limit")
        case .impact: Wording(french: "choc violent", english: "hard impact")
        case .weightless: Wording(french: "chute libre", english: "free fall")
        case .postureChange: Wording(french: "changement de posture", english: "change of posture")
        case .stillAfter: Wording(french: "peu de mouvement ensuite", english: "little movement afterwards")
        case .movementBefore:
            Wording(french: "mouvement avant le choc", english: "movement before the impact")
        case .steadyFlow: Wording(french: "débit constant", english: "steady flow")
        case .backwards: Wording(french: "tourne à l'envers", english: "runs backwards")
        case .longWatering:
            Wording(french: "arrosage plus long que d'habitude", english: "longer watering than usual")
        case .missedWatering: Wording(french: "arrosage manqué", english: "watering missed")
        case .usedWhileAway: Wording(french: "eau utilisée en absence", english: "used while away")
        case .upAtNight:
            Wording(french: "levé la nuit plus que d'habitude", english: "up at night more than usual")
        case .fewActiveHours: Wording(french: "peu d'heures d'activité", english: "few active hours")
        case .warming: Wording(french: "se rapproche de la limite", english: "nears the limit")
        case .runsTooLong: Wording(french: "marche trop longtemps", english: "runs too long")
        case .runsTooShort: Wording(french: "marche trop peu", english: "runs too briefly")
        case .restsTooLong: Wording(french: "à l'arrêt trop longtemps", english: "rests too long")
        case .restsTooShort: Wording(french: "redémarre trop vite", english: "starts again too soon")
        case .outOfService: Wording(french: "en panne", english: "out of service")
        case .entrapment: Wording(french: "en panne, occupé", english: "out of service with someone inside")
        case .standstill: Wording(french: "ne bouge plus", english: "does not move any more")
        case .driftUpwards: Wording(french: "usure à la montée", english: "wear on the way up")
        case .driftDownwards: Wording(french: "usure à la descente", english: "wear on the way down")
        case .silent: Wording(french: "ne dit plus rien", english: "says nothing any more")
        case .leftTurn: Wording(french: "virage à gauche", english: "left turn")
        case .rightTurn: Wording(french: "virage à droite", english: "right turn")
        case .run: Wording(french: "descente", english: "run")
        case .lift: Wording(french: "remontée", english: "lift")
        case .fewSmallDraws:
            Wording(french: "peu de petits puisages d'eau", english: "few small draws of water")
        }
    }
}
