// A subject is identified by a number.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.sequence)  // expected-error {{cannot convert value of type 'KeyPath<ElevatorStatus, Int>' to expected argument type 'KeyPath<ElevatorStatus, Name>'}}  // expected-note {{arguments to generic parameter 'Value' ('Int' and 'Name') are expected to be equal}}
    Detect("stuck", severity: .critical) {
        Holds(\.isStuck, for: .seconds(90))
    } react: {
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck" }
    }
}
