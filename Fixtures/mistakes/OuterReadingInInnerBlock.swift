// A field of the outer reading in the block of another one.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Derive(Ride.self, with: Rides()) {
        Detect("stuck", severity: .critical) {
            Holds(\.isStuck, for: .seconds(90))  // expected-error {{value of type 'Ride' has no member 'isStuck'}}
        } react: {
            OpenCase(in: .maintenance) { "\($0.facts.subject) is stuck" }
        }
    }
}
