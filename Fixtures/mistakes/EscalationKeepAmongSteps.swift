// What repeats for ever, followed by steps that never come.
import Interactions
import Units

extension Contact {
    static let neighbour: Contact = "neighbour"
}

extension Escalation {
    static let flood = Escalation("flood", arrivalWithin: .minutes(30)) {
        Keep(asking: .neighbour, every: .minutes(5))  // expected-error {{Keep belongs inside lastResort: { … }}}
        Wait(.minutes(3))
    } lastResort: {
        Keep(asking: .neighbour, every: .minutes(5))
    }
}
