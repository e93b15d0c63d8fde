// A condition is written as a comparison.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Detect("stuck", severity: .critical) {
        Holds({ $0.load > .kilograms(25) }, for: .seconds(90))  // expected-error {{closure passed to parameter of type 'KeyPath<ElevatorStatus, Bool>' that does not accept a closure}}
    } react: {
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck" }
    }
}
