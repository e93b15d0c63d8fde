import Foundation
import Interactions
import Units

/// An elevator whose doors stay closed around somebody, a message every ten seconds.
struct ElevatorRecording {
    var lines: [String] = []

    /// 2026-01-05T08:00:00Z
    static let begin = Moment(seconds: 1_767_600_000)

    init(minutes: Int, elevator: String = "A7", load: Int = 80) {
        for step in 0..<minutes * 6 {
            let at = Self.begin + .seconds(step * 10)
            let payload: JSON = [
                "elevator": .string(elevator), "sequence": .integer(Int64(step)), "ts": .string("\(at)"),
                "doors": "closed", "speed": 0, "load": .integer(Int64(load)), "motorCurrent": 2,
                "inInspection": false,
            ]
            lines.append(Self.line(at, "landlord/12/elevator/\(elevator)/status", "\(payload)"))
        }
    }

    static func line(_ at: Moment, _ topic: String, _ payload: String) -> String {
        "\(["at": .string("\(at)"), "topic": .string(topic), "payload": .string(payload)] as JSON)"
    }

    mutating func restart(before index: Int) {
        lines.insert(#"{"at":"2026-01-05T08:00:00Z","restart":true}"#, at: index)
    }

    var text: String { lines.joined(separator: "\n") + "\n" }
}
