import Interactions
import PipelineKit

// What people read when somebody may have fallen or may not be well. On a lock screen anybody reads it: no address and nothing about
// health, but always the number of the emergency services.
extension Finding {
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

    /// Tells the relatives that there was neither a sign of life nor an answer.
    var noSignOfLife: Wording {
        Wording(
            french:
                "Votre proche n'a pas utilisé d'eau depuis \(since) et ne répond pas. Appelez ou passez. Urgence vitale : 15/112.",
            english:
                "Your relative has used no water since \(since) and does not answer. Please call or go there. Emergency: 15/112."
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

    /// Asks the first to go there.
    var alert: Wording {
        Wording(
            french:
                "ALERTE \(name) à \(since). Répondez 1 si vous y allez. Sans réponse, nous appelons le suivant. Urgence vitale : 15/112.",
            english:
                "ALERT \(name) at \(since). Reply 1 if you go there. Without an answer we call the next. Emergency: 15/112."
        )
    }

    /// Asks the next ones.
    var alertUnanswered: Wording {
        Wording(
            french:
                "ALERTE \(name) à \(since), sans réponse. Répondez 1 si vous y allez. Urgence vitale : 15/112.",
            english: "ALERT \(name) at \(since), no answer. Reply 1 if you go there. Emergency: 15/112."
        )
    }

    /// Asks those who are there when nobody else is.
    var alertLastResort: Wording {
        Wording(
            french:
                "ALERTE \(name) à \(since) : personne ne répond. Intervenez et répondez 1. Urgence vitale : 15/112.",
            english:
                "ALERT \(name) at \(since): nobody answers. Take over and reply 1. Emergency: 15/112."
        )
    }
}
