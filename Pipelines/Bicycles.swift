import Interactions
import PipelineKit
import Telemetry
import Units

/// What the tracker of a bicycle and its lock say, each its own part.
struct BicycleStatus: Reading {
    var bicycle = Name()
    var heardAt = Moment()
    var isLocked = false
    /// What the tracker itself takes for a movement.
    var isMoving = false
    /// Not a number where the message has none.
    var latitude = Angle(base: .nan)
    var longitude = Angle(base: .nan)
    var accuracy = Length.zero

    static var fields: [Field<Self>] {
        Field("subject", \.bicycle)
        Field("at", \.heardAt)
        Field("locked", \.isLocked, missing: .keepsLastValue)
        Field("moving", \.isMoving, missing: .keepsInitialValue)
        Field("latitude", \.latitude, in: .degrees, missing: .keepsInitialValue)
        Field("longitude", \.longitude, in: .degrees, missing: .keepsInitialValue)
        Field("accuracy", \.accuracy, in: .metres, missing: .keepsInitialValue)
    }
}

/// How a locked bicycle is: where it stood, or on its way.
struct Parking {
    let isTaken: Bool
    var isLeftAlone: Bool { !isTaken }
}

/// Compares each position of a locked bicycle with the one where it was seen to stand.
struct Parkings: Transformer {
    /// Between buildings a receiver is wrong by tens of metres.
    private static let leastDistance = Length.metres(100)
    private var latitude = Angle(base: .nan)
    private var longitude = Angle(base: .nan)

    static var sample: Parking? { Parking(isTaken: true) }

    mutating func step(_ status: BicycleStatus) -> Parking? {
        guard status.isLocked else {
            (latitude, longitude) = (Angle(base: .nan), Angle(base: .nan))
            return Parking(isTaken: false)
        }
        return Parking(isTaken: hasLeft(for: status) || status.isMoving)
    }

    /// Whether it is no longer where it stood; then it stands where it is now, until the next position.
    private mutating func hasLeft(for status: BicycleStatus) -> Bool {
        guard status.hasPosition else { return false }
        let isFirst = latitude.base.isNaN
        let way = distance(to: status)
        guard isFirst || way > max(Self.leastDistance, status.accuracy + status.accuracy) else {
            return false
        }
        (latitude, longitude) = (status.latitude, status.longitude)
        return !isFirst
    }

    /// On a plane, which is exact enough for a street. A degree of latitude has 111.2 km; one of longitude shrinks with
    /// the cosine of the latitude, here Bhaskara's formula, which is off by 0.2 % at most.
    private func distance(to status: BicycleStatus) -> Length {
        let square = status.latitude.base * status.latitude.base
        let cosine = (32_400 - 4 * square) / (32_400 + square)
        let north = status.latitude.base - latitude.base
        let east = (status.longitude.base - longitude.base) * cosine
        return .metres(111_195 * (north * north + east * east).squareRoot())
    }
}

extension BicycleStatus {
    var hasPosition: Bool {
        -90...90 ~= latitude.base && -180...180 ~= longitude.base
    }
}

// A tracker that was cut off sends its way to the lock after the lock has closed: Order leaves it out as late.
let bicycles = Pipeline("bicycles", reading: BicycleStatus.self, privacy: .personal) {
    Listen(to: "bicycles/{subject}/locked", as: .plain, retained: .isState)
    Listen(to: "traccar/{subject}/position", as: .device("traccar/position"))
    Listen(to: "owntracks/bicycles/{subject}", as: .device("owntracks/location"))
    Listen(to: "v3/velos@ttn/devices/+/up", as: .theThingsStack)
    Identify(by: \.bicycle, as: .bicycle)
    Order(by: \.heardAt, waiting: .seconds(5))

    Derive(Parking.self, with: Parkings()) {
        Detect("moved while locked", severity: .warning, clearsAfter: .minutes(10)) {
            Raised(\.isTaken, until: \.isLeftAlone)
        } react: {
            OpenCase(in: .monitoring) {
                French("\($0.name) : déplacé sans être déverrouillé à \($0.since)")
                English("\($0.name): moved while locked at \($0.since)")
            }
            Text(.owner, at: .anyHour) {
                French(
                    "\($0.name) bouge depuis \($0.since), antivol fermé. Si ce n'est pas vous : 17 ou 112."
                )
                English("\($0.name) has been moving since \($0.since), still locked. If it is not you: 112.")
            }
            Text(.owner, when: .cleared) {
                French("\($0.name) : immobile ou déverrouillé à \($0.at).")
                English("\($0.name): stands still or is unlocked, \($0.at).")
            }
            Watch(french: "Bouge, antivol fermé", english: "Moves while locked")
        }
    }

    Detect("tracker silent", severity: .advice) {
        Silent(for: .days(2))
    } react: {
        OpenCase(in: .monitoring) {
            French("\($0.name) : plus de signal depuis \($0.since), un vol ne serait pas vu")
            English("\($0.name): no signal since \($0.since), a theft would not be seen")
        }
    }
}
