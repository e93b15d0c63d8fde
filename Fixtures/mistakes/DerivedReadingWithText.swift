// A derived reading holds a String.
import Interactions
import PipelineKit
import Telemetry
import Units

struct Height {
    var name = ""
    var isLong = false
}

struct Heights: Transformer {  // expected-error {{type 'Heights' does not conform to protocol 'Transformer'}}
    mutating func step(_ status: ElevatorStatus) -> Height? { nil }  // expected-note {{candidate would match and infer 'Output' = 'Height' if 'Height' conformed to 'BitwiseCopyable'}}
}

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Derive(Height.self, with: Heights()) {  // expected-error {{'init(_:with:file:line:_:)' is unavailable: the transformer makes readings of another type than Derive names}}
        Detect("long", severity: .info) {
            Holds(\.isLong, for: .seconds(90))
        } react: {
            OpenCase(in: .maintenance) { "\($0.facts.subject) rides long" }
        }
    }
}
