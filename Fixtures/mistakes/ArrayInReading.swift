// A reading holds an array.
import Interactions
import PipelineKit
import Telemetry
import Units

struct Cabin: Reading {
    var floors: [Int] = []  // expected-error {{stored property 'floors' of 'BitwiseCopyable'-conforming struct 'Cabin' has non-bitwise-copyable type '[Int]'}}

    static var fields: [Field<Self>] {}
}
