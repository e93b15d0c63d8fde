// A model of water is asked about speed.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Detect("stuck", severity: .critical) {
        Unusual(\.speed, to: .unusualDay(negligible: .litres(5)))  // expected-error {{cannot convert value of type 'KeyPath<ElevatorStatus, Quantity<SpeedDimension>>' to expected argument type 'KeyPath<ElevatorStatus, Quantity<VolumeDimension>>'}}  // expected-note {{arguments to generic parameter 'Of' ('SpeedDimension' and 'VolumeDimension') are expected to be equal}}
    } react: {
        OpenCase(in: .maintenance) { "\($0.reading.elevator) is stuck" }
    }
}
