// An escalation with a loop.
import Interactions
import Units

extension Contact {
    static let neighbour: Contact = "neighbour"
}

extension Escalation {
    static let flood = Escalation("flood", arrivalWithin: .minutes(30)) {
        for _ in 1...3 {
            Ask(.neighbour)
            Wait(.minutes(3))
        }  // expected-error {{an escalation has no loops; use InTurn(_:every:rounds:)}}
    } lastResort: {
        Keep(asking: .neighbour, every: .minutes(5))
    }
}
