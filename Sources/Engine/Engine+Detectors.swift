import Interactions
import PipelineKit
import Units

/// From the signs of a detector to the begin, the going on and the end of an episode.
extension Engine {
    /// Looks at a detector; hands out when, in time of arrival, it must be looked at again.
    func decide(_ detector: DetectorStep, _ unit: Unit, _ slot: Int, _ look: Look) -> Int64 {
        let verdict = unit.program.verdict(of: detector, look)
        let state = (look.record + Int(detector.state)).assumingMemoryBound(to: DetectorState.self)
        if detector.isMomentary {
            // The same moment twice is the same episode.
            guard verdict.truth == .yes, verdict.since != state.pointee.begunAt else { return .max }
            let isTooSoon =
                state.pointee.spokenAt != .min && look.event - state.pointee.spokenAt < detector.atMostEvery
            guard !isTooSoon else {
                hold(back: .tooSoon, detector, unit, slot)
                return .max
            }
            state.pointee.spokenAt = look.event
            state.pointee.begunAt = verdict.since
            begin(detector, unit, slot, verdict, at: look.event)
            return .max
        }
        guard state.pointee.isOpen else {
            guard verdict.truth == .yes else { return verdict.deadline }
            if detector.isSilence, !isExpected(unit, slot) { return .max }
            state.pointee = DetectorState(begunAt: verdict.since, spokenAt: look.event)
            begin(detector, unit, slot, verdict, at: look.event)
            return detector.remindEvery > 0
                ? min(verdict.deadline, look.arrival + detector.remindEvery) : verdict.deadline
        }
        switch verdict.truth {
        case .no: return end(detector, unit, slot, state, look)
        case .undecided:
            // A reading with the signs in it, if not yet for long enough: the break is over.
            if look.reading != nil { state.pointee.overSince = .min }
            return min(verdict.deadline, reminder(detector, unit, slot, state, look))
        case .yes:
            state.pointee.overSince = .min
            if verdict.isRaisedAgain { raiseAgain(detector, unit, slot, state, verdict, at: look.event) }
            return min(verdict.deadline, reminder(detector, unit, slot, state, look))
        }
    }

    /// The signs are gone: the episode is over once they have been for as long as the detector says.
    private func end(
        _ detector: DetectorStep,
        _ unit: Unit,
        _ slot: Int,
        _ state: UnsafeMutablePointer<DetectorState>,
        _ look: Look
    ) -> Int64 {
        if state.pointee.overSince == .min {
            // Only a reading can say that it is over; the passing of time cannot.
            guard look.reading != nil || detector.clearsAfter == 0 else { return .max }
            state.pointee.overSince = look.event
        }
        // A newer reading waits its turn, or was left out on the way: it may say that it is not over at all.
        guard look.reading != nil || look.isLastWord else { return .max }
        let left = detector.clearsAfter - (look.event - state.pointee.overSince)
        guard left <= 0 else { return look.arrival + left }
        clear(detector, unit, slot, at: state.pointee.overSince)
        return .max
    }

    private func reminder(
        _ detector: DetectorStep,
        _ unit: Unit,
        _ slot: Int,
        _ state: UnsafeMutablePointer<DetectorState>,
        _ look: Look
    ) -> Int64 {
        guard detector.remindEvery > 0 else { return .max }
        let left = detector.remindEvery - (look.event - state.pointee.spokenAt)
        guard left <= 0 else { return look.arrival + left }
        state.pointee.spokenAt = look.event
        state.pointee.reminders += 1
        goOn(detector, unit, slot, begunAt: state.pointee.begunAt, reminder: state.pointee.reminders, look)
        return look.arrival + detector.remindEvery
    }

    func clear(_ detector: DetectorStep, _ unit: Unit, _ slot: Int, at event: Int64) {
        let state = (unit.records[slot] + Int(detector.state)).assumingMemoryBound(to: DetectorState.self)
        let begunAt = state.pointee.begunAt
        state.pointee = DetectorState()
        finish(detector, unit, slot, begunAt: begunAt, at: event)
    }

    /// Whether somebody waits for this device: the directory knows it, or has no devices of its kind.
    private func isExpected(_ unit: Unit, _ slot: Int) -> Bool {
        guard let kind = unit.program.plan.identity?.kind, !directory.assets(ofKind: kind).isEmpty else {
            return true
        }
        return asset(of: unit, slot) != nil
    }

    func asset(of unit: Unit, _ slot: Int) -> Directory.Asset? {
        guard let kind = unit.program.plan.identity?.kind else { return nil }
        return directory.asset(unit.name(slot).text, ofKind: kind)
    }
}

extension DirectoryFact {
    func value(in asset: Directory.Asset) -> String? {
        switch self {
        case .site: asset.site
        case .name: asset.name
        case .person: asset.person
        case .attribute(let name): asset.attributes[name]
        }
    }
}
