// A sign stands among the reactions.
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
        OpenCase(in: .maintenance) { "\($0.facts.subject) is stuck" }
        Silent(for: .minutes(5))  // expected-error {{'buildExpression' is unavailable: a sign belongs in the first block of Detect, before react:}}
    }
}
