import Interactions
import PipelineKit
import Telemetry
import Units

/// What the probe in a cold room or freezer says every few minutes.
struct RoomTemperature: Reading {
    var room = Name()
    var measuredAt = Moment()
    var air = Temperature.zero
    /// Between which temperatures the goods must stay. From the directory; without it what holds for chilled food.
    var lowest = Temperature.celsius(0)
    var highest = Temperature.celsius(4)

    static var fields: [Field<Self>] {
        Field("room", \.room)
        Field("ts", \.measuredAt)
        Field("temperature", \.air, in: .celsius)
    }
}

extension RoomTemperature {
    /// What a probe says that is cut off or short-circuited.
    var isImpossible: Bool { air < .celsius(-50) || air > .celsius(60) }
}

let coldRooms = Pipeline("cold rooms", reading: RoomTemperature.self) {
    Listen(to: "landlord/+/cold-room/{room}/temperature")
    Identify(by: \.room, as: .coldRoom)
    Order(by: \.measuredAt, waiting: .minutes(1))
    DropRepeats(of: \.measuredAt, within: .hours(3))

    Detect("probe silent", severity: .warning) {
        Silent(for: .hours(1))
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : plus de mesure depuis \($0.since)")
            English("\($0.name): no measurement since \($0.since)")
        }
        Text(.kitchen, at: .anyHour) {
            French("\($0.name) : sonde muette depuis \($0.since). Relevez la température à la main.")
            English("\($0.name): probe silent since \($0.since). Please take the temperature by hand.")
        }
        Text(.kitchen, when: .cleared) {
            French("\($0.name) : la sonde mesure de nouveau depuis \($0.at).")
            English("\($0.name): the probe measures again since \($0.at).")
        }
        Watch(french: "Sonde muette", english: "Probe silent")
    }

    Detect("probe broken", severity: .warning) {
        Holds(\.isImpossible, for: .minutes(30))
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : sonde en défaut depuis \($0.since), \($0.reading.air)")
            English("\($0.name): probe broken since \($0.since), \($0.reading.air)")
        }
        Text(.kitchen, at: .anyHour) {
            French("\($0.name) : sonde en défaut depuis \($0.since). Relevez la température à la main.")
            English("\($0.name): probe broken since \($0.since). Please take the temperature by hand.")
        }
        Text(.kitchen, when: .cleared) {
            French("\($0.name) : la sonde mesure de nouveau depuis \($0.at).")
            English("\($0.name): the probe measures again since \($0.at).")
        }
        Watch(french: "Sonde en défaut", english: "Probe broken")
    }

    Drop("impossible temperature", when: \.isImpossible)
    Enrich(\.lowest, from: .attribute("lowest"), in: .celsius)
    Enrich(\.highest, from: .attribute("highest"), in: .celsius)

    Derive(GoodsNews.self, with: Goods()) {
        Detect("warming", severity: .warning) {
            Raised(\.isWarming, until: \.isWell, why: \.why, in: .celsius)
        } react: {
            OpenCase(in: .maintenance) { $0.warming }
            Text(.kitchen, at: .anyHour) { $0.warmingInKitchen }
            Text(.kitchen, when: .cleared) { $0.noLongerWarming }
            Watch(french: "Se réchauffe", english: "Getting warmer")
        }

        Detect("outside of the limits", severity: .warning) {
            Raised(\.isOutside, until: \.isWell, why: \.why, in: .celsius)
        } react: {
            OpenCase(in: .maintenance) { $0.outside }
            Text(.kitchen, at: .anyHour) { $0.outsideInKitchen }
            Text(.kitchen, when: .cleared) { $0.insideAgain }
            Escalate(.coldRoom) { $0.outsideForTechnician }
            Watch(french: "Denrées hors limites", english: "Goods out of limits")
        }
    }
}
