// A last resort that is asked once.
import Interactions
import Units

extension Contact {
    static let neighbour: Contact = "neighbour"
}

extension Escalation {
    static let flood = Escalation("flood", arrivalWithin: .minutes(30)) {
        Ask(.neighbour)
        Wait(.minutes(3))
    } lastResort: {
        Ask(.neighbour)  // expected-error {{a last resort is asked until a person takes it: write Keep(asking: …, every: …)}}
    }
}
