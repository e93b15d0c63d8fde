import Glibc

/// Sees to it that one process at a time runs on a data folder: a second one would take the deliveries that are
/// under way for left behind, and send them again. The lock goes with the process, however that ends.
final class RunLock {
    private let descriptor: Int32

    init(folder: String) throws {
        let path = folder + "/run.lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .file,
                "\(path): cannot be opened: \(String(cString: strerror(errno))); nothing was started"
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            let reason =
                code == EWOULDBLOCK
                ? "another vigie run works with this folder; stop it, or choose another VIGIE_DATA"
                : "cannot be locked: \(String(cString: strerror(code)))"
            throw CommandFailure(.file, "\(path): \(reason); nothing was started")
        }
    }

    deinit { close(descriptor) }
}
