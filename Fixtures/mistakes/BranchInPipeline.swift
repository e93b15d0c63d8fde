// A pipeline has an if.
import Interactions
import PipelineKit
import Telemetry
import Units

let isWinter = true

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    if isWinter {  // expected-error {{'buildOptional' is unavailable: a pipeline has no if; use Drop(_:when:), or write two pipelines}}
        Drop("stuck", when: \.isStuck)
    }  // expected-error {{'buildOptional' is unavailable: a pipeline has no if; use Drop(_:when:), or write two pipelines}}
    Detect("stuck", severity: .critical) {
        Holds(\.isStuck, for: .seconds(90))
    } react: {
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck" }
    }
}
