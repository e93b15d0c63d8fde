// The memory of a transformer holds a String.
import Interactions
import PipelineKit
import Telemetry
import Units

struct Heights: Transformer {
    var last = ""  // expected-error {{stored property 'last' of 'BitwiseCopyable'-conforming struct 'Heights' has non-bitwise-copyable type 'String'}}

    mutating func step(_ status: ElevatorStatus) -> Ride? { nil }
}

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Derive(Ride.self, with: Heights()) {
        Detect("long", severity: .info) {
            Holds(\.isLong, for: .seconds(90))
        } react: {
            OpenCase(in: .maintenance) { "\($0.facts.subject) rides long" }
        }
    }
}
