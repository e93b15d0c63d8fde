import Glibc
import Units

/// The clock of timeouts: it never goes back and has nothing to do with the time of day.
enum Monotonic {
    static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    static func sleep(_ span: Duration) {
        let microseconds = max(0, span.inMicroseconds)
        var time = timespec(
            tv_sec: Int(microseconds / 1_000_000),
            tv_nsec: Int(microseconds % 1_000_000) * 1000
        )
        // Interrupted by a signal it returns early, which is what whoever sent the signal wants.
        nanosleep(&time, nil)
    }
}
