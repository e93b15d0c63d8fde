internal import CMosquitto
import Foundation
import Glibc
import MQTT
import Telemetry
import TestSupport
import Units

/// What the intake costs beside a bare subscriber of libmosquitto that throws the messages away, with a
/// stand-in broker that sends as fast as it can. One JSON object a line; CPU is that of the measured thread.
@main
enum MQTTBench {
    static let messages = 300_000
    static let rounds = 5

    struct Cost {
        var seconds: Double
        var cpuMicroseconds: Double
    }

    static func main() throws {
        var bare: [Cost] = []
        var intake: [Cost] = []
        for _ in 0..<rounds {
            bare.append(try measure(bareSubscriber))
            intake.append(try measure(intakeBatches))
        }
        report("intake messages", "1/s", intake.map { 1 / $0.seconds }, bare.map { 1 / $0.seconds })
        report(
            "intake CPU per message",
            "us",
            intake.map(\.cpuMicroseconds),
            bare.map(\.cpuMicroseconds)
        )
        try publishing()
    }

    private static func measure(_ subscriber: (Int) throws -> Void) throws -> Cost {
        var behaviour = StandInBroker.Behaviour()
        behaviour.messages = messages
        let broker = try StandInBroker(behaviour)
        defer { broker.stop() }
        let wall = seconds(CLOCK_MONOTONIC)
        let cpu = seconds(CLOCK_THREAD_CPUTIME_ID)
        try subscriber(broker.port)
        let count = Double(messages)
        return Cost(
            seconds: (seconds(CLOCK_MONOTONIC) - wall) / count,
            cpuMicroseconds: (seconds(CLOCK_THREAD_CPUTIME_ID) - cpu) / count * 1e6
        )
    }

    private static func intakeBatches(port: Int) throws {
        let intake = MQTTIntake(
            MQTTSettings(host: "127.0.0.1", port: port, clientID: "bench"),
            filters: ["load/#"],
            memory: Forgetful(),
            seed: 1,
            clock: {
                var time = timespec()
                clock_gettime(CLOCK_REALTIME, &time)
                return Moment(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
            }
        )
        var batch = EntryBatch()
        var count = 0
        while count < messages {
            if case .messages(let more) = try intake.nextBatch(into: &batch) {
                count += more
                intake.acknowledge()
            }
        }
    }

    private final class Counter { var count = 0 }

    /// `mosquitto_loop_forever` as most programs use it.
    private static func bareSubscriber(port: Int) throws {
        mosquitto_lib_init()
        let counter = Counter()
        guard let handle = mosquitto_new("bare", true, Unmanaged.passUnretained(counter).toOpaque()) else {
            throw ServerFailure("libmosquitto makes no client")
        }
        defer { mosquitto_destroy(handle) }
        mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5)
        mosquitto_int_option(handle, MOSQ_OPT_RECEIVE_MAXIMUM, 65_535)
        mosquitto_connect_callback_set(handle) { handle, _, _ in
            mosquitto_subscribe(handle, nil, "load/#", 1)
        }
        mosquitto_message_callback_set(handle) { handle, counter, _ in
            guard let counter else { return }
            let state = Unmanaged<Counter>.fromOpaque(counter).takeUnretainedValue()
            state.count += 1
            if state.count == MQTTBench.messages { mosquitto_disconnect(handle) }
        }
        mosquitto_connect(handle, "127.0.0.1", Int32(port), 60)
        mosquitto_loop_forever(handle, -1, 1)
        guard counter.count == messages else {
            throw ServerFailure("the bare subscriber got \(counter.count)")
        }
    }

    /// How fast recorded days can be played into a real broker.
    private static func publishing() throws {
        let server = try MosquittoServer()
        let settings = MQTTSettings(host: "127.0.0.1", port: server.port, clientID: "bench")
        var rates: [Double] = []
        for _ in 0..<rounds {
            let publisher = MQTTPublisher(settings, seed: 1)
            try publisher.connect()
            let begin = seconds(CLOCK_MONOTONIC)
            let payload = String(repeating: "x", count: 150)
            for _ in 0..<50_000 { try publisher.publish(to: "load/test", payload) }
            try publisher.flush()
            rates.append(50_000 / (seconds(CLOCK_MONOTONIC) - begin))
            publisher.close()
        }
        report("publish QoS 1 into Mosquitto", "1/s", rates, rates)
    }

    private static func report(_ name: String, _ unit: String, _ values: [Double], _ baselines: [Double]) {
        let value = values.sorted()[values.count / 2]
        let baseline = baselines.sorted()[baselines.count / 2]
        let numbers = String(
            format: #""value":%.2f,"unit":"%@","baseline":%.2f,"ratio":%.3f"#,
            value,
            unit,
            baseline,
            value / baseline
        )
        print(#"{"name":"\#(name)",\#(numbers)}"#)
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

private struct Forgetful: SubscriptionMemory {
    func load() throws -> SessionSubscriptions { SessionSubscriptions() }
    func save(_ subscriptions: SessionSubscriptions) throws {}
}
