// A reason to drop is written as a comparison.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Drop("loaded", when: { $0.load > .kilograms(25) })  // expected-error {{closure passed to parameter of type 'KeyPath<ElevatorStatus, Bool>' that does not accept a closure}}
    Detect("stuck", severity: .critical) {
        Holds(\.isStuck, for: .seconds(90))
    } react: {
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck" }
    }
}
