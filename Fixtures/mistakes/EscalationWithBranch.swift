// An escalation with an if: it would be decided when the policy is made, not when it is used.
import Interactions
import Units

extension Contact {
    static let neighbour: Contact = "neighbour"
}

let isNight = true

extension Escalation {
    static let flood = Escalation("flood", arrivalWithin: .minutes(30)) {
        if isNight {  // expected-error {{an escalation has no if; use Only(during:), or write two of them}}
            Ask(.neighbour, by: .voice)
        }  // expected-error {{an escalation has no if; use Only(during:), or write two of them}}
        Wait(.minutes(3))
    } lastResort: {
        Keep(asking: .neighbour, every: .minutes(5))
    }
}
