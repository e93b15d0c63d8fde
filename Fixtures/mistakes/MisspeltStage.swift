// A stage is misspelt.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    DropRepeat(of: \.sequence, within: .minutes(10))  // expected-error {{cannot find 'DropRepeat' in scope}}  // expected-error {{cannot infer key path type from context; consider explicitly specifying a root type}}  // expected-error {{cannot infer contextual base in reference to member 'minutes'}}
    Detect("stuck", severity: .critical) {
        Holds(\.isStuck, for: .seconds(90))
    } react: {
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck" }
    }
}
