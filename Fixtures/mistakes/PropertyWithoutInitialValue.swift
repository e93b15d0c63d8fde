// A property of a reading has no initial value.
import Interactions
import PipelineKit
import Telemetry
import Units

struct Cabin: Reading {  // expected-error {{type 'Cabin' does not conform to protocol 'Reading'}}  // expected-note {{add stubs for conformance}}
    var load: Mass

    static var fields: [Field<Self>] {
        Field("load", \.load, in: .kilograms)
    }
}
