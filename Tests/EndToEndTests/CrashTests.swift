import Foundation
import Glibc
import Interactions
import Store
import Synchronization
import Telemetry
import TestSupport
import Testing
import Units

/// Kills with -9 under load. `VIGIE_KILLS` says how many; each test prints its figures as one line of JSON.
@Suite("Crash", .serialized)
struct CrashTests {
    private static let kills = ProcessInfo.processInfo.environment["VIGIE_KILLS"].flatMap { Int($0) } ?? 15

    @Test("Killed at any moment: nothing acknowledged is lost, everything goes out once, the same is decided")
    func killed() throws {
        let kills = Self.kills
        let begin = Moment(seconds: Int64(Date().timeIntervalSince1970)) - .hours(4)
        let hours = ElevatorHours(elevators: 20 + kills * 2 / 5, begin: begin, hours: 4, seed: 4711)
        let broker = try MosquittoServer(.deployed(besides: ["autosave_interval 1"]))
        defer { broker.stop() }
        let received = Received()
        let receiver = try received.webhook()
        defer { receiver.stop() }
        let vigie = try VigieServer(
            broker: broker.port,
            [
                "VIGIE_INTERACTIONS_TO": "file,webhook", "VIGIE_WEBHOOK_URL": "\(receiver.url)/crm",
                "VIGIE_SNAPSHOT_EVERY": "2",
            ]
        )
        defer { vigie.kill() }
        try vigie.hand(hours.directory)
        try vigie.start()
        let load = Load(hours, broker: broker.port, rate: 3000)
        var random = Dice(seed: 12)
        var restarts = 0
        for kill in 1...kills {
            Thread.sleep(forTimeInterval: Double.random(in: 0.2...1.8, using: &random))
            try #require(
                vigie.process?.isRunning == true,
                "vigie ended by itself:\n\(vigie.log.suffix(2000))"
            )
            vigie.kill()
            try vigie.launch()
            guard kill % 5 == 3 else { continue }
            restarts += 1
            Thread.sleep(forTimeInterval: Double.random(in: 0...0.5, using: &random))
            broker.stop()
            try broker.start()
        }
        #expect(load.finish() == nil)
        let seconds = load.seconds
        #expect(seconds < 4 * 3600, "the devices' time has overtaken ours: take more elevators")

        let journal = Witness(hours, seconds: seconds + Load.calmSeconds)
        try journal.wait(for: vigie)
        try settle(vigie)
        #expect(vigie.stop().code == 0)

        let expected = try Expected(hours, seconds: seconds, from: Moment(seconds: begin.seconds + 4 * 3600))
        let sent = try vigie.sent()
        let posts = received.ids
        let lines = Dictionary(grouping: sent, by: \.id)
        let doubled = lines.values.count { $0.count > 1 }
        print(
            """
            {"name":"crash","kills":\(kills),"brokerRestarts":\(restarts),"messages":\(journal.expected),\
            "lost":\(journal.missing),"redelivered":\(journal.repeated),"interactions":\(expected.interactions.count),\
            "notices":\(expected.notices.count),"doubled":\(doubled),"webhookRepeats":\(posts.count - Set(posts).count)}
            """
        )
        #expect(journal.missing == 0)
        #expect(doubled == 0)
        #expect(!expected.interactions.isEmpty && !expected.notices.isEmpty)
        #expect(Set(sent.filter(\.isInteraction).map(\.id)) == Set(expected.interactions.keys))
        #expect(Set(sent.filter(\.isNotice).map(\.id)) == Set(expected.notices.keys))
        #expect(Set(posts) == Set(expected.interactions.keys))
        for event in sent where event.isInteraction {
            let same = expected.interactions[event.id]
            #expect(event.key == same?.key)
            #expect(event.detail == same.map { "\($0.seq) \($0.verb.rawValue)" })
        }
    }

    @Test(
        "At a gateway that cannot recognise a repetition: service texts at most once, life-safety at least once"
    )
    func texts() throws {
        let kills = max(5, Self.kills / 3)
        let begin = Moment(seconds: Int64(Date().timeIntervalSince1970)) - .hours(4)
        let hours = ElevatorHours(
            elevators: 20 + kills * 2 / 5,
            begin: begin,
            hours: 4,
            stuck: true,
            seed: 815
        )
        let broker = try MosquittoServer(.deployed())
        defer { broker.stop() }
        let received = Received()
        let gateway = try received.gateway()
        defer { gateway.stop() }
        let folder = try TestFolder()
        try folder.write("a secret of sixteen bytes or more", to: "secret")
        let vigie = try VigieServer(
            broker: broker.port,
            [
                "VIGIE_NOTICES_TO": "kannel", "VIGIE_KANNEL_URL": "\(gateway.url)/cgi-bin/sendsms",
                "VIGIE_KANNEL_SENDER": "38000", "VIGIE_KANNEL_USER": "iot",
                "VIGIE_KANNEL_PASSWORD_FILE": folder.path("secret"),
                // It gives no receipts: a gateway that did would get twenty texts, and then no more for minutes.
                "VIGIE_SNAPSHOT_EVERY": "2",
            ],
            folder: folder
        )
        defer { vigie.kill() }
        try vigie.hand(hours.directory)
        try vigie.start()
        let load = Load(hours, broker: broker.port, rate: 3000)
        var random = Dice(seed: 13)
        for _ in 1...kills {
            Thread.sleep(forTimeInterval: Double.random(in: 0.5...1.8, using: &random))
            // Most of the time a text is under way.
            vigie.kill()
            try vigie.launch()
        }
        #expect(load.finish() == nil)
        let seconds = load.seconds
        let journal = Witness(hours, seconds: seconds + Load.calmSeconds)
        try journal.wait(for: vigie)
        try settle(vigie)
        #expect(vigie.stop().code == 0)

        let expected = try Expected(hours, seconds: seconds, from: Moment(seconds: begin.seconds + 4 * 3600))
        let service = expected.notices.values.filter { $0.urgency == .service }
        let lifeSafety = expected.notices.values.filter {
            $0.urgency == .lifeSafety && !$0.phase.hasPrefix("escalation")
        }
        let times = Dictionary(received.ids.map { ($0, 1) }, uniquingKeysWith: +)
        let unsent = service.count { times[$0.id] == nil }
        let twice = lifeSafety.count { times[$0.id, default: 0] > 1 }
        print(
            """
            {"name":"crash texts","kills":\(kills),"messages":\(journal.expected),"lost":\(journal.missing),\
            "service":\(service.count),"serviceUnknown":\(unsent),"lifeSafety":\(lifeSafety.count),\
            "lifeSafetyTwice":\(twice)}
            """
        )
        #expect(journal.missing == 0)
        #expect(!service.isEmpty && !lifeSafety.isEmpty)
        for notice in service { #expect(times[notice.id, default: 0] <= 1) }
        for notice in lifeSafety { #expect(times[notice.id, default: 0] >= 1) }
        // What was not sent, or is not known to be, is not passed over in silence.
        let unknown = try vigie.store().outboxCounts().filter { $0.state == .unknown }.map(\.count).reduce(
            0,
            +
        )
        #expect(unsent <= unknown)
    }

    @Test("A broker killed with -9 keeps what its last snapshot has, and no more is promised of it")
    func brokerKilled() throws {
        // Only the snapshot that the test asks for.
        let rig = try Rig(broker: .deployed(besides: ["autosave_interval 3600"]))
        defer { rig.broker.stop() }
        try rig.vigie.start()
        try rig.press(1)
        #expect(try rig.waitForCallbacks(["B-1"]))
        #expect(rig.vigie.stop().code == 0)
        try rig.press(2)
        try rig.broker.save()
        try rig.press(3)
        rig.broker.kill()
        try rig.broker.start()
        try rig.vigie.start()
        try rig.press(4)
        #expect(try rig.waitForCallbacks(["B-1", "B-2", "B-4"]))
    }

    /// Until nothing waits to be delivered.
    private func settle(_ vigie: VigieServer) throws {
        let store = try vigie.store()
        let isSettled = try eventually(within: 60) {
            try store.outboxCounts().allSatisfy { $0.state != .pending && $0.state != .inFlight }
        }
        let counts = try store.outboxCounts()
        #expect(isSettled, "deliveries are left: \(counts)")
    }
}

extension Moment {
    fileprivate var seconds: Int64 { microseconds / 1_000_000 }
}

/// The ids that came in at a receiver, in order, repetitions included.
private final class Received: Sendable {
    private let all = Mutex<[String]>([])

    var ids: [String] { all.withLock { $0 } }

    /// A CRM that takes CloudEvents.
    func webhook() throws -> ScriptedServer {
        try ScriptedServer { request, reply in
            self.all.withLock { $0.append(request.header("Idempotency-Key") ?? "none") }
            usleep(10_000)
            reply.answer(202)
            return true
        }
    }

    /// A gateway with Kannel's interface that takes its time over each text.
    func gateway() throws -> ScriptedServer {
        try ScriptedServer { request, reply in
            let report = request.header("X-Kannel-DLR-URL") ?? ""
            let id = report.split(separator: "?").last?.split(separator: "&").first { $0.hasPrefix("id=") }
            self.all.withLock { $0.append(id?.dropFirst(3).removingPercentEncoding ?? "none") }
            usleep(20_000)
            reply.answer(202, body: "0: Accepted for delivery")
            return true
        }
    }
}
