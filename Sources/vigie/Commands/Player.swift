import MQTT
import Telemetry
import Units

/// Publishes messages at their pace over a connection of its own, and leaves what people answered for the Vigie on
/// this machine.
final class Player {
    private let publisher: MQTTPublisher
    private let pace: PlayPace
    private let post: (Entry) throws -> Void
    private let clock = ContinuousClock()

    /// - Parameter post: takes an answer or news about a case.
    init(_ settings: MQTTSettings, pace: PlayPace, post: @escaping (Entry) throws -> Void) {
        self.post = post
        var settings = settings
        // Two connections with one name throw each other out.
        settings.clientID += "-play-\(SystemClock.read().microseconds)"
        settings.statusPrefix = nil
        publisher = MQTTPublisher(settings, seed: UInt64.random(in: 0 ... .max))
        self.pace = pace
    }

    func close() { publisher.close() }

    /// Publishes all of it and waits until the broker has it.
    func play(_ recordings: MergedRecordings, of total: Int) throws {
        try publisher.connect(within: .seconds(10))
        var recordings = recordings
        let start = clock.now
        var told = start
        var sent = 0
        while let entry = try recordings.next() {
            let due = start + pace.due(entry.at)
            while due > clock.now { try publisher.wait(for: min(clock.now.duration(to: due), .seconds(1))) }
            guard case .message(let message) = entry else {
                try post(entry)
                continue
            }
            try message.payload.withUnsafeBytes { payload in
                try publisher.publish(
                    to: message.topic,
                    payload,
                    qos: message.flags.qos,
                    retained: message.flags.contains(.retained),
                    properties: message.properties
                )
            }
            sent += 1
            if clock.now - told > .milliseconds(200) {
                told = clock.now
                Terminal.progress("\(message.arrivedAt)  \(sent) of \(total) messages")
            }
        }
        try publisher.flush()
        Terminal.progress("")
        Terminal.say("\(sent) messages in \(SpanText.rough(clock.now - start)); the broker has them")
    }
}
