// The unit of a field is not of its dimension.
import Interactions
import PipelineKit
import Telemetry
import Units

struct Cabin: Reading {
    var load = Mass.zero

    static var fields: [Field<Self>] {
        Field("load", \.load, in: .metresPerSecond)  // expected-error {{member chain produces result of type 'Unit<SpeedDimension>' but contextual base was inferred as 'Unit<MassDimension>'}}  // expected-error {{static property 'metresPerSecond' requires the types 'MassDimension' and 'SpeedDimension' be equivalent}}  // expected-note {{arguments to generic parameter 'Of' ('SpeedDimension' and 'MassDimension') are expected to be equal}}
    }
}
