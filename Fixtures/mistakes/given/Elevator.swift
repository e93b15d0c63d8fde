import Interactions
import PipelineKit
import Telemetry
import Units

// What the files beside this folder share: a reading, a derived reading and a few words.

struct ElevatorStatus: Reading {
    var elevator = Name()
    var measuredAt = Moment()
    var sequence = 0
    var speed = Speed.zero
    var load = Mass.zero
    var isStuck = false

    static var fields: [Field<Self>] {
        Field("elevator", \.elevator)
        Field("ts", \.measuredAt)
        Field("sequence", \.sequence)
        Field("speed", \.speed, in: .metresPerSecond)
        Field("load", \.load, in: .kilograms)
        Field("stuck", \.isStuck)
    }
}

struct Ride {
    var travelled = Length.zero
    var isLong = false
}

struct Rides: Transformer {
    mutating func step(_ status: ElevatorStatus) -> Ride? { nil }
}

extension Contact {
    static let technician: Contact = "technician"
}

extension Queue {
    static let maintenance: Queue = "maintenance"
}
