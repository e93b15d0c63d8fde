import Foundation
import Glibc
import Interactions
import MQTT
import Store
import Telemetry
import TestSupport
import Testing
import Units

@Suite("Run", .serialized)
struct RunTests {
    @Test("The supervisor hears that it is ready, that it lives and that it stops")
    func supervisor() throws {
        let socket = try NotifySocket()
        let rig = try Rig(["NOTIFY_SOCKET": socket.path, "WATCHDOG_USEC": "1000000"])
        try rig.vigie.start()
        #expect(socket.next() == "READY=1")
        #expect(socket.next() == "WATCHDOG=1")
        #expect(socket.next() == "WATCHDOG=1")
        #expect(rig.vigie.stop().code == 0)
        #expect(socket.rest().last == "STOPPING=1")
    }

    @Test("Asked to stop under load it leaves within 5 s, and the next start gets nothing twice")
    func stopUnderLoad() throws {
        let rig = try Rig()
        let begin = Moment(seconds: Int64(Date().timeIntervalSince1970)) - .hours(4)
        let hours = ElevatorHours(elevators: 20, begin: begin, hours: 4, seed: 1)
        try rig.vigie.hand(hours.directory)
        try rig.vigie.start()
        let load = Load(hours, broker: rig.broker.port, rate: 2000)
        #expect(eventually { load.seconds > 100 })
        let first = rig.vigie.stop()
        #expect(first.code == 0)
        #expect(first.seconds < 5)
        let start = Date()
        try rig.vigie.start()
        #expect(Date().timeIntervalSince(start) < 5)
        #expect(rig.vigie.log.contains("session resumed"))
        #expect(rig.vigie.log.contains("going on at journal position"))
        let before = load.seconds
        #expect(eventually { load.seconds > before + 20 })
        #expect(rig.vigie.stop().code == 0)
        #expect(load.finish() == nil)
        try rig.vigie.start()
        let witness = Witness(hours, seconds: load.seconds + Load.calmSeconds)
        try witness.wait(for: rig.vigie)
        #expect(witness.missing == 0)
        #expect(witness.repeated == 0)
    }

    @Test("A sink that does not answer keeps nobody from stopping")
    func stopWithStalledSink() throws {
        let receiver = try ScriptedServer { _, reply in
            reply.stall()
            return false
        }
        defer { receiver.stop() }
        let rig = try Rig(["VIGIE_INTERACTIONS_TO": "webhook", "VIGIE_WEBHOOK_URL": receiver.url])
        try rig.vigie.start()
        try rig.press(1)
        #expect(eventually { !receiver.received.isEmpty })
        let end = rig.vigie.stop()
        #expect(end.code == 0)
        #expect(end.seconds < 5)
    }

    @Test("One folder has one run")
    func oneRun() throws {
        let rig = try Rig()
        try rig.vigie.start()
        let second = try VigieServer(
            broker: rig.broker.port,
            ["VIGIE_MQTT_CLIENT_ID": "another"],
            folder: rig.vigie.folder
        )
        try second.launch()
        #expect(second.exitCode() == 74)
        #expect(second.log.contains("another vigie run works with this folder"))
        #expect(rig.vigie.get("/readyz")?.status == 200)
    }

    @Test("Everything that is wrong with the settings is said at once")
    func wrongSettings() throws {
        let rig = try Rig([
            "VIGIE_ZONE": "Mars/Olympus", "VIGIE_NOTICES_TO": "pigeon", "VIGIE_MQT": "mqtt://elsewhere",
            "VIGIE_HOOK_TOKEN_FILE": "{folder}/missing",
        ])
        try rig.vigie.launch()
        #expect(rig.vigie.exitCode() == 78)
        for name in ["VIGIE_ZONE", "VIGIE_NOTICES_TO", "VIGIE_MQT:", "VIGIE_HOOK_TOKEN_FILE"] {
            #expect(rig.vigie.log.contains(name), "\(rig.vigie.log)")
        }
        #expect(!FileManager.default.fileExists(atPath: rig.vigie.folder.path("data")))
    }

    @Test("A wrong password ends it with a reason and without the password")
    func wrongPassword() throws {
        let folder = try TestFolder()
        let made = try ServerProcess(
            "/usr/bin/mosquitto_passwd",
            ["-b", "-c", folder.path("passwords"), "vigie", "right"],
            output: folder.url.appendingPathComponent("passwd.log")
        )
        #expect(eventually { !made.isRunning })
        let broker = try MosquittoServer(
            .defaults(besides: ["allow_anonymous false", "password_file {folder}/passwords"]),
            folder: folder
        )
        defer { broker.stop() }
        let own = try TestFolder()
        try own.write("not-the-right-one", to: "password")
        let vigie = try VigieServer(
            broker: broker.port,
            ["VIGIE_MQTT_USER": "vigie", "VIGIE_MQTT_PASSWORD_FILE": own.path("password")],
            folder: own
        )
        try vigie.launch()
        #expect(vigie.exitCode() == 69)
        #expect(vigie.log.contains("refused the connection"))
        #expect(vigie.log.contains("not retrying"))
        #expect(!vigie.log.contains("not-the-right-one"))
    }

    @Test("A snapshot of another version is replaced by the journal, and nothing is sent twice")
    func otherSnapshot() throws {
        let rig = try Rig.withSnapshotOfAnotherVersion()
        try rig.vigie.start()
        #expect(
            rig.vigie.log.contains("it has format 2, this version of Vigie reads 3 to"),
            "\(rig.vigie.log)"
        )
        #expect(rig.vigie.log.contains("the whole journal is read in its place"))
        try rig.press(2)
        #expect(try rig.waitForCallbacks(["B-1", "B-2"]))
    }

    @Test("A snapshot of another version, and no whole journal: it says which version goes on")
    func otherSnapshotAlone() throws {
        let rig = try Rig.withSnapshotOfAnotherVersion()
        _ = try rig.vigie.store().purge(now: Moment(seconds: Int64(Date().timeIntervalSince1970)) + .days(40))
        try rig.vigie.launch()
        #expect(rig.vigie.exitCode() == 70)
        #expect(
            rig.vigie.log.contains("nothing was started, the broker keeps the messages"),
            "\(rig.vigie.log)"
        )
        #expect(rig.vigie.log.contains("start the version of Vigie that made it"))
    }

    @Test("A database that is none is refused in one clear line")
    func damagedDatabase() throws {
        let rig = try Rig()
        try rig.vigie.start()
        try rig.press(1)
        #expect(try rig.waitForCallbacks(["B-1"]))
        rig.vigie.stop()
        let path = rig.vigie.folder.path("data/vigie.sqlite")
        // A log that was not written back yet would still have the pages that are damaged here.
        for ending in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + ending) {
            try FileManager.default.removeItem(atPath: path + ending)
        }
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        try file.write(contentsOf: Data(repeating: 0x5A, count: 8192))
        try file.close()
        try rig.vigie.launch()
        let code = rig.vigie.exitCode()
        #expect(code == 78 || code == 74)
        let line = rig.vigie.log.split(separator: "\n").last { $0.contains("vigie.sqlite") }
        #expect(line?.contains("damaged") == true, "\(rig.vigie.log)")
    }
}

extension Rig {
    /// Stopped after a press, with its newest snapshot once more as if an early version had made it.
    fileprivate static func withSnapshotOfAnotherVersion() throws -> Rig {
        let rig = try Rig()
        try rig.vigie.start()
        try rig.press(1)
        #expect(try rig.waitForCallbacks(["B-1"]))
        rig.vigie.stop()
        let store = try rig.vigie.store()
        var snapshot = try #require(store.newestSnapshot(of: "0").snapshot)
        snapshot.bytes.replaceSubrange(4..<8, with: [2, 0, 0, 0])
        try store.save(snapshot, of: "0")
        return rig
    }
}

/// Where a supervisor listens (sd_notify(3)).
private final class NotifySocket {
    let path: String
    private let folder: TestFolder
    private let descriptor: Int32

    init() throws {
        folder = try TestFolder()
        path = folder.path("notify")
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard code == 0 else { throw ServerFailure("no socket at \(path)") }
    }

    deinit { close(descriptor) }

    /// The next thing that is said; nil after 10 s of silence.
    func next(within seconds: Int = 10) -> String? {
        var limit = timeval(tv_sec: seconds, tv_usec: seconds == 0 ? 1 : 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }

    func rest() -> [String] {
        var said: [String] = []
        while let word = next(within: 0) { said.append(word) }
        return said
    }
}
