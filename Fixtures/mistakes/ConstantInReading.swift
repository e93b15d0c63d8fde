// A property of a reading cannot be filled.
import Interactions
import PipelineKit
import Telemetry
import Units

struct Cabin: Reading {
    let load = Mass.zero

    static var fields: [Field<Self>] {
        Field("load", \.load, in: .kilograms)  // expected-error {{'init(_:_:in:missing:)' is unavailable: the decoder fills it: write var, not let}}
    }
}
