import Glibc
import Units

/// State that several threads share: one lock, and one condition to wait for a change of it.
///
/// `@unchecked Sendable` because `state` is only touched between `pthread_mutex_lock` and its unlock, and the
/// pointers to lock and condition never change. The standard library's `Mutex` has no condition to wait on.
final class Monitor<State: Sendable>: @unchecked Sendable {
    /// What a look at the state says: there is something to do, or wait, at most so long, for a change.
    enum Look<Result> {
        case found(Result)
        case wait(atMost: Duration?)
    }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state: State

    init(_ state: State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // A change of the machine's clock must not lengthen a wait.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Changes the state and wakes everybody who waits.
    func change<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        return body(&state)
    }

    func read<Result>(_ body: (State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(state)
    }

    /// Looks at the state, and again after each change or wait, until something is found.
    func wait<Result>(_ look: (inout State) -> Look<Result>) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            switch look(&state) {
            case .found(let result):
                return result
            case .wait(let limit):
                guard let limit else {
                    pthread_cond_wait(condition, mutex)
                    continue
                }
                var deadline = Self.time(after: limit)
                pthread_cond_timedwait(condition, mutex, &deadline)
            }
        }
    }

    /// Waits until the state is as wanted, at most so long.
    func wait(atMost limit: Duration, until isWanted: (State) -> Bool) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        var deadline = Self.time(after: limit)
        while !isWanted(state) {
            guard pthread_cond_timedwait(condition, mutex, &deadline) != ETIMEDOUT else {
                return isWanted(state)
            }
        }
        return true
    }

    private static func time(after span: Duration) -> timespec {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let nanoseconds = time.tv_nsec + Int(max(0, span.inMicroseconds) % 1_000_000) * 1000
        time.tv_sec += Int(max(0, span.inMicroseconds) / 1_000_000) + nanoseconds / 1_000_000_000
        time.tv_nsec = nanoseconds % 1_000_000_000
        return time
    }
}
