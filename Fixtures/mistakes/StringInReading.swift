// A reading holds a String.
import Interactions
import PipelineKit
import Telemetry
import Units

struct Cabin: Reading {
    var name = ""  // expected-error {{stored property 'name' of 'BitwiseCopyable'-conforming struct 'Cabin' has non-bitwise-copyable type 'String'}}

    static var fields: [Field<Self>] {}
}
