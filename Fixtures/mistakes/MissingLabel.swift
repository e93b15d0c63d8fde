// A label is missing.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Detect("stuck", severity: .critical) {
        Holds(\.isStuck, .seconds(90))  // expected-error {{missing argument label 'for:' in call}}
    } react: {
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck" }
    }
}
