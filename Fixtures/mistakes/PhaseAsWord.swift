// A phase is a word in quotes.
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
        Text(.technician, when: "begins") { "\($0.reading.elevator) is stuck" }  // expected-error {{cannot convert value of type 'String' to expected argument type 'Phase'}}
    }
}
