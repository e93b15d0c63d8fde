import Interactions
import PipelineKit

// What is read of an elevator, whoever tells of it: its controller, a gateway or a monitoring platform.
extension Finding {
    var elevatorOutOfService: Wording {
        Wording(
            french: "\(name) en panne depuis \(since)",
            english: "\(name) out of service since \(since)"
        )
    }

    var outageForTechnician: Wording {
        Wording(
            french: "\(name), \(address) : en panne depuis \(since). Le dossier est ouvert.",
            english: "\(name), \(address): out of service since \(since). The case is open."
        )
    }

    var endForTechnician: Wording {
        Wording(
            french: "\(name), \(address) : de nouveau en service depuis \(at).",
            english: "\(name), \(address): back in service since \(at)."
        )
    }

    var peopleStuck: Wording {
        Wording(
            french: "\(name) : personnes bloquées depuis \(since)",
            english: "\(name): people stuck since \(since)"
        )
    }
}

extension Finding<LiftStatus> {
    var lesserFault: Wording {
        Wording(
            french: "\(name) : défaut \(reading.fault) depuis \(since)",
            english: "\(name): \(reading.fault) since \(since)"
        )
    }
}

extension Asking {
    /// Asks somebody to release people.
    var goToPeopleStuck: Wording {
        Wording(
            french:
                "\(self.name), \(self.address) : personnes bloquées depuis \(self.since). Répondez 1 \(.code) pour y aller, 2 \(.code) sinon. Suivant à \(self.nextAt).",
            english:
                "\(self.name), \(self.address): people stuck since \(self.since). Reply 1 \(.code) if you go there, 2 \(.code) if not. Next contact at \(self.nextAt)."
        )
    }
}
