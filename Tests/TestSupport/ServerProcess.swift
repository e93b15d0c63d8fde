import Foundation
import Glibc
import Synchronization

/// A server that a test has started. It ends with the test, however that ends.
public final class ServerProcess {
    private static let running = Mutex<Set<pid_t>>([])
    /// Tests that crash a precondition or are cancelled leave through `exit`.
    private static let reaper: Int32 = atexit {
        ServerProcess.running.withLock { for pid in $0 { Glibc.kill(pid, SIGKILL) } }
    }

    public let pid: pid_t
    private var exitStatus: Int32?

    /// - Parameters:
    ///   - environment: All that it has; nil for that of the test.
    ///   - output: The file that takes what the server writes.
    public init(
        _ executable: String,
        _ arguments: [String],
        environment: [String: String]? = nil,
        output: URL
    ) throws {
        _ = Self.reaper
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output.path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // Test threads block signals, and a server that inherits this cannot be asked to stop.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let words = ([executable] + arguments).map { strdup($0) }
        defer { words.forEach { free($0) } }
        var pid: pid_t = 0
        let settings = (environment ?? ProcessInfo.processInfo.environment)
            .map { strdup("\($0.key)=\($0.value)") }
        defer { settings.forEach { free($0) } }
        let code = posix_spawn(&pid, executable, &actions, &attributes, words + [nil], settings + [nil])
        guard code == 0 else {
            throw ServerFailure("\(executable) does not start: \(String(cString: strerror(code)))")
        }
        self.pid = pid
        Self.running.withLock { _ = $0.insert(pid) }
    }

    deinit { end(with: SIGKILL) }

    public var isRunning: Bool {
        guard exitStatus == nil else { return false }
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return true }
        ended(status)
        return false
    }

    /// What it ended with: its code, or minus the number of the signal; nil while it runs.
    public var exitCode: Int? {
        guard !isRunning, let status = exitStatus else { return nil }
        let signal = Int(status & 0x7f)
        return signal == 0 ? Int((status >> 8) & 0xff) : -signal
    }

    /// Sends the signal and waits until the process is gone.
    public func end(with signal: Int32) {
        guard isRunning else { return }
        Glibc.kill(pid, signal)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        ended(status)
    }

    private func ended(_ status: Int32) {
        exitStatus = status
        Self.running.withLock { _ = $0.remove(pid) }
    }
}

public struct ServerFailure: Error, CustomStringConvertible {
    public var description: String

    public init(_ description: String) {
        self.description = description
    }
}
