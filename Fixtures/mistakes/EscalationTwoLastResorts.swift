// Two last resorts, one after the other.
import Interactions
import Units

extension Contact {
    static let neighbour: Contact = "neighbour"
}

extension Escalation {
    static let flood = Escalation("flood", arrivalWithin: .minutes(30)) {
        Ask(.neighbour)
        Wait(.minutes(3))
    } lastResort: {  // expected-error {{a last resort has one Keep; name all its contacts in it}}
        Keep(asking: .neighbour, every: .minutes(5))
        Keep(asking: .neighbour, every: .minutes(9))
    }
}
