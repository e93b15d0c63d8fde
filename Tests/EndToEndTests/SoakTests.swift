import Foundation
import Interactions
import MQTT
import TestSupport
import Testing
import Units

/// A long steady load. `VIGIE_SOAK_MINUTES` says how long; without it there is none.
@Suite("Soak")
struct SoakTests {
    private static let minutes = ProcessInfo.processInfo.environment["VIGIE_SOAK_MINUTES"].flatMap { Int($0) }
    /// Messages a second: a second of all devices.
    private static let rate = 1000

    @Test("Under a steady load memory does not grow and nothing falls behind", .enabled(if: minutes != nil))
    func steady() throws {
        let seconds = (Self.minutes ?? 1) * 60
        // Allocators and caches have found their size by then.
        let warmUp = min(120, seconds / 3)
        let rig = try Rig()
        let devices = Devices()
        try rig.vigie.hand(devices.directory)
        try rig.vigie.start()
        let publisher = Rig.publisher(rig.broker.port, "soak")
        let start = Date()
        var sizes: [Int] = []
        var published = 0
        var longestLag = 0.0
        for second in 0..<seconds {
            let now = Moment(microseconds: Int64(Date().timeIntervalSince1970 * 1e6))
            for number in 0..<Self.rate {
                let (topic, payload) = devices.message(number, second, at: now)
                try publisher.publish(to: topic, payload)
                published += 1
            }
            if second >= warmUp, second % 5 == 0 {
                sizes.append(try residentKilobytes(rig))
                let taken = rig.vigie.metric("vigie_mqtt_messages_total") ?? 0
                longestLag = max(longestLag, Double(published) - taken)
            }
            let rest = start.addingTimeInterval(Double(second + 1)).timeIntervalSinceNow
            if rest > 0 { try publisher.wait(for: .milliseconds(Int64(rest * 1000))) }
        }
        try publisher.flush()
        let isTaken = eventually { rig.vigie.metric("vigie_mqtt_messages_total") == Double(published) }
        let took = Date().timeIntervalSince(start)
        let errors = rig.vigie.log.split(separator: "\n").filter { $0.contains(" error ") }
        let first = try #require(sizes.first)
        let last = try #require(sizes.last)
        let longestCommit = rig.vigie.metric("vigie_commit_seconds_max") ?? 0
        let deadLetters = try rig.vigie.store().deadLetterCount()
        let sent = try rig.vigie.sent().count
        #expect(rig.vigie.stop().code == 0)
        print(
            """
            {"name":"soak","seconds":\(Int(took)),"messages":\(published),"sent":\(sent),\
            "deadLetters":\(deadLetters),"residentKBAfterWarmUp":\(first),"residentKBAtEnd":\(last),\
            "residentKBMost":\(sizes.max() ?? 0),"longestLagMessages":\(Int(longestLag)),\
            "longestCommitSeconds":\(longestCommit),"errors":\(errors.count)}
            """
        )
        #expect(isTaken)
        #expect(errors.isEmpty, "\(errors.prefix(5))")
        #expect(sent > 0 && deadLetters > 0)
        // Cases and dead letters are remembered for a while: a tenth and 8 MB are room for that, not for a leak.
        #expect(last < first + first / 10 + 8192, "from \(first) to \(last) KB")
        // What a slow disk holds up for some seconds is caught up with again.
        #expect(longestLag < Double(Self.rate) * 10)
    }

    private func residentKilobytes(_ rig: Rig) throws -> Int {
        let pid = try #require(rig.vigie.process?.pid)
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return try #require(line?.split(separator: " ").dropLast().last.flatMap { Int($0) })
    }
}

/// A thousand devices of several kinds; each says something once a second.
private struct Devices {
    private let hours = ElevatorHours(elevators: 600, begin: Moment(), hours: 4, seed: 21)

    var directory: Directory {
        var directory = hours.directory
        directory.people.append(.init(id: "W-1", name: "Mme Martin", phone: "+33612345676", site: "S-7"))
        directory.assets += (600..<800).map {
            .init(id: "PD-\($0)", kind: "pendant", site: "S-7", name: "Pendentif \($0)", person: "W-1")
        }
        return directory
    }

    func message(_ number: Int, _ second: Int, at now: Moment) -> (topic: String, payload: String) {
        switch number {
        case 0..<600:
            return (hours.topic(number), elevator(number, second, at: now))
        case 600..<800:
            let payload = #"{"id":"\#(second)","event":"alive","battery":80,"worn":true}"#
            return ("care/7/pendant/PD-\(number)/event", payload)
        case 800..<990:
            let payload = #"{"ts":"\#(now)","total":\#(1000 + second / 60)}"#
            return ("landlord/7/water/W-\(number)/index", payload)
        case 990..<999:
            return ("home/7/button/B-\(number)/input_event/0", #"{"event":"S","event_cnt":\#(second)}"#)
        default:
            return ("landlord/7/elevator/E0/status", #"{"sequence":"#)
        }
    }

    /// With the time of now: what happens in the hours of the recording happens in this one.
    private func elevator(_ number: Int, _ second: Int, at now: Moment) -> String {
        let recorded = "\(hours.begin + .seconds(second))"
        return hours.payload(number, second).replacing(recorded, with: "\(now)")
    }
}
