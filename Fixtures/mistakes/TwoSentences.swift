// A text is two sentences one below the other.
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
        OpenCase(in: .maintenance) {  // expected-error {{'buildBlock' is unavailable: one sentence, or French("…") and English("…")}}
            "\($0.reading.elevator) is stuck"
            "Please go there"
        }
    }
}
