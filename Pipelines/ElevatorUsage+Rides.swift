import Interactions
import Models
import PipelineKit
import Units

// From reports of usage to pauses that are too long, and to single rides.

extension ElevatorUsage {
    fileprivate var leavesCallsUnanswered: Bool { trips <= .zero && calls > .zero }
    fileprivate var hasRideUp: Bool { currentUp > .zero || vibrationUp > .zero }
    fileprivate var hasRideDown: Bool { currentDown > .zero || vibrationDown > .zero }
}

/// A pause that the elevator's own past does not explain, when it is noticed and when it is over.
struct Pause {
    let lastTrip: Moment
    let isStandstill: Bool
    let why: Explanation

    var isOver: Bool { !isStandstill }
}

/// Demand without movement: trips that are usual at this hour do not come, or calls find no answer.
struct Pauses: Transformer {
    private var model = Standstill()
    private var told = Alarm.quiet

    mutating func step(_ usage: ElevatorUsage) -> Pause? {
        // Habits follow the clock on the wall.
        let offset = here.offset(at: usage.measuredAt)
        let clock = Double((usage.measuredAt + offset).microseconds) / 1e6
        guard model.learn(usage.trips.base, at: clock) else { return nil }
        if usage.leavesCallsUnanswered { model.learnCall(at: clock) }
        guard model.alarm.isRaised != told.isRaised else { return nil }
        let since = model.alarm.isRaised ? model.alarm.since : told.since
        told = model.alarm
        return Pause(
            lastTrip: Moment(microseconds: Int64(since * 1e6)) - offset,
            isStandstill: told.isRaised,
            why: model.explanation
        )
    }
}

/// What was measured on rides of one direction: below zero on the way down, zero where it was not measured.
struct DirectedRide {
    let motorCurrent: Current
    let vibration: Acceleration
}

/// One direction from each report, in turn where there were rides both ways: in a day there are enough of each.
struct DirectedRides: Transformer {
    private var wasUp = false

    mutating func step(_ usage: ElevatorUsage) -> DirectedRide? {
        guard usage.hasRideUp || usage.hasRideDown else { return nil }
        wasUp = usage.hasRideUp && (!usage.hasRideDown || !wasUp)
        return wasUp
            ? DirectedRide(motorCurrent: usage.currentUp, vibration: usage.vibrationUp)
            : DirectedRide(
                motorCurrent: .zero - usage.currentDown,
                vibration: .zero - usage.vibrationDown
            )
    }
}

extension Finding<Pause> {
    /// Tells the technician on call.
    var standstill: Wording {
        Wording(
            french:
                "\(name), \(address) : aucun trajet depuis \(reading.lastTrip) malgré la demande (\(why.french)). Passez vérifier.",
            english:
                "\(name), \(address): no trip since \(reading.lastTrip) although people want to ride (\(why.english)). Please check."
        )
    }
}
