import Interactions
import Telemetry
import TestSupport
import Units

/// Hours of some elevators, a message a second from each, with what happens in them a function of the seed alone.
///
/// Every outage is either clearly shorter or clearly longer than a pipeline waits for, so that what follows from
/// it depends on the devices' time and not on when a message arrives.
struct ElevatorHours: Sendable {
    struct Spell: Sendable {
        var seconds: Range<Int>
        var isStuck: Bool
    }

    let elevators: Int
    let begin: Moment
    private let spells: [[Spell]]

    /// - Parameters:
    ///   - hours: how long things happen; after it all is well.
    ///   - stuck: whether people get stuck as well.
    init(elevators: Int, begin: Moment, hours: Int, stuck: Bool = false, seed: UInt64) {
        self.elevators = elevators
        self.begin = begin
        var random = Dice(seed: seed)
        spells = (0..<elevators).map { _ in
            var spells: [Spell] = []
            var next = Int.random(in: 20...300, using: &random)
            while next < hours * 3600 {
                let isStuck = stuck && Int.random(in: 0..<3, using: &random) == 0
                let isLong = isStuck || Int.random(in: 0..<4, using: &random) > 0
                let length = Int.random(in: isLong ? 220...400 : 10...60, using: &random)
                spells.append(Spell(seconds: next..<next + length, isStuck: isStuck))
                // Longer than it takes until a case is closed again.
                next += length + Int.random(in: 700...1100, using: &random)
            }
            return spells
        }
    }

    func topic(_ elevator: Int) -> String { "landlord/7/elevator/E\(elevator)/status" }

    /// - Parameter isCalm: whatever was to happen then does not.
    func payload(_ elevator: Int, _ second: Int, isCalm: Bool = false) -> String {
        let spell = isCalm ? nil : spells[elevator].first { $0.seconds.contains(second) }
        let mode = spell.map { $0.isStuck ? "normal" : "outOfService" } ?? "normal"
        let load = spell?.isStuck == true ? "140.0" : "0.0"
        return """
            {"sequence":\(second),"ts":"\(begin + .seconds(second))","doors":"closed","speed":0.00,\
            "load":\(load),"motorCurrent":9.50,"inInspection":false,"mode":"\(mode)"}
            """
    }

    /// The elevator and the second that a message of ours tells of; nil for another's.
    static func place(_ message: Message) -> (elevator: Int, second: Int)? {
        let levels = message.topic.split(separator: "/")
        let prefix = Array(#"{"sequence":"#.utf8)
        guard levels.count == 5, let elevator = Int(levels[3].dropFirst()),
            message.payload.starts(with: prefix)
        else { return nil }
        let digits = message.payload.dropFirst(prefix.count).prefix { (0x30...0x39).contains($0) }
        return digits.isEmpty ? nil : (elevator, digits.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }

    /// A building with these elevators, four tenants and a technician.
    var directory: Directory {
        Directory(
            sites: [.init(id: "S-7", name: "Les Lilas", address: "12 rue des Lilas")],
            assets: (0..<elevators).map {
                .init(id: "E\($0)", kind: "elevator", site: "S-7", name: "Ascenseur \($0)")
            },
            people: (1...4).map { (number: Int) in
                .init(
                    id: "P-\(number)",
                    name: "Locataire \(number)",
                    phone: "+3361234560\(number)",
                    site: "S-7",
                    floor: number
                )
            } + [.init(id: "T-1", name: "Technicien", phone: "+33612345699")],
            relations: [.init(role: "technician-on-call", person: "T-1", scope: "S-7")]
        )
    }
}
