// A pipeline of something that is no reading.
import Interactions
import PipelineKit
import Telemetry
import Units

let rides = Pipeline("rides", reading: Ride.self) {  // expected-error {{initializer 'init(_:reading:privacy:file:line:_:)' requires that 'Ride' conform to 'Reading'}}
    Listen(to: "rides")
}
