// A contact is misspelt.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Detect("stuck", severity: .critical) {
        Holds(\.isStuck, for: .seconds(90))
    } react: {
        Text(.technitian) { "\($0.reading.elevator) is stuck" }  // expected-error {{type 'Contact' has no member 'technitian'}}
    }
}
