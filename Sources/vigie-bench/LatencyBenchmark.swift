import Foundation
import Interactions
import Measuring
import PipelineKit
import Telemetry
import TestSupport
import Units

extension Benchmark {
    /// From publishing to a text message that survives a power cut.
    static let latency = Benchmark(
        name: "latency",
        summary: "publish to notice durable in the outbox through Mosquitto, at 1 000 and 10 000 messages/s"
    ) { _ in
        try measure(pace: 1000, seconds: 30, goal: 10)
        try measure(pace: 10_000, seconds: 20, goal: 25)
    }

    private static func measure(pace: Int, seconds: Int, goal: Double) throws {
        let broker = try MosquittoServer()
        let folder = try TestFolder()
        let pipelines = PipelineSet([beats])
        let service = try Service(pipelines, store: folder.path("store.sqlite"), port: broker.port)
        let watch = Directory(
            people: [Directory.Person(id: "watch", name: "Watch", phone: "+33600000000")],
            relations: [Directory.Relation(role: "watch", person: "watch", scope: "")]
        )
        try service.take(.directory(at: .distantPast, json: watch.json))
        try service.connect()
        let count = pace * seconds
        let player = try Player(Stamped.batches(count), port: broker.port, pace: pace)
        var messages: [Double] = []
        var notices: [Double] = []
        player.start()
        try service.run(until: count) { batch, effects in
            let now = Stamped.now
            try batch.forEach { messages.append(Double(now - Stamped.time(of: $0.payload)) / 1e3) }
            for case .notice(let notice) in effects {
                guard let sent = Int64(notice.text) else {
                    throw BenchmarkFailure("a notice says \"\(notice.text)\", expected when it was published")
                }
                notices.append(Double(now - sent) / 1e3)
            }
        }
        try player.finish()
        service.stop()
        broker.stop()
        guard notices.count == count / 100 else {
            throw BenchmarkFailure("\(notices.count) notices for \(count / 100) alarms")
        }
        messages.sort()
        notices.sort()
        report("notice", notices, pace, [("p50", 0.5), ("p99", 0.99)], goal)
        report("message", messages, pace, [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)], goal)
    }

    private static func report(
        _ what: String,
        _ sorted: [Double],
        _ pace: Int,
        _ shares: [(name: String, value: Double)],
        _ goal: Double
    ) {
        for share in shares {
            Figure(
                name: "publish to durable \(what) at \(pace) messages/s, \(share.name)",
                value: sorted.quantile(share.value),
                unit: "ms",
                goal: share.name == "p99" ? .atMost(goal) : nil
            ).report()
        }
    }
}

/// A message that says when it was sent, on this machine's clock without leaps.
struct Stamped: Reading {
    var device = Name()
    var sent = 0
    var isAlarm = false

    static var fields: [Field<Self>] {
        Field("device", \.device)
        Field("sent", \.sent)
        Field("alarm", \.isAlarm)
    }
}

extension Stamped {
    private static let placeholder = "00000000000000"
    private static let position = #"{"sent":1"#.utf8.count

    /// Microseconds.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// Each hundredth is an alarm.
    static func batches(_ count: Int) -> [EntryBatch] {
        var batch = EntryBatch()
        for number in 0..<count {
            let payload =
                "{\"sent\":1\(placeholder),\"alarm\":\(number % 100 == 99),\"floor\":3,\"doors\":\"closed\",\"speed\":1.25}"
            batch.append(
                .message(
                    Message(
                        topic: "bench/\(number % 1009)/beat",
                        payload: [UInt8](payload.utf8),
                        arrivedAt: Moment()
                    )
                )
            )
        }
        return [batch]
    }

    /// The payload with the time of sending in it.
    static func payload(_ payload: UnsafeRawBufferPointer, at time: Int64) -> [UInt8] {
        var bytes = [UInt8](payload)
        var rest = time
        for index in (position..<position + placeholder.utf8.count).reversed() {
            bytes[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        return bytes
    }

    static func time(of payload: UnsafeRawBufferPointer) -> Int64 {
        payload[position..<position + placeholder.utf8.count].reduce(0) {
            $0 * 10 + Int64($1 - UInt8(ascii: "0"))
        }
    }

    /// What `payload(_:at:)` wrote, without the digit that keeps JSON from refusing a leading zero.
    var sentAt: Int { sent - 100_000_000_000_000 }
}

private let beats = Pipeline("beats", reading: Stamped.self) {
    Listen(to: "bench/{device}/beat")
    Identify(by: \.device)

    Detect("alarm", severity: .critical) {
        Happens(\.isAlarm)
    } react: {
        Text("watch") {
            French("\($0.reading.sentAt)")
            English("\($0.reading.sentAt)")
        }
    }
}
