import Foundation
import MQTT
import Measuring
import Synchronization
import Telemetry

/// Publishes messages from a thread of its own, all at once or at a pace.
final class Player: Sendable {
    private let batches: [EntryBatch]
    private let port: Int
    /// Messages a second; nil is as fast as it goes.
    private let pace: Int?
    private let problem = Mutex<String?>(nil)
    private let connected = DispatchSemaphore(value: 0)
    private let mayStart = DispatchSemaphore(value: 0)
    private let finished = DispatchSemaphore(value: 0)

    /// Returns when it is connected.
    init(_ batches: [EntryBatch], port: Int, pace: Int? = nil) throws {
        self.batches = batches
        self.port = port
        self.pace = pace
        let thread = Thread { [self] in
            do {
                try play()
            } catch {
                problem.withLock { $0 = "\(error)" }
                connected.signal()
            }
            finished.signal()
        }
        thread.start()
        connected.wait()
        try throwProblem()
    }

    func start() { mayStart.signal() }

    /// Waits until the broker has everything.
    func finish() throws {
        finished.wait()
        try throwProblem()
    }

    private func throwProblem() throws {
        if let problem = problem.withLock({ $0 }) { throw BenchmarkFailure("the publisher: \(problem)") }
    }

    private func play() throws {
        let settings = MQTTSettings(host: "127.0.0.1", port: port, clientID: "player")
        let publisher = MQTTPublisher(settings, window: 1000, seed: 1)
        try publisher.connect()
        connected.signal()
        mayStart.wait()
        let began = seconds(CLOCK_MONOTONIC)
        var count = 0
        for batch in batches {
            try batch.forEach { entry in
                if let pace { try wait(publisher, until: began + Double(count) / Double(pace)) }
                count += 1
                let topic = String(decoding: entry.topic, as: UTF8.self)
                guard pace != nil else { return try publisher.publish(to: topic, entry.payload) }
                // The time of sending stands where the payload has room for it.
                let payload = Stamped.payload(entry.payload, at: Stamped.now)
                try payload.withUnsafeBytes { try publisher.publish(to: topic, $0) }
            }
        }
        try publisher.flush()
        publisher.close()
    }

    private func wait(_ publisher: MQTTPublisher, until due: Double) throws {
        let ahead = due - seconds(CLOCK_MONOTONIC)
        if ahead > 0 { usleep(UInt32(ahead * 1e6)) }
    }
}
