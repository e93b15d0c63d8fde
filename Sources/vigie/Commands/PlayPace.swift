import Units

/// When each message of a recording is due: the recorded distances in time, divided by the factor.
struct PlayPace: Hashable {
    /// What is played at the very beginning.
    let first: Moment
    /// 600: ten minutes of the recording in a second.
    let factor: Double

    /// How long after the beginning a message is due; zero for what lies before it.
    func due(_ at: Moment) -> Duration {
        .seconds(max(0, at.since(first).inSeconds) / factor)
    }
}
