// The table names a property that is not there.
import Interactions
import PipelineKit
import Telemetry
import Units

struct Cabin: Reading {
    var load = Mass.zero

    static var fields: [Field<Self>] {
        Field("load", \.laod, in: .kilograms)  // expected-error {{value of type 'Cabin' has no member 'laod'}}
    }
}
