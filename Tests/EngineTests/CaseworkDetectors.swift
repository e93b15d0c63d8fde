import Interactions
import PipelineKit
import Units

/// The numbers of the people of `Directory.house`.
enum Phone {
    static let technician = "+33620000001"
    static let dispatcher = "+33620000002"
    static let wearer = "+33620000003"
    static let tenant1 = "+33610001001"
    static let tenant2 = "+33610002001"
}

extension Detect<Lift> {
    /// People cannot get out: raised by one reading, taken back by another.
    static func stuck(_ severity: Severity = .critical, by policy: Escalation = .stuck) -> Detect {
        Detect("stuck", severity: severity) {
            Raised(\.isPressed, until: \.isEnded)
        } react: {
            OpenCase(in: "desk") { "Stuck \($0.reading.lift)" }
            Escalate(policy) { "Stuck \($0.reading.lift), next at \($0.nextAt). 1 \(.code) or 2 \(.code)" }
        }
    }

    /// The lift is out of order as long as its controller says so.
    static func outage(for audience: Audience = Audience("tenant")) -> Detect {
        Detect("outage", severity: .warning) {
            Holds(\.isStuck, for: .zero)
        } react: {
            OpenCase(in: "desk") { "Outage \($0.reading.lift)" }
            Inform(audience, by: .outage)
        }
    }

    /// Somebody has to come, and the tenants are told.
    static func danger() -> Detect {
        Detect("danger", severity: .critical) {
            Holds(\.isStuck, for: .zero)
        } react: {
            OpenCase(in: "desk") { "Danger \($0.reading.lift)" }
            Inform(Audience("tenant"), by: .outage)
            Escalate(.stuck) { "Danger \($0.reading.lift)" }
        }
    }

    /// The wearer is asked before anybody else.
    static func fall() -> Detect {
        Detect("fall", severity: .critical) {
            Raised(\.isPressed, until: \.isEnded)
        } react: {
            Ask(.wearer, waiting: .minutes(2)) { _ in "All well?" }
            OpenCase(in: "care") { "Fall \($0.facts.subject)" }
            Escalate(.stuck) { "Fall \($0.name)" }
        }
    }
}

extension Announcement {
    /// All six texts, each with its first word.
    static let outage = Announcement(
        wordWithin: .hours(2),
        begins: { "OUT, word by \($0.nextWord)" },
        onTheWay: { _ in "WAY" },
        estimated: { "ESTIMATE \($0.estimate)" },
        delayed: { "DELAY, word by \($0.nextWord)" },
        stillOpen: { "STILL, word by \($0.nextWord)" },
        cleared: { _ in "BACK" }
    )
}

extension Escalation {
    static let stuck = Escalation("stuck", arrivalWithin: .minutes(20), receiptWithin: .minutes(30)) {
        Ask("technician")
        Wait(.minutes(5))
    } lastResort: {
        Keep(asking: "dispatcher", every: .minutes(5))
    }
}
