// Derive names another reading than its transformer makes.
import Interactions
import PipelineKit
import Telemetry
import Units

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator)
    Derive(ElevatorStatus.self, with: Rides()) {  // expected-error {{'init(_:with:file:line:_:)' is unavailable: the transformer makes readings of another type than Derive names}}
        Detect("long", severity: .info) {
            Holds(\.isStuck, for: .seconds(90))
        } react: {
            OpenCase(in: .maintenance) { "\($0.facts.subject) rides long" }
        }
    }
}
