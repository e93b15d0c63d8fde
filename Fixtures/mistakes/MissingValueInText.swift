// A text shows what may be missing.
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
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck: \($0.facts.why)" }  // expected-error {{'appendInterpolation' is unavailable: it may be missing: say what to write then in a property}}
    }
}
