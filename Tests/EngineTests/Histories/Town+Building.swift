import Interactions
import PipelineKit
import Telemetry
import Units

/// What a lift of the town says of itself; a reading holds until the next one.
struct LiftState: Reading {
    var lift = Name()
    var isOut = false
    var isLoud = false
    var smells = false
    var isStuck = false
    var isFreed = false

    static var fields: [Field<Self>] {
        Field("lift", \.lift)
        Field("out", \.isOut, missing: .keepsInitialValue)
        Field("loud", \.isLoud, missing: .keepsInitialValue)
        Field("smoke", \.smells, missing: .keepsInitialValue)
        Field("stuck", \.isStuck, missing: .keepsInitialValue)
        Field("freed", \.isFreed, missing: .keepsInitialValue)
    }
}

/// What the gateway says that the lifts speak through.
struct GatewayState: Reading {
    var gateway = Name()
    var isOffline = false

    static var fields: [Field<Self>] {
        Field("gateway", \.gateway)
        Field("offline", \.isOffline, missing: .keepsInitialValue)
    }
}

/// The building: three lifts behind a gateway.
extension Town {
    static let lifts = ["liftA", "liftB", "liftC"]

    /// - Parameter isEdited: as an editor left it in the middle of things: other words, other places of the
    ///   reactions, another policy.
    static func building(isEdited: Bool) -> Pipeline {
        Pipeline("building", reading: LiftState.self) {
            Listen(to: "lifts/{lift}")
            Identify(by: \.lift, as: "lift")
            Detect(
                "stuck",
                severity: .critical,
                { Raised(\.isStuck, until: \.isFreed) },
                react: isEdited ? stuckAsEdited : stuck
            )
            Detect(
                "smoke",
                severity: .critical,
                { Holds(\.smells, for: .zero) },
                react: isEdited ? smokeAsEdited : smoke
            )
            Detect(
                "out of service",
                severity: .warning,
                remindEvery: .hours(6),
                explainedBy: .townGateway,
                // Between the outages, of which there may be many, and the signs.
                file: #fileID,
                { Holds(\.isOut, for: .zero) },
                react: isEdited ? outOfServiceAsEdited : outOfService
            )
            Detect("loud", severity: .advice) {
                Holds(\.isLoud, for: .zero)
            } react: {
                Inform(Audience("tenant", consentingTo: "news"), by: .loud)
                Text("technician") { "\($0.name) is loud" }
            }
        }
    }

    static let gateways = Pipeline("gateways", reading: GatewayState.self) {
        Listen(to: "gateways/{gateway}")
        Identify(by: \.gateway, as: "gateway")
        Detect("offline", severity: .warning, explains: .townGateway) {
            Holds(\.isOffline, for: .zero)
        } react: {
            OpenCase(in: "network") { "Gateway \($0.name) is offline" }
            Escalate(.desk) { "Gateway \($0.name) is offline. Reply 1 \(.code) or 2 \(.code)." }
        }
    }

    @ReactionBuilder<LiftState>
    private static func stuck() -> [any Reaction<LiftState>] {
        OpenCase(in: "emergency") { "People stuck in \($0.name)" }
        Text("technician", when: .cleared) { "\($0.name): freed" }
        Escalate(.townStuck) {
            "People stuck in \($0.name). Reply 1 \(.code) or 2 \(.code). Next at \($0.nextAt)."
        }
    }

    @ReactionBuilder<LiftState>
    private static func stuckAsEdited() -> [any Reaction<LiftState>] {
        Escalate(.desk) { "Stuck in \($0.name). Reply 1 \(.code) or 2 \(.code)." }
        OpenCase(in: "emergency") { "People stuck in \($0.name)" }
    }

    @ReactionBuilder<LiftState>
    private static func smoke() -> [any Reaction<LiftState>] {
        OpenCase(in: "emergency") { "Smoke in \($0.name)" }
        Inform(Audience("tenant"), by: .smoke)
        Escalate(.townStuck) { "Smoke in \($0.name). Reply 1 \(.code) or 2 \(.code)." }
    }

    @ReactionBuilder<LiftState>
    private static func smokeAsEdited() -> [any Reaction<LiftState>] {
        Inform(Audience("tenant"), by: .smoke)
        OpenCase(in: "emergency") { "Smoke in \($0.name)" }
        Escalate(.desk) { "Smoke in \($0.name). Reply 1 \(.code) or 2 \(.code)." }
    }

    @ReactionBuilder<LiftState>
    private static func outOfService() -> [any Reaction<LiftState>] {
        OpenCase(in: "maintenance") { "\($0.name) out of service" }
        Text("technician") { "\($0.name) out of service" }
        Inform(Audience("tenant"), by: .townOutage)
        Text("dispatcher", when: .goesOn) { "\($0.name) is still out of service" }
        Text("technician", when: .cleared) { "\($0.name) runs again" }
        Offer("reset", to: "dispatcher", "technician", sending: "reset") { "lifts/\($0.reading.lift)/set" }
    }

    @ReactionBuilder<LiftState>
    private static func outOfServiceAsEdited() -> [any Reaction<LiftState>] {
        OpenCase(in: "maintenance") { "\($0.name) out of service" }
        Inform(Audience("tenant"), by: .townOutage)
        Note(in: "maintenance", when: .cleared) { "\($0.name) runs" }
    }
}

extension Outage {
    static let townGateway = Outage("gateway", of: .attribute("gateway"))
}

extension Announcement {
    static let townOutage = Announcement(wordWithin: .hours(2), thenEvery: .hours(12)) {
        "\($0.subjectName) is out of service, next word before \($0.nextWord)"
    } onTheWay: {
        "\($0.subjectName): somebody works on it"
    } estimated: {
        "\($0.subjectName): expected at \($0.estimate)"
    } delayed: {
        "\($0.subjectName): the work waits, next word before \($0.nextWord)"
    } stillOpen: {
        "\($0.subjectName) is still out of service, next word before \($0.nextWord)"
    } cleared: {
        "\($0.subjectName) is back since \($0.at)"
    }

    static let loud = Announcement(
        begins: { "\($0.subjectName) is loud" },
        cleared: { "\($0.subjectName) is quiet since \($0.at)" }
    )

    static let smoke = Announcement(
        begins: { "Smoke in \($0.subjectName): leave" },
        cleared: { "No smoke in \($0.subjectName) since \($0.at)" }
    )
}

extension Escalation {
    static let townStuck = Escalation("stuck", arrivalWithin: .minutes(30), otherwiseBy: .secondText, .voice)
    {
        Ask("technician")
        Only(during: .daily(22.oclock, to: 6.oclock)) {
            AskFirst("director", by: .voice)
        }
        Wait(.minutes(5))
        InTurn("dispatcher", every: .minutes(3))
    } lastResort: {
        Keep(asking: "dispatcher", "director", every: .minutes(15))
    }

    static let desk = Escalation("desk", arrivalWithin: .hours(2)) {
        AskFirst("dispatcher")
        Wait(.minutes(20))
    } lastResort: {
        Keep(asking: "director", every: .minutes(30))
    }
}
