import Interactions
import PipelineKit
import Telemetry

/// What a button on the wall or in the hand sends when it is pressed, and its number of presses so far.
struct ButtonMessage: Reading {
    var button = Name()
    var action = Action.other
    var presses = 0

    enum Action: String, Word {
        case short = "S"
        case long = "L"
        case other = ""
    }

    static var fields: [Field<Self>] {
        Field("button", \.button)
        Field("event", \.action, otherwise: .other)
        Field("event_cnt", \.presses)
    }
}

extension ButtonMessage {
    var isPressed: Bool { action == .short || action == .long }
}

// What the broker kept from an earlier day is no press: Listen leaves it out.
let buttons = Pipeline("buttons", reading: ButtonMessage.self, privacy: .personal) {
    Listen(to: "home/+/button/{button}/input_event/+")
    Identify(by: \.button, as: .button)
    DropRepeats(of: \.presses, within: .minutes(10))

    Detect("call me back", severity: .advice, atMostEvery: .minutes(1)) {
        Happens(\.isPressed)
    } react: {
        RequestCallback(in: .reception) {
            French("\($0.name) : rappel demandé à \($0.since)")
            English("\($0.name): asks to be called back, \($0.since)")
        }
        Text(.tenant) {
            French("Votre demande de rappel de \($0.since) est notée. Urgence vitale : 15/112.")
            English("Your request to be called back, \($0.since), is noted. Emergency: 15/112.")
        }
        Watch(french: "Rappel demandé", english: "Asks to be called back")
    }
}
