import Foundation
import Glibc

/// A real Mosquitto for one test: own port, own folder, and a `restart` that keeps what it had stored.
public final class MosquittoServer {
    public enum Configuration {
        /// `deploy/mosquitto.conf` with another port and folder, and these lines besides.
        case deployed(besides: [String] = [])
        /// Mosquitto's own defaults with a listener, and these lines besides; `{folder}` is the test's folder.
        case defaults(besides: [String] = ["allow_anonymous true"])
    }

    public private(set) var port = 0
    public let folder: TestFolder
    private let configuration: Configuration
    private var process: ServerProcess?

    /// Writes the configuration, starts the broker and waits until it accepts connections.
    ///
    /// - Parameter folder: With files that the configuration names, such as certificates.
    public init(_ configuration: Configuration = .deployed(), folder: TestFolder? = nil) throws {
        self.configuration = configuration
        self.folder = try folder ?? TestFolder()
        // Between choosing a port and listening on it, another process may take it.
        for attempt in 1...5 {
            port = try Loopback.freePort()
            try writeConfiguration()
            do {
                try start()
                return
            } catch  where attempt < 5 {
                continue
            }
        }
    }

    public func start() throws {
        let process = try ServerProcess(
            "/usr/sbin/mosquitto",
            ["-c", folder.path("mosquitto.conf")],
            output: folder.url.appendingPathComponent("mosquitto.log")
        )
        self.process = process
        for _ in 0..<1_000 {
            guard process.isRunning else { throw ServerFailure("Mosquitto ended at once:\n\(log)") }
            if Loopback.accepts(port: port) { return }
            usleep(10_000)
        }
        throw ServerFailure("Mosquitto accepts no connection on port \(port):\n\(log)")
    }

    /// Ends it as a service manager does; it writes its sessions and messages first.
    public func stop() {
        process?.end(with: SIGTERM)
        process = nil
    }

    /// Ends it as a power failure does.
    public func kill() {
        process?.end(with: SIGKILL)
        process = nil
    }

    /// Has it write its sessions and messages now, and waits until they are on disk.
    public func save() throws {
        guard let process else { throw ServerFailure("Mosquitto does not run") }
        let file = folder.path("mosquitto.db")
        let before = modification(of: file)
        Glibc.kill(process.pid, SIGUSR1)
        for _ in 0..<1_000 {
            if modification(of: file) != before { return }
            usleep(10_000)
        }
        throw ServerFailure("Mosquitto did not write \(file)")
    }

    /// Freezes it: connections stay, nothing is answered.
    public func pause() { if let process { Glibc.kill(process.pid, SIGSTOP) } }

    public func resume() { if let process { Glibc.kill(process.pid, SIGCONT) } }

    public var log: String {
        do {
            return try String(contentsOfFile: folder.path("mosquitto.log"), encoding: .utf8)
        } catch {
            return "(no log: \(error))"
        }
    }

    private func modification(of file: String) -> [Int] {
        var status = stat()
        guard stat(file, &status) == 0 else { return [] }
        return [Int(status.st_ino), Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec)]
    }

    private func writeConfiguration() throws {
        var lines: [String]
        switch configuration {
        case .deployed(let besides):
            let file = repository.appendingPathComponent("deploy/mosquitto.conf")
            lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n").map { line in
                if line.hasPrefix("listener ") { return "listener \(port) 127.0.0.1" }
                if line.hasPrefix("persistence_location ") {
                    return "persistence_location \(folder.path(""))/"
                }
                return line
            }
            lines += besides
        case .defaults(let besides):
            lines = ["listener \(port) 127.0.0.1", "persistence_location \(folder.path(""))/"]
            lines += besides.map { $0.replacingOccurrences(of: "{folder}", with: folder.url.path) }
        }
        // Started by root it would become another user, who may not write here.
        if geteuid() == 0 { lines.append("user root") }
        try folder.write(lines.joined(separator: "\n") + "\n", to: "mosquitto.conf")
    }
}
