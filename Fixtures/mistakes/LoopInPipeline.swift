// A pipeline has a loop.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    for span in [1, 2] {
        Drop("stuck", when: \.isStuck)
    }  // expected-error {{'buildArray' is unavailable: a pipeline has no loops; write the stages one below the other}}
    Detect("stuck", severity: .critical) {
        Holds(\.isStuck, for: .seconds(90))
    } react: {
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck" }
    }
}
