import Foundation
import MQTT
import Synchronization
import Units

/// Publishes the hours of some elevators with QoS 1, second after second, until it is told that it is enough; then
/// a calm quarter of an hour, after which nothing is pending.
final class Load: Sendable {
    static let calmSeconds = 900

    private struct State {
        var seconds = 0
        var isEnough = false
        var isOver = false
        var failure: String?
    }

    private let state = Mutex(State())
    private let hours: ElevatorHours

    /// - Parameter rate: messages a second.
    init(_ hours: ElevatorHours, broker port: Int, rate: Int) {
        self.hours = hours
        Thread.detachNewThread { [self] in
            do {
                try publish(to: port, pause: Double(hours.elevators) / Double(rate))
            } catch {
                state.withLock { $0.failure = "\(error)" }
            }
            state.withLock { $0.isOver = true }
        }
    }

    /// Seconds published with what happens in them.
    var seconds: Int { state.withLock { $0.seconds } }

    /// Ends the load and waits until the broker has acknowledged every message.
    /// - Returns: what went wrong; nil when all of it is acknowledged.
    func finish() -> String? {
        state.withLock { $0.isEnough = true }
        while !state.withLock({ $0.isOver }) { Thread.sleep(forTimeInterval: 0.01) }
        return state.withLock { $0.failure }
    }

    private func publish(to port: Int, pause: Double) throws {
        var settings = MQTTSettings(host: "127.0.0.1", port: port, clientID: "load")
        settings.statusPrefix = nil
        let publisher = MQTTPublisher(settings, seed: 5)
        let start = Date()
        while !state.withLock({ $0.isEnough }) {
            let second = seconds
            try publish(second, isCalm: false, with: publisher)
            state.withLock { $0.seconds += 1 }
            let rest = start.addingTimeInterval(Double(second + 1) * pause).timeIntervalSinceNow
            if rest > 0 { try publisher.wait(for: .milliseconds(Int64(rest * 1000))) }
        }
        let end = seconds
        for second in end..<end + Self.calmSeconds { try publish(second, isCalm: true, with: publisher) }
        try publisher.flush(within: .seconds(60))
        publisher.close()
    }

    private func publish(_ second: Int, isCalm: Bool, with publisher: MQTTPublisher) throws {
        for elevator in 0..<hours.elevators {
            let payload = hours.payload(elevator, second, isCalm: isCalm)
            try publisher.publish(to: hours.topic(elevator), payload, within: .seconds(60))
        }
    }
}
