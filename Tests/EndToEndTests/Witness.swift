import Foundation
import Store
import Telemetry
import TestSupport
import Testing

/// Looks through the journal for every message that was published.
final class Witness {
    let expected: Int
    private(set) var repeated = 0
    private var isSeen: [Bool]
    private var seen = 0
    private let seconds: Int
    private var position = Position.start

    var missing: Int { expected - seen }

    init(_ hours: ElevatorHours, seconds: Int) {
        self.seconds = seconds
        expected = hours.elevators * seconds
        isSeen = Array(repeating: false, count: expected)
    }

    /// Reads on until everything is there, or nothing has come for a minute.
    func wait(for vigie: VigieServer) throws {
        let store = try vigie.store()
        var lastNews = Date()
        while missing > 0, Date().timeIntervalSince(lastNews) < 60 {
            let before = position
            try read(store)
            if position != before { lastNews = Date() } else { Thread.sleep(forTimeInterval: 0.1) }
        }
    }

    private func read(_ store: Store) throws {
        var reader = store.journal(of: "0", from: position)
        while let batch = try reader.next() {
            try batch.entries.forEach { view in
                guard case .message(let message) = try view.copied(),
                    let place = ElevatorHours.place(message)
                else { return }
                let index = place.elevator * seconds + place.second
                if isSeen[index] {
                    repeated += 1
                } else {
                    isSeen[index] = true
                    seen += 1
                }
            }
        }
        position = reader.position
    }
}
