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
        OpenCase(in: .emergency) {
            French("Personnes bloquées dans l'ascenseur \($0.reading.elevator)")
            English("People stuck in elevator \($0.reading.elevator)")
        }
        Text(.technicianOnCall) {
            French(
                "Ascenseur \($0.reading.elevator) : personnes bloquées depuis \($0.since). Répondez 1 si vous y allez."
            )
            English(
                "Elevator \($0.reading.elevator): people stuck since \($0.since). Reply 1 if you go there."
            )
        }
        Escalate(to: .dispatcher, after: .minutes(5))
    }

    Detect("out of service", severity: .warning, clearsAfter: .minutes(10)) {
        Holds(\.isOutOfService, for: .minutes(3))
    } react: {
        OpenCase(in: .maintenance) {
            French("Ascenseur \($0.reading.elevator) en panne")
            English("Elevator \($0.reading.elevator) out of service")
        }
        Inform(.tenantsServed, by: .elevatorOutage)
    }

    Detect("flapping", severity: .advice) {
        Flaps(\.isOutOfService, atLeast: 4, within: .hours(1))
    } react: {
        OpenCase(in: .maintenance) {
            French("Ascenseur \($0.reading.elevator) : pannes répétées depuis \($0.since)")
            English("Elevator \($0.reading.elevator) keeps failing since \($0.since)")
        }
    }

    Detect("drive wearing out", severity: .advice, remindEvery: .weeks(2)) {
        Unusual(\.motorCurrent, to: .slowDrift(warmUp: .weeks(2)))
    } react: {
        OpenCase(in: .maintenance) {
            French("Ascenseur \($0.reading.elevator) : le moteur consomme plus qu'avant")
            English("Elevator \($0.reading.elevator) draws more current than it used to")
        }
    }

    Detect("controller silent", severity: .warning) {
        Silent(for: .minutes(15))
    } react: {
        OpenCase(in: .monitoring) {
            French("Ascenseur \($0.facts.subject) : plus de signal depuis \($0.since)")
            English("Elevator \($0.facts.subject): no telemetry since \($0.since)")
        }
    }
}
