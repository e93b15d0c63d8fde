import Engine
import Interactions
import Pipelines
import Telemetry
import Units

/// What an engine makes of the same messages when each arrives once, in order, and nothing ever breaks.
struct Expected {
    var interactions: [String: Interaction] = [:]
    var notices: [String: Notice] = [:]

    init(_ hours: ElevatorHours, seconds: Int, from now: Moment) throws {
        let engine = Engine(allPipelines, zone: try Daytime.zone())
        var at = now
        try take(engine.apply(.directory(at: at, json: hours.directory.json)))
        for second in 0..<seconds + Load.calmSeconds {
            for elevator in 0..<hours.elevators {
                at = at + .microseconds(100)
                let payload = hours.payload(elevator, second, isCalm: second >= seconds)
                let message = Message(
                    topic: hours.topic(elevator),
                    payload: [UInt8](payload.utf8),
                    arrivedAt: at
                )
                try take(engine.apply(.message(message)))
            }
        }
        // Lets go what waits for readings measured before it.
        try take(engine.apply(.tick(at: at + .seconds(30))))
    }

    private mutating func take(_ effects: [Effect]) throws {
        for effect in effects {
            switch effect {
            case .interaction(let interaction): interactions[interaction.id] = interaction
            case .notice(let notice): notices[notice.id] = notice
            case .command, .query, .deadLetter, .dropped, .held, .withdrawn: continue
            }
        }
    }
}
