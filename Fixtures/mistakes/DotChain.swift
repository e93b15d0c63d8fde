// Stages are chained with dots.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Drop("stuck", when: \.isStuck)  // expected-error {{cannot infer key path type from context; consider explicitly specifying a root type}}
        .keep(\.load)  // expected-error {{value of type 'Drop<Content>' has no member 'keep'}}  // expected-error {{cannot infer key path type from context; consider explicitly specifying a root type}}
    Detect("stuck", severity: .critical) {
        Holds(\.isStuck, for: .seconds(90))
    } react: {
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck" }
    }
}
