import Interactions
import PipelineKit

// What people read when somebody may have fallen or may not be well. On a lock screen anybody reads it: no address and nothing about
// health, but always the number of the emergency services.
extension Finding {
    /// For the team.
    var fallOrCall: Wording {
        Wording(
            french: "\(name) : chute ou appel à l'aide à \(since)",
            english: "\(name): fall or call for help at \(since)"
        )
    }

    /// Asks the person concerned.
    var areYouWell: Wording {
        Wording(
            french:
                "Tout va bien ? Répondez 1. Sans réponse dans 1 min, nous prévenons vos proches. Urgence vitale : 15/112.",
            english:
                "Are you well? Reply 1. Without an answer in 1 min we tell your relatives. Emergency: 15/112."
        )
    }

    /// Asks a person whose home has been quieter than it ever is.
    var isAnybodyThere: Wording {
        Wording(
            french:
                "Bonjour, tout va bien ? Répondez 1. Sans réponse dans 30 min, nous prévenons vos proches. Urgence vitale : 15/112.",
            english:
                "Hello, are you well? Reply 1. Without an answer in 30 min we tell your relatives. Emergency: 15/112."
        )
    }

    /// Tells the relatives that there is a sign of life again.
    var signOfLife: Wording {
        Wording(
            french:
                "Signe de vie de votre proche à \(at) (eau ou absence annoncée). Un appel de votre part reste utile.",
            english:
                "Sign of life from your relative at \(at) (water or absence announced). A call from you is still a good idea."
        )
    }
}

extension Asking {
    /// Asks who is near to call or go there: there was neither a sign of life nor an answer.
    var noSignOfLife: Wording {
        Wording(
            french:
                "\(self.name) : pas d'eau depuis \(self.since) ni de réponse. Appelez ou passez. Répondez 1 \(.code) pour y aller, 2 \(.code) sinon. Urgence vitale : 15/112.",
            english:
                "\(self.name): no water since \(self.since), no answer. Call or go there. Reply 1 \(.code) if you go, 2 \(.code) if not. Emergency: 15/112."
        )
    }

    /// Asks somebody to go there.
    var alert: Wording {
        Wording(
            french:
                "ALERTE \(self.name) à \(self.since). Répondez 1 \(.code) si vous y allez, 2 \(.code) sinon. Sans réponse, contact suivant à \(self.nextAt). Urgence vitale : 15/112.",
            english:
                "ALERT \(self.name) at \(self.since). Reply 1 \(.code) if you go there, 2 \(.code) if not. Next contact at \(self.nextAt). Emergency: 15/112."
        )
    }

    /// Asks those who are there when nobody else is.
    var alertLastResort: Wording {
        Wording(
            french:
                "ALERTE \(self.name) à \(self.since) : personne ne répond. Intervenez et répondez 1 \(.code). Urgence vitale : 15/112.",
            english:
                "ALERT \(self.name) at \(self.since): nobody answers. Take over and reply 1 \(.code). Emergency: 15/112."
        )
    }
}
