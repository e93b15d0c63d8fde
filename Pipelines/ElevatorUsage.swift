import Interactions
import PipelineKit
import Telemetry
import Units

/// What a gateway that monitors an elevator reports every few minutes, of the time since the report before.
struct ElevatorUsage: Reading {
    var elevator = Name()
    var measuredAt = Moment()
    var trips = Count.zero
    /// Calls that wait for an answer; not every gateway hears them.
    var calls = Count.zero
    /// From closed to closed, the median; zero when no door moved.
    var doorCycle = TimeTaken.zero
    // On the way up and on the way down; zero when there was no such ride.
    var currentUp = Current.zero
    var currentDown = Current.zero
    var vibrationUp = Acceleration.zero
    var vibrationDown = Acceleration.zero

    static var fields: [Field<Self>] {
        Field("elevator", \.elevator)
        Field("ts", \.measuredAt)
        Field("trips", \.trips, in: .pieces)
        Field("calls", \.calls, in: .pieces, missing: .keepsInitialValue)
        Field("doorCycle", \.doorCycle, in: .seconds, missing: .keepsInitialValue)
        Field("currentUp", \.currentUp, in: .amperes, missing: .keepsInitialValue)
        Field("currentDown", \.currentDown, in: .amperes, missing: .keepsInitialValue)
        Field("vibrationUp", \.vibrationUp, in: .milliG, missing: .keepsInitialValue)
        Field("vibrationDown", \.vibrationDown, in: .milliG, missing: .keepsInitialValue)
    }
}

let elevatorUsage = Pipeline("elevator usage", reading: ElevatorUsage.self) {
    Listen(to: "landlord/+/elevator/{elevator}/usage")
    Identify(by: \.elevator, as: .reportedElevator)
    Order(by: \.measuredAt, waiting: .seconds(30))
    DropRepeats(of: \.measuredAt, within: .hours(1))
    Reject(\.trips, below: .pieces(0), above: .pieces(1000))

    // Not every elevator has a gateway, and not every gateway reports equally often.
    Detect("report silent", severity: .advice) {
        Silent(afterMissing: 36)
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : plus de rapport d'usage depuis \($0.since)")
            English("\($0.name): no usage report since \($0.since)")
        }
    }

    Derive(Pause.self, with: Pauses()) {
        Detect("standstill", severity: .warning) {
            Raised(\.isStandstill, until: \.isOver, why: \.why)
        } react: {
            OpenCase(in: .maintenance, asset: .outOfOrder) {
                French("\($0.name) : aucun trajet depuis \($0.reading.lastTrip), malgré la demande")
                English("\($0.name): no trip since \($0.reading.lastTrip), although people want to ride")
            }
            Text(.technicianOnCall, at: .anyHour) { $0.standstill }
            Text(.technicianOnCall, when: .cleared) {
                French(
                    "\($0.name), \($0.address) : circule de nouveau depuis \($0.at). Une visite reste utile."
                )
                English(
                    "\($0.name), \($0.address): moves again since \($0.at). A look at it is still useful."
                )
            }
            Watch(french: "Aucun trajet malgré la demande", english: "No trip although people want to ride")
        }
    }

    Detect("unusual number of trips", severity: .advice) {
        Unusual(\.trips, to: .usualTrips(a: .day))
    } react: {
        OpenCase(in: .maintenance) {
            French("\($0.name) : \($0.why.french) trajets en un jour")
            English("\($0.name): \($0.why.english) trips in a day")
        }
    }

    Detect("doors getting slower", severity: .advice, remindEvery: .weeks(2)) {
        Unusual(\.doorCycle, to: .slowDrift(warmUp: .weeks(2)))
    } react: {
        OpenCase(in: .maintenance) {
            French("\($0.name) : portes de plus en plus lentes depuis \($0.since), \($0.why.french)")
            English("\($0.name): doors getting slower since \($0.since), \($0.why.english)")
        }
    }

    Derive(DirectedRide.self, with: DirectedRides()) {
        Detect("motor works harder", severity: .advice, remindEvery: .weeks(2)) {
            Unusual(\.motorCurrent, to: .directionalDrift(warmUp: .weeks(2)))
        } react: {
            OpenCase(in: .maintenance) {
                French("\($0.name) : le moteur force plus qu'avant depuis \($0.since), \($0.why.french)")
                English("\($0.name): the motor works harder since \($0.since), \($0.why.english)")
            }
        }

        Detect("cabin shakes more", severity: .advice, remindEvery: .weeks(2)) {
            Unusual(\.vibration, to: .directionalDrift(warmUp: .weeks(2)))
        } react: {
            OpenCase(in: .maintenance) {
                French("\($0.name) : la cabine vibre plus qu'avant depuis \($0.since), \($0.why.french)")
                English("\($0.name): the cabin shakes more since \($0.since), \($0.why.english)")
            }
        }
    }
}
