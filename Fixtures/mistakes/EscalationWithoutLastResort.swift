// An escalation that may end with nobody.
import Interactions
import Units

extension Contact {
    static let neighbour: Contact = "neighbour"
}

extension Escalation {
    static let flood = Escalation("flood", arrivalWithin: .minutes(30)) {  // expected-error {{an escalation needs a last resort: add lastResort: { Keep(asking: …, every: …) }}}
        Ask(.neighbour)
        Wait(.minutes(3))
    }
}
