import Models
import PipelineKit

/// What the signs of a detector say together.
struct Verdict {
    enum Truth {
        case no
        /// Not yet, or not known: neither begins an episode nor ends one.
        case undecided
        case yes
    }

    var truth: Truth
    /// Since when it is so, in the device's time.
    var since = Int64.min
    /// When, in time of arrival, it may become true without a new reading.
    var deadline = Int64.max
    /// A sign that was raised already is raised once more by this reading.
    var isRaisedAgain = false

    static let no = Verdict(truth: .no)
}

/// What a sign is looked at with: a reading that has just come, or the passing of time.
struct Look {
    let record: UnsafeMutableRawPointer
    /// The reading of the sign's block; nil when only time has passed.
    var reading: UnsafeRawPointer?
    /// The device's time; when only time has passed, what its clock would say now.
    let event: Int64
    /// Time of arrival: of the reading, or now.
    let arrival: Int64
    /// The time before this reading is unknown: there was a gap.
    var isAfterGap: Bool
    let isRetained: Bool
    /// What clocks on the wall show more than UTC.
    let civilOffset: Int64
    /// The latest time of arrival up to which the last reading may be believed to go on being true; `.min` when it
    /// may not be at all.
    var believedUntil: Int64

    /// Whether the last reading is the device's last word: no newer one waits its turn, or was left out on the way.
    var isLastWord: Bool { believedUntil != .min }
}

extension Program {
    @inline(__always)
    func condition(_ input: Input, _ reading: UnsafeRawPointer) -> Bool {
        conditions[Int(input.function)](reading)
    }

    @inline(__always)
    func measure(_ input: Input, _ reading: UnsafeRawPointer) -> Double {
        measures[Int(input.function)](reading)
    }

    /// All signs of a detector at once.
    func verdict(of detector: DetectorStep, _ look: Look) -> Verdict {
        var all = Verdict(truth: .yes)
        for index in Int(detector.firstSign)..<Int(detector.firstSign + detector.signCount) {
            let one = verdict(of: signs[index], look)
            if all.truth == .yes || one.truth == .no { all.truth = one.truth }
            all.since = max(all.since, one.since)
            all.deadline = min(all.deadline, one.deadline)
            if one.isRaisedAgain { all.isRaisedAgain = true }
        }
        return all
    }

    private func verdict(of sign: SignStep, _ look: Look) -> Verdict {
        switch sign {
        case .holds(let input, let span, let state):
            let isTrue = look.reading.map { condition(input, $0) }
            return lasting(isTrue, span, look.state(state), look)
        case .compares(let input, let limit, let release, let isAbove, let span, let state):
            let pointer: UnsafeMutablePointer<SpanState> = look.state(state)
            let isTrue = look.reading.map { reading in
                let value = measure(input, reading)
                let edge = pointer.pointee.holds ? release : limit
                return isAbove ? value > edge : value < edge
            }
            return lasting(isTrue, span, pointer, look)
        case .flaps(let input, let count, let within, let state):
            return flapping(look.reading.map { condition(input, $0) }, count, within, look.state(state), look)
        case .silent(let span):
            return silent(for: span, look)
        case .missing(let count):
            guard let rhythm = look.record.load(as: KeyHeader.self).rhythm else { return .no }
            return silent(for: Int64(count) * rhythm, look)
        case .happens(let input):
            guard let reading = look.reading, !look.isRetained, condition(input, reading) else { return .no }
            return Verdict(truth: .yes, since: look.event)
        case .raised(let input, let end, let state):
            return raised(input, end, look.state(state), look)
        case .unusual(let input, let time, let model, let state):
            return unusual(input, time, Int(model), look.record + Int(state), look)
        case .sequence(let first, let count, let state):
            return follow(first, count, look.state(state), look)
        }
    }

    private func silent(for span: Int64, _ look: Look) -> Verdict {
        let last = look.record.load(as: KeyHeader.self).lastArrival
        guard look.arrival - last >= span else { return Verdict(truth: .no, deadline: last + span) }
        return Verdict(truth: .yes, since: last)
    }

    /// A condition that must last. `isTrue` is nil when only time has passed.
    private func lasting(
        _ isTrue: Bool?,
        _ span: Int64,
        _ state: UnsafeMutablePointer<SpanState>,
        _ look: Look
    ) -> Verdict {
        if let isTrue {
            guard isTrue else {
                state.pointee.since = .min
                return .no
            }
            if !state.pointee.holds || look.isAfterGap { state.pointee.since = look.event }
        }
        guard state.pointee.holds else { return .no }
        let since = state.pointee.since
        let left = span - (look.event - since)
        if left <= 0 {
            guard look.arrival <= look.believedUntil else { return Verdict(truth: .undecided, since: since) }
            return Verdict(truth: .yes, since: since)
        }
        let deadline = look.arrival + left
        return Verdict(
            truth: .undecided,
            since: since,
            deadline: deadline <= look.believedUntil ? deadline : .max
        )
    }

    private func flapping(
        _ isTrue: Bool?,
        _ count: Int32,
        _ within: Int64,
        _ state: UnsafeMutablePointer<FlapState>,
        _ look: Look
    ) -> Verdict {
        if let isTrue {
            if isTrue, state.pointee.wasTrue == 0 { state.pointee.add(look.event) }
            state.pointee.wasTrue = isTrue ? 1 : 0
        }
        let last = state.pointee.last(1)
        let first = state.pointee.last(Int(count))
        guard last != .min, look.event - last < within else { return .no }
        let quiet = look.arrival + (within - (look.event - last))
        guard first != .min, last - first <= within else {
            // Not often enough yet, or not any more: an open episode lasts until it has been quiet.
            return Verdict(truth: .undecided, deadline: quiet)
        }
        return Verdict(truth: .yes, since: first, deadline: quiet)
    }

    private func raised(
        _ input: Input,
        _ end: Input,
        _ state: UnsafeMutablePointer<SpanState>,
        _ look: Look
    ) -> Verdict {
        var isRaisedAgain = false
        if let reading = look.reading {
            if state.pointee.holds, condition(end, reading) {
                state.pointee.since = .min
            } else if !look.isRetained, condition(input, reading) {
                isRaisedAgain = state.pointee.holds
                state.pointee.since = look.event
            }
        }
        guard state.pointee.holds else { return .no }
        return Verdict(truth: .yes, since: state.pointee.since, isRaisedAgain: isRaisedAgain)
    }

    private func unusual(
        _ input: Input,
        _ time: Input?,
        _ model: Int,
        _ state: UnsafeMutableRawPointer,
        _ look: Look
    ) -> Verdict {
        guard let reading = look.reading else { return Verdict(truth: .undecided) }
        let event = time.map { times[Int($0.function)](reading).microseconds } ?? look.event
        let alarm = observers[model](state, measure(input, reading), Double(event + look.civilOffset) / 1e6)
        guard alarm.isRaised else { return .no }
        return Verdict(truth: .yes, since: Int64(max(alarm.since, 0) * 1e6) - look.civilOffset)
    }

    private func follow(
        _ first: Int32,
        _ count: Int32,
        _ state: UnsafeMutablePointer<SequenceState>,
        _ look: Look
    ) -> Verdict {
        guard let reading = look.reading else { return .no }
        var now = state.pointee
        defer { state.pointee = now }
        // A step that was not taken in time takes the sequence back; this reading may begin it anew.
        while true {
            let step = sequence[Int(first) + Int(now.step)]
            let isLate = now.step > 0 && now.since == .min && look.event - now.completedAt > step.within
            guard condition(step.input, reading), !isLate else {
                guard now.step > 0, isLate else {
                    now.since = .min
                    return .no
                }
                now = SequenceState()
                continue
            }
            if now.since == .min || (look.isAfterGap && now.since < look.event) { now.since = look.event }
            guard look.event - now.since >= step.span else { return .no }
            if now.step == 0 { now.begunAt = now.since }
            now.completedAt = look.event
            now.since = .min
            now.step += 1
            if now.step == Int64(count) {
                let begunAt = now.begunAt
                now = SequenceState()
                return Verdict(truth: .yes, since: begunAt)
            }
            // A reading that completes a step may be the begin of the next one.
        }
    }
}

extension Look {
    /// Where the state of a sign is.
    @inline(__always)
    func state<State: BitwiseCopyable>(_ offset: Int32) -> UnsafeMutablePointer<State> {
        (record + Int(offset)).assumingMemoryBound(to: State.self)
    }
}
