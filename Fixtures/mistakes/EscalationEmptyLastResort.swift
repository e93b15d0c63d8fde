// A last resort of nobody.
import Interactions
import Units

extension Contact {
    static let neighbour: Contact = "neighbour"
}

extension Escalation {
    static let flood = Escalation("flood", arrivalWithin: .minutes(30)) {
        Ask(.neighbour)
        Wait(.minutes(3))
    } lastResort: {  // expected-error {{a last resort needs somebody: write Keep(asking: …, every: …)}}
    }
}
