// A sign is given a quantity as its condition.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Detect("stuck", severity: .critical) {
        Holds(\.load, for: .seconds(90))  // expected-error {{cannot convert value of type 'KeyPath<ElevatorStatus, Quantity<MassDimension>>' to expected argument type 'KeyPath<ElevatorStatus, Bool>'}}  // expected-note {{arguments to generic parameter 'Value' ('Quantity<MassDimension>' and 'Bool') are expected to be equal}}
    } react: {
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck" }
    }
}
