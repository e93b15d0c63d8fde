import Units

/// A part of a device's record that can say whether its bytes could have been written here. Bytes of a snapshot are
/// not trusted: an index out of its list or a time beyond reckoning would end the process. The memories of models and
/// transformers cannot be checked here; whoever keeps snapshots keeps checksums of them.
protocol CheckedState: BitwiseCopyable {
    var isSound: Bool { get }
}

extension Int64: CheckedState {
    /// As a time in microseconds, `.min` where there is none.
    var isSound: Bool { self == .min || Moment.reckonable.contains(Moment(microseconds: self)) }
}

extension KeyHeader: CheckedState {
    var isSound: Bool {
        lastArrival != .min && lastArrival.isSound && lastEvent.isSound && processedArrival.isSound
            && (armedAt == .max || armedAt.isSound) && interval >= 0 && interval < 1e10 && intervals <= 16
            && name > 0
    }
}

extension SpanState: CheckedState {
    var isSound: Bool { since.isSound }
}

extension FlapState: CheckedState {
    var isSound: Bool {
        (0..<8).contains(next) && (0...1).contains(wasTrue) && times.indices.allSatisfy { times[$0].isSound }
    }
}

extension SequenceState: CheckedState {
    /// Whether `step` is one of the sequence is for the program to say.
    var isSound: Bool { step >= 0 && begunAt.isSound && completedAt.isSound && since.isSound }
}

extension DetectorState: CheckedState {
    var isSound: Bool {
        begunAt.isSound && overSince.isSound && spokenAt.isSound && (0..<1 << 40).contains(reminders)
    }
}

extension Enrichment: CheckedState {
    var isSound: Bool { count <= 8 }
}

extension SequenceWindow: CheckedState {
    /// Any number may be a device's number.
    var isSound: Bool { true }
}

extension RecentIDs: CheckedState {
    var isSound: Bool { (0..<8).contains(next) && times.indices.allSatisfy { times[$0].isSound } }
}
