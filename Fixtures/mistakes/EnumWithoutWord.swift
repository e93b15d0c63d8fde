// An enum of the payload is no Word.
import Interactions
import PipelineKit
import Telemetry
import Units

struct Cabin: Reading {
    var doors = Doors.open

    enum Doors: String { case open, closed }

    static var fields: [Field<Self>] {
        Field("doors", \.doors)  // expected-error {{'init(_:_:missing:)' is unavailable: a field is a quantity, number, Bool, Moment, Name, Samples or an enum that is a Word}}
    }
}
