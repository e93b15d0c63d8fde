import Interactions
import PipelineKit

/// An elevator that does not run, in the words of the desk and of the lift company.
extension Finding<ElevatorStatus> {
    var outage: Wording {
        Wording(french: "\(name) en panne depuis \(since)", english: "\(name) out of service since \(since)")
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
}
