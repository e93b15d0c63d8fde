// A detector chooses its reactions.
import Interactions
import PipelineKit
import Telemetry
import Units

let isWinter = true

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Detect("stuck", severity: .critical) {
        Holds(\.isStuck, for: .seconds(90))
    } react: {
        if isWinter {  // expected-error {{'buildOptional' is unavailable: reactions have no if; make a condition of it, or write two detectors}}
            OpenCase(in: .maintenance) { "\($0.facts.subject) is stuck" }
        }  // expected-error {{'buildOptional' is unavailable: reactions have no if; make a condition of it, or write two detectors}}
    }
}
