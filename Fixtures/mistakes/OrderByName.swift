// Readings are ordered by a name.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Order(by: \.elevator, waiting: .seconds(10))  // expected-error {{cannot convert value of type 'KeyPath<ElevatorStatus, Name>' to expected argument type 'KeyPath<ElevatorStatus, Moment>'}}  // expected-note {{arguments to generic parameter 'Value' ('Name' and 'Moment') are expected to be equal}}
    Detect("stuck", severity: .critical) {
        Holds(\.isStuck, for: .seconds(90))
    } react: {
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck" }
    }
}
