import Interactions
import PipelineKit
import Telemetry
import Units

/// What an elevator's controller reports every second.
struct ElevatorStatus: Reading {
    var elevator = Name()
    var sequence = 0
    var measuredAt = Moment()
    var doors = Doors.closed
    var speed = Speed.zero
    var load = Mass.zero
    var motorCurrent = Current.zero
    var inInspection = false
    var mode = Mode.normal

    enum Doors: String, Word { case open, moving, closed }
    enum Mode: String, Word { case normal, outOfService }

    static var fields: [Field<Self>] {
        Field("elevator", \.elevator)
        Field("sequence", \.sequence)
        Field("ts", \.measuredAt)
        Field("doors", \.doors)
        Field("speed", \.speed, in: .metresPerSecond)
        Field("load", \.load, in: .kilograms)
        Field("motorCurrent", \.motorCurrent, in: .amperes)
        Field("inInspection", \.inInspection)
        Field("mode", \.mode, missing: .keepsInitialValue)
    }
}

extension ElevatorStatus {
    var isStill: Bool { speed < .metresPerSecond(0.02) }
    var carriesPeople: Bool { load > .kilograms(25) }
    var locksPeopleIn: Bool { isStill && carriesPeople && doors == .closed }
    var isOutOfService: Bool { mode == .outOfService }
}

/// The elevator moves: what its motor draws at rest says nothing of wear.
struct Ride {
    let motorCurrent: Current
}

struct Rides: Transformer {
    mutating func step(_ status: ElevatorStatus) -> Ride? {
        status.isStill ? nil : Ride(motorCurrent: status.motorCurrent)
    }
}

let elevators = Pipeline("elevators", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{elevator}/status")
    Identify(by: \.elevator, as: .elevator)
    Order(by: \.measuredAt, waiting: .seconds(10))
    DropRepeats(of: \.sequence, within: .minutes(10))
    Drop("technician on site", when: \.inInspection)
    Reject(\.speed, below: .metresPerSecond(0), above: .metresPerSecond(4))

    Detect("people stuck", severity: .critical) {
        Holds(\.locksPeopleIn, for: .seconds(90))
    } react: {
        OpenCase(in: .emergency) { $0.peopleStuck }
        Escalate(.peopleStuck) { $0.goToPeopleStuck }
        Watch(french: "Personnes bloquées", english: "People stuck")
    }

    Detect("out of service", severity: .warning, clearsAfter: .minutes(10), explainedBy: .power) {
        Holds(\.isOutOfService, for: .minutes(3))
    } react: {
        OpenCase(in: .maintenance, asset: .outOfOrder) { $0.elevatorOutOfService }
        Text(.technicianOnCall) { $0.outageForTechnician }
        Text(.technicianOnCall, when: .cleared) { $0.endForTechnician }
        Inform(.tenantsServed, by: .elevatorOutage)
        Offer("reset", to: .dispatcher, .technicianOnCall, sending: "{\"command\":\"reset\"}") {
            "landlord/command/elevator/\($0.reading.elevator)"
        }
        Watch(french: "En panne", english: "Out of service")
    }

    Detect("flapping", severity: .advice) {
        Flaps(\.isOutOfService, atLeast: 4, within: .hours(1))
    } react: {
        OpenCase(in: .maintenance) {
            French("\($0.name) : pannes répétées depuis \($0.since)")
            English("\($0.name) keeps failing since \($0.since)")
        }
    }

    Derive(Ride.self, with: Rides()) {
        Detect("drive wearing out", severity: .advice, remindEvery: .weeks(2)) {
            Unusual(\.motorCurrent, to: .slowDrift(warmUp: .weeks(2)))
        } react: {
            OpenCase(in: .maintenance) {
                French("\($0.name) : le moteur consomme plus qu'avant depuis \($0.since)")
                English("\($0.name) has drawn more current than it used to since \($0.since)")
            }
        }
    }

    Detect("controller silent", severity: .warning, explainedBy: .gateway, .power) {
        Silent(for: .minutes(15))
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : plus de signal depuis \($0.since)")
            English("\($0.name): no telemetry since \($0.since)")
        }
    }
}
