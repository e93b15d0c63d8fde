import Interactions
import PipelineKit
import Telemetry
import Units

/// What a pendant of the care circle says.
struct PendantState: Reading {
    var pendant = Name()
    var hasFallen = false
    var isPressed = false
    var isCancelled = false
    var isLow = false

    static var fields: [Field<Self>] {
        Field("pendant", \.pendant)
        Field("fall", \.hasFallen, missing: .keepsInitialValue)
        Field("pressed", \.isPressed, missing: .keepsInitialValue)
        Field("cancelled", \.isCancelled, missing: .keepsInitialValue)
        Field("low", \.isLow, missing: .keepsInitialValue)
    }

    var callsForHelp: Bool { hasFallen || isPressed }
}

/// The care circle: two wearers, their relatives and neighbours, carers by rota.
extension Town {
    static let pendants = ["pendant1", "pendant2"]

    static func care(isEdited: Bool) -> Pipeline {
        Pipeline("care", reading: PendantState.self, privacy: .health) {
            Listen(to: "pendants/{pendant}")
            Identify(by: \.pendant, as: "pendant")
            Detect(
                "fall",
                severity: .critical,
                { Raised(\.callsForHelp, until: \.isCancelled) },
                react: isEdited ? fallAsEdited : fall
            )
            Detect("battery", severity: .advice, remindEvery: .hours(12)) {
                Holds(\.isLow, for: .zero)
            } react: {
                OpenCase(in: "care") { "\($0.name): battery low" }
                Text("relative") { "\($0.name): please charge the pendant" }
                Text("relative", when: .goesOn) { "\($0.name): the pendant is still to be charged" }
                Command("buzz", answersWithin: .minutes(2)) { "pendants/\($0.reading.pendant)/set" }
            }
        }
    }

    @ReactionBuilder<PendantState>
    private static func fall() -> [any Reaction<PendantState>] {
        Ask(.wearer, unless: \.isPressed, waiting: .minutes(1)) { _ in "Are you well? Reply 1 \(.code)." }
        OpenCase(in: "care") { "\($0.name): fall or call for help" }
        Text("relative", when: .cleared) { "\($0.name) took the alert back" }
        Escalate(.townFall) {
            "ALERT \($0.name). Reply 1 \(.code) or 2 \(.code). Next contact at \($0.nextAt)."
        } lastResort: {
            "ALERT \($0.name): nobody answers. Reply 1 \(.code)."
        }
    }
}

extension Town {
    /// It asks the wearer last of all, and no longer texts when it is taken back.
    @ReactionBuilder<PendantState>
    private static func fallAsEdited() -> [any Reaction<PendantState>] {
        OpenCase(in: "care") { "\($0.name): fall or call for help" }
        Escalate(.townFall) { "ALERT \($0.name). Reply 1 \(.code) or 2 \(.code)." }
    }
}

extension Escalation {
    static let townFall = Escalation("fall", arrivalWithin: .minutes(20), otherwiseBy: .voice) {
        Ask("caregiver")
        AskFirst("relative")
        Wait(.minutes(3))
        InTurn("relative", every: .minutes(2), rounds: 2)
    } lastResort: {
        Keep(asking: "last-resort", every: .minutes(10))
    }
}
