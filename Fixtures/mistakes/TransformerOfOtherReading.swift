// A transformer takes another reading.
import Interactions
import PipelineKit
import Telemetry
import Units

struct Heights: Transformer {
    mutating func step(_ ride: Ride) -> Ride? { nil }
}

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Derive(Ride.self, with: Heights()) {  // expected-error {{static method 'buildExpression' requires the types 'ElevatorStatus' and 'Ride' be equivalent}}
        Detect("long", severity: .info) {
            Holds(\.isLong, for: .seconds(90))
        } react: {
            OpenCase(in: .maintenance) { "\($0.facts.subject) rides long" }
        }
    }
}
