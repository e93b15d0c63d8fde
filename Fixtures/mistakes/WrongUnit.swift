// A speed is compared with kilograms.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Reject(\.speed, below: .metresPerSecond(0), above: .kilograms(4))  // expected-error {{referencing static method 'kilograms' on 'Quantity' requires the types 'SpeedDimension' and 'MassDimension' be equivalent}}
    Detect("stuck", severity: .critical) {
        Holds(\.isStuck, for: .seconds(90))
    } react: {
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck" }
    }
}
