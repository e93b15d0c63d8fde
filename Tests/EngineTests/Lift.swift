import Interactions
import PipelineKit
import Telemetry
import Units

/// A reading with everything that stages and signs look at; the numbers mean nothing.
struct Lift: Reading {
    var lift = Name()
    var sequence = 0
    var at = Moment()
    var event = Name()
    var isStuck = false
    var isPressed = false
    var isEnded = false
    var isInspected = false
    var load = Mass.zero
    var doors = Doors.closed
    var floors = 0
    var siteName = Name()

    enum Doors: String, Word { case open, closed }

    static var fields: [Field<Self>] {
        Field("lift", \.lift)
        Field("n", \.sequence, missing: .keepsInitialValue)
        Field("at", \.at, missing: .keepsInitialValue)
        Field("event", \.event, missing: .keepsInitialValue)
        Field("stuck", \.isStuck, missing: .keepsInitialValue)
        Field("pressed", \.isPressed, missing: .keepsInitialValue)
        Field("ended", \.isEnded, missing: .keepsInitialValue)
        Field("inspected", \.isInspected, missing: .keepsInitialValue)
        Field("load", \.load, in: .kilograms, missing: .keepsInitialValue)
        Field("doors", \.doors, missing: .keepsInitialValue)
    }

    var isOpen: Bool { doors == .open }
    var isHigh: Bool { floors > 3 }
}

/// How far the load has come since the reading before.
struct LoadStep: Transformer {
    var last = Mass.zero
    var count = 0

    mutating func step(_ reading: Lift) -> LoadChange? {
        defer { (last, count) = (reading.load, count + 1) }
        return count == 0 ? nil : LoadChange(lift: reading.lift, change: reading.load - last)
    }
}

struct LoadChange: BitwiseCopyable, Sendable {
    var lift: Name
    var change: Mass

    var isJump: Bool { change > .kilograms(200) }
}

/// A pipeline of these stages, after `Listen` and `Identify`.
func liftPipeline(
    named name: String = "lifts",
    order: Duration? = nil,
    retained: Retained = .dropped,
    as kind: AssetKind? = "lift",
    _ stages: [any Stage<Lift>]
) -> Pipeline {
    Pipeline(name, reading: Lift.self) {
        var all: [any Stage<Lift>] = [
            Listen(to: "lifts/{lift}", retained: retained), Identify(by: \.lift, as: kind),
        ]
        if let order { all.append(Order(by: \.at, waiting: order)) }
        return all + stages
    }
}

/// A detector that opens a case.
func detect(
    _ name: String,
    severity: Severity = .warning,
    remindEvery: Duration? = nil,
    clearsAfter: Duration = .zero,
    atMostEvery: Duration? = nil,
    among: Among? = nil,
    @SignBuilder<Lift> _ signs: () -> [any Sign<Lift>]
) -> Detect<Lift> {
    Detect(
        name,
        severity: severity,
        remindEvery: remindEvery,
        clearsAfter: clearsAfter,
        atMostEvery: atMostEvery,
        among: among,
        signs
    ) {
        OpenCase(in: "desk") { "\($0.reading.lift)" }
    }
}
