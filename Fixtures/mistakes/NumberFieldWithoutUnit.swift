// The table does not say in which unit the device sends a number.
import Interactions
import PipelineKit
import Telemetry
import Units

struct Cabin: Reading {
    var load = Mass.zero

    static var fields: [Field<Self>] {
        Field("load", \.load)  // expected-error {{'init(_:_:missing:)' is unavailable: say in which unit the device sends it: in: .kilograms}}
    }
}
