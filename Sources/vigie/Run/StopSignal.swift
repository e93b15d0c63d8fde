import Glibc
import Synchronization

/// SIGTERM and SIGINT, as a flag that the loop looks at.
enum StopSignal {
    private static let raised = Atomic(false)

    static var isRaised: Bool { raised.load(ordering: .relaxed) }

    static func raise() { raised.store(true, ordering: .relaxed) }

    static func listen() {
        // Made now, for a signal handler must not be the first to ask for it.
        _ = isRaised
        signal(SIGTERM) { _ in StopSignal.raise() }
        signal(SIGINT) { _ in StopSignal.raise() }
        // A reader that goes away is an error of that write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
    }
}
