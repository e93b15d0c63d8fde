import Interactions
import Models
import PipelineKit
import Telemetry
import Units

// What readings look like when there is something to tell: texts are tried with them (`vigie texts`, `vigie check`).

extension ApplianceStatus {
    static var sample: Self {
        var status = Self()
        status.fault = Name("E18-07") ?? Name()
        return status
    }
}

extension RoomTemperature {
    static var sample: Self {
        var room = Self()
        room.air = .celsius(58.4)
        return room
    }
}

extension Rides {
    static var sample: Ride? { Ride(motorCurrent: .amperes(12.4)) }
}

extension Pauses {
    static var sample: Pause? {
        Pause(lastTrip: .sample, isStandstill: true, why: Explanation(sampleIn: .seconds))
    }
}

extension DirectedRides {
    static var sample: DirectedRide? { DirectedRide(motorCurrent: .amperes(12.4), vibration: .g(0.031)) }
}

extension Cycles {
    static var sample: Cycle? { Cycle(run: Session.Run(began: .sample, ended: .sample + .minutes(95))) }
}

extension Exchanges {
    static var sample: MeterExchange? { MeterExchange(total: .cubicMetres(0.035)) }
}

extension WaterUses {
    static var sample: WaterUse? {
        WaterUse(beganAt: .sample, endedAt: .sample + .hours(1), used: .litres(312))
    }
}

extension WaterDays {
    static var sample: WaterDay? { WaterDay(noon: .sample, used: .litres(1312)) }
}

extension WaterMonths {
    static var sample: WaterMonth? {
        WaterMonth(
            number: 9,
            used: .litres(31_240),
            usual: .litres(10_120),
            years: 3,
            isMoreThanDouble: true
        )
    }
}

extension ElectricityDays {
    static var sample: ElectricityDay? {
        ElectricityDay(
            date: CivilDate(year: 2026, month: 9, day: 28),
            noon: .sample,
            index: .kilowattHours(98_765.4),
            used: .kilowattHours(31.24),
            isPartial: false
        )
    }
}

extension Goods {
    static var sample: GoodsNews? {
        GoodsNews(
            kind: .outside,
            goods: .celsius(11.4),
            worst: .celsius(12.6),
            limit: .celsius(4),
            began: .sample,
            left: .minutes(95),
            why: Explanation(sampleIn: .input)
        )
    }
}

extension Spells {
    static var sample: SpellNews? {
        SpellNews(
            cause: .runsTooLong,
            before: .none,
            began: .sample,
            why: Explanation(sampleIn: .seconds)
        )
    }
}

extension SkiNewsroom {
    static var sample: SkiNews? {
        let began = Double(Moment.sample.microseconds) / 1e6
        var event = SkiEvent(.runEnds, since: began, until: began + 312)
        (event.number, event.turns, event.skis) = (12, 48, 2)
        (event.climb, event.length, event.radius, event.grade) = (-412, 2140, 14, 47)
        event.slope = .black
        return SkiNews(event: event)
    }
}
