import Interactions
import PipelineKit
import Telemetry
import Units

/// What the platform that monitors an elevator says of it, asked every few minutes.
struct ElevatorState: Reading {
    var elevator = Name()
    var measuredAt = Moment()
    var state = State.unknown

    enum State: String, Word {
        case active = "ACTIVE"
        case inactive = "INACTIVE"
        case unknown = "UNKNOWN"
    }

    static var fields: [Field<Self>] {
        Field("elevator", \.elevator)
        Field("ts", \.measuredAt)
        Field("state", \.state)
    }
}

extension ElevatorState {
    var isOutOfService: Bool { state == .inactive }
    var outage: Count { .pieces(isOutOfService ? 1 : 0) }
    /// The platform does not reach the elevator: nobody knows whether it runs.
    var isUnknown: Bool { state == .unknown }
}

let elevatorStates = Pipeline("elevator states", reading: ElevatorState.self) {
    Listen(to: "landlord/+/elevator/{elevator}/state", retained: .isState)
    Identify(by: \.elevator, as: .monitoredElevator)
    Order(by: \.measuredAt, waiting: .seconds(30))
    DropRepeats(of: \.measuredAt, within: .hours(1))

    Detect("monitoring lost", severity: .warning) {
        Holds(\.isUnknown, for: .hours(1))
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : état inconnu depuis \($0.since)")
            English("\($0.name): state unknown since \($0.since)")
        }
    }

    Detect("state silent", severity: .warning) {
        Silent(for: .hours(2))
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : la supervision ne dit plus rien depuis \($0.since)")
            English("\($0.name): nothing from the monitoring platform since \($0.since)")
        }
    }

    // From here on only what is known: an unknown state neither begins nor ends an outage.
    Drop("state unknown", when: \.isUnknown)

    Detect("out of service", severity: .warning, clearsAfter: .minutes(30)) {
        Holds(\.isOutOfService, for: .minutes(30))
    } react: {
        OpenCase(in: .maintenance, asset: .outOfOrder) { $0.elevatorOutOfService }
        Text(.technicianOnCall) { $0.outageForTechnician }
        Text(.technicianOnCall, when: .cleared) { $0.endForTechnician }
        Inform(.tenantsServed, by: .elevatorOutage)
        Watch(french: "En panne", english: "Out of service")
    }

    Detect("keeps failing", severity: .advice) {
        Flaps(\.isOutOfService, atLeast: 4, within: .days(1))
    } react: {
        OpenCase(in: .maintenance) {
            French("\($0.name) : quatre pannes en un jour, la première à \($0.since)")
            English("\($0.name): four failures within a day, the first at \($0.since)")
        }
    }

    Detect("repairs do not last", severity: .advice) {
        Unusual(\.outage, to: .repeatedOutages(3, within: .weeks(1)))
    } react: {
        OpenCase(in: .maintenance) {
            French("\($0.name) : trois pannes en une semaine, depuis \($0.since)")
            English("\($0.name): three outages within a week, since \($0.since)")
        }
    }
}
