// A detector chooses its signs.
import Interactions
import PipelineKit
import Telemetry
import Units

let isWinter = true

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Detect("stuck", severity: .critical) {
        if isWinter {  // expected-error {{'buildOptional' is unavailable: signs have no if; make a condition of it, or write two detectors}}
            Holds(\.isStuck, for: .seconds(90))
        }  // expected-error {{'buildOptional' is unavailable: signs have no if; make a condition of it, or write two detectors}}
    } react: {
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck" }
    }
}
