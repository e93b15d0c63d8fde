import Console
import Delivery
import Engine
import MQTT
import Store
import Synchronization
import Units

/// What is counted, for `/metrics` and for whoever asks whether Vigie does its work.
final class Figures: Sendable {
    private struct State {
        var metrics: [Metric] = []
        var commits = 0
        var entries = 0
        var lastBatch = 0
        var lastCommitSeconds = 0.0
        var longestCommitSeconds = 0.0
        var obstacle: String?
        var isConnected = false
        var refreshedAt = RunClock.monotonicSeconds()
    }

    private let state = Mutex(State())

    func committed(_ entries: Int) {
        state.withLock { state in
            state.commits += 1
            state.entries += entries
            state.lastBatch = entries
        }
    }

    func commitTook(_ seconds: Double) {
        state.withLock { state in
            state.lastCommitSeconds = seconds
            state.longestCommitSeconds = max(state.longestCommitSeconds, seconds)
        }
    }

    func obstacle(_ sentence: String?) {
        state.withLock { $0.obstacle = sentence }
    }

    var metrics: [Metric] { state.withLock { $0.metrics } }

    /// The loop has come round within the last minute.
    var isAlive: Bool {
        state.withLock { RunClock.monotonicSeconds() - $0.refreshedAt < 60 }
    }

    var obstacles: [String] {
        state.withLock { state in
            var obstacles: [String] = []
            if let obstacle = state.obstacle { obstacles.append(obstacle) }
            if !state.isConnected { obstacles.append("not connected to the broker") }
            return obstacles
        }
    }

    /// Reads everything anew; called by the loop about once a second.
    func refresh(
        engine: Engine,
        intake: MQTTIntake,
        position: Position,
        dispatchers: [DispatchCounters],
        snapshotAge: Duration,
        store: Store,
        now: Moment
    ) {
        let counts = state.withLock {
            ($0.commits, $0.entries, $0.lastBatch, $0.lastCommitSeconds, $0.longestCommitSeconds)
        }
        let statistics = intake.statistics
        var metrics: [Metric] = [
            Metric.counter(
                "vigie_mqtt_messages_total",
                "Messages taken from the broker.",
                statistics.messages
            ),
            Metric.counter(
                "vigie_mqtt_bytes_total",
                "Payload bytes taken from the broker.",
                statistics.payloadBytes
            ),
            Metric.counter("vigie_mqtt_unguaranteed_total", "Messages with QoS 0.", statistics.unguaranteed),
            Metric.counter(
                "vigie_mqtt_properties_left_out_total",
                "MQTT 5 properties beyond the limits.",
                statistics.propertiesLeftOut
            ),
            Metric.counter("vigie_mqtt_connections_total", "Connections made.", statistics.connections),
            Metric.counter(
                "vigie_mqtt_sessions_lost_total",
                "Sessions the broker lost.",
                statistics.sessionsLost
            ),
            Metric.gauge(
                "vigie_mqtt_connected",
                "1 while the broker has accepted us.",
                intake.isConnected ? 1 : 0
            ),
            Metric.counter("vigie_commits_total", "Batches committed.", counts.0),
            Metric.counter("vigie_entries_total", "Entries committed.", counts.1),
            Metric.gauge("vigie_batch_entries", "Entries of the last batch.", Double(counts.2)),
            Metric.gauge("vigie_commit_seconds", "Time of the last commit.", counts.3),
            Metric.gauge("vigie_commit_seconds_max", "Longest commit since start.", counts.4),
            Metric.gauge("vigie_journal_position", "Entries in the journal.", Double(position.entries)),
            Metric.gauge("vigie_snapshot_age_seconds", "Age of the newest snapshot.", snapshotAge.inSeconds),
            Metric.gauge(
                "vigie_open_episodes",
                "Cases and episodes that are open.",
                Double(engine.openEpisodes)
            ),
            Metric.counter(
                "vigie_unrouted_total",
                "Messages no pipeline listens to.",
                engine.counted.unrouted
            ),
        ]
        metrics.append(contentsOf: Self.engineMetrics(engine))
        metrics.append(contentsOf: Self.deliveryMetrics(dispatchers))
        if let outbox = Self.outboxMetrics(store, now) { metrics.append(contentsOf: outbox) }
        state.withLock { state in
            state.metrics = metrics
            state.isConnected = intake.isConnected
            state.refreshedAt = RunClock.monotonicSeconds()
        }
    }

    private static func engineMetrics(_ engine: Engine) -> [Metric] {
        [
            Metric(
                "vigie_readings_total",
                .counter,
                help: "Readings taken, by pipeline.",
                samples: engine.readings.map {
                    .init(Double($0.count), labels: [.init("pipeline", $0.pipeline)])
                }
            ),
            Metric(
                "vigie_dropped_total",
                .counter,
                help: "Readings left out, by pipeline and reason.",
                samples: engine.drops.map { drop in
                    .init(
                        Double(drop.count),
                        labels: [.init("pipeline", drop.pipeline), .init("reason", drop.reason)]
                    )
                }
            ),
            Metric(
                "vigie_dead_letters_total",
                .counter,
                help: "Messages that could not be read, by reason.",
                samples: engine.counted.deadLetters.sorted { $0.key < $1.key }
                    .map { .init(Double($0.value), labels: [.init("reason", $0.key)]) }
            ),
            Metric(
                "vigie_held_total",
                .counter,
                help: "Findings and notices that led to nothing, by reason.",
                samples: engine.counted.held.sorted { $0.key < $1.key }
                    .map { .init(Double($0.value), labels: [.init("reason", $0.key)]) }
            ),
            Metric(
                "vigie_devices",
                .gauge,
                help: "Devices known, by pipeline.",
                samples: engine.devices.map {
                    .init(Double($0.count), labels: [.init("pipeline", $0.pipeline)])
                }
            ),
        ]
    }

    private static func deliveryMetrics(_ dispatchers: [DispatchCounters]) -> [Metric] {
        let outcomes: [(String, KeyPath<DispatchCounters, Int>)] = [
            ("delivered", \.delivered), ("retried", \.retried), ("parked", \.parked), ("expired", \.expired),
        ]
        return [
            Metric(
                "vigie_deliveries_total",
                .counter,
                help: "Tries to deliver, by sink and outcome.",
                samples: dispatchers.flatMap { counters in
                    outcomes.map { outcome, path in
                        .init(
                            Double(counters[keyPath: path]),
                            labels: [.init("sink", counters.sink), .init("outcome", outcome)]
                        )
                    }
                }
            )
        ]
    }

    /// Nil while the store cannot be read: the other figures are shown all the same.
    private static func outboxMetrics(_ store: Store, _ now: Moment) -> [Metric]? {
        do {
            let oldest = try store.oldestUnsentNotice().map { now.since($0).inSeconds } ?? 0
            return [
                Metric.gauge("vigie_oldest_unsent_notice_seconds", "Age of the oldest unsent text.", oldest),
                Metric(
                    "vigie_outbox",
                    .gauge,
                    help: "Deliveries, by sink and state.",
                    samples: try store.outboxCounts().map { count in
                        .init(
                            Double(count.count),
                            labels: [.init("sink", count.sink), .init("state", count.state.rawValue)]
                        )
                    }
                ),
            ]
        } catch {
            return nil
        }
    }
}

extension Metric {
    fileprivate static func counter(_ name: String, _ help: String, _ value: Int) -> Metric {
        Metric(name, .counter, help: help, samples: [.init(Double(value))])
    }

    fileprivate static func gauge(_ name: String, _ help: String, _ value: Double) -> Metric {
        Metric(name, .gauge, help: help, samples: [.init(value)])
    }
}
