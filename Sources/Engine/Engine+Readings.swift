import PipelineKit
import Telemetry
import Units

/// From a decoded reading to the detectors.
extension Engine {
    /// A device's clock may be so much ahead of ours; past that its time is not believed.
    static let clockTolerance: Int64 = 120_000_000
    /// Readings of one device that may wait for older ones.
    static let delayLimit: UInt32 = 1024

    /// A reading of a device lies in the unit's scratch memory.
    func arrive(_ unit: Unit, _ slot: Int, flags: MessageFlags) {
        let record = unit.records[slot]
        let header = record.assumingMemoryBound(to: KeyHeader.self)
        let arrival = now.microseconds
        // What the broker kept is no sign of life; but from then on somebody waits for the device.
        if !flags.contains(.retained) || header.pointee.lastArrival == .min {
            header.pointee.lastArrival = arrival
            if unit.program.hasSilence { endSilence(unit, slot) }
        }
        guard let order = unit.program.order else {
            process(unit, slot, unit.scratch, event: arrival, arrival: arrival, flags: Int64(flags.rawValue))
            return
        }
        let measured = unit.scratch.load(fromByteOffset: order.offset, as: Int64.self)
        let isBelieved = measured - arrival <= Self.clockTolerance
        let event = isBelieved ? measured : max(arrival, header.pointee.lastEvent)
        // What a pipeline computes with the time must not meet the future again.
        if !isBelieved { unit.scratch.storeBytes(of: event, toByteOffset: order.offset, as: Int64.self) }
        guard event >= header.pointee.lastEvent else {
            drop(Program.Reason.late.rawValue, unit, subject: unit.name(slot).text)
            return
        }
        if order.waiting == 0 {
            process(unit, slot, unit.scratch, event: event, arrival: arrival, flags: Int64(flags.rawValue))
            return
        }
        unit.delays.insert(
            unit.scratch,
            event: event,
            arrival: arrival,
            flags: Int64(flags.rawValue),
            into: &header.pointee
        )
        release(unit, slot, order.waiting)
        if header.pointee.waiting > 0 { arm(unit, slot, due: orderDeadline(unit, slot, order.waiting)) }
    }

    /// Lets readings go on that need not wait any longer: one measured `waiting` later is here, or they have been
    /// here for as long.
    private func release(_ unit: Unit, _ slot: Int, _ waiting: Int64) {
        let header = unit.header(slot)
        let delays = unit.delays
        while header.pointee.oldest >= 0 {
            let oldest = delays.node(header.pointee.oldest).pointee
            let newest = delays.node(header.pointee.newest).pointee
            let isDue =
                newest.event - oldest.event >= waiting || now.microseconds - oldest.arrival >= waiting
                || header.pointee.waiting > Self.delayLimit
            guard isDue else { return }
            let node = delays.removeOldest(from: &header.pointee)
            process(
                unit,
                slot,
                delays.reading(node),
                event: oldest.event,
                arrival: oldest.arrival,
                flags: oldest.flags
            )
        }
    }

    /// Half as long again as the wait itself: a device that speaks steadily is let through by its own next
    /// readings, and its timer is then set five times less often.
    private func orderDeadline(_ unit: Unit, _ slot: Int, _ waiting: Int64) -> Int64 {
        let oldest = unit.header(slot).pointee.oldest
        return unit.delays.node(oldest).pointee.arrival + waiting + waiting / 2
    }

    /// A reading in the device's order.
    private func process(
        _ unit: Unit,
        _ slot: Int,
        _ reading: UnsafeMutableRawPointer,
        event: Int64,
        arrival: Int64,
        flags: Int64
    ) {
        let record = unit.records[slot]
        let header = record.assumingMemoryBound(to: KeyHeader.self)
        var isAfterGap = false
        if header.pointee.lastEvent != .min {
            let span = event - header.pointee.lastEvent
            if let pause = header.pointee.longestPause { isAfterGap = span > pause }
            header.pointee.learnInterval(span)
        }
        let block = unit.program.blocks[0]
        let image = record + Int(block.reading)
        if unit.program.hasGaps { unit.program.plan.root.layout.fillGaps(of: reading, from: image) }
        image.copyMemory(from: reading, byteCount: Int(block.size))
        let look = Look(
            record: record,
            reading: UnsafeRawPointer(image),
            event: event,
            arrival: arrival,
            isAfterGap: isAfterGap,
            isRetained: flags & Int64(MessageFlags.retained.rawValue) != 0,
            civilOffset: unit.program.hasModels ? civilOffset(at: event) : 0,
            believedUntil: header.pointee.longestPause.map { arrival + $0 } ?? .max
        )
        let isNewer = event > header.pointee.lastEvent
        header.pointee.lastEvent = event
        header.pointee.processedArrival = arrival
        let due = run(0, unit, slot, look, isNewer: isNewer)
        if due != .max { arm(unit, slot, due: due) }
    }

    /// Runs the steps of a block; hands out when, in time of arrival, it must be looked at again.
    private func run(_ block: Int, _ unit: Unit, _ slot: Int, _ look: Look, isNewer: Bool) -> Int64 {
        let program = unit.program
        guard let reading = look.reading else { return .max }
        var look = look
        var due = Int64.max
        let steps = program.blocks[block].steps
        for position in 0..<steps.count {
            switch steps[position] {
            case .drop(let input, let reason):
                if program.condition(input, reading) {
                    drop(reason, unit, subject: unit.name(slot).text)
                    return due
                }
            case .reject(let input, let low, let high, let reason):
                let value = program.measure(input, reading)
                if !(value >= low && value <= high) {
                    drop(reason, unit, subject: unit.name(slot).text)
                    return due
                }
            case .gate(let state): look = look.passing(look.state(state))
            case .dropRepeats(let step):
                if isRepeat(step, unit, look, isNewer: isNewer) {
                    drop(step.reason, unit, subject: unit.name(slot).text)
                    return due
                }
            case .enrich(let enrichment, let state):
                enrich(unit, slot, program.enrichments[Int(enrichment)], look.state(state), reading)
            case .derive(let derivation, let state):
                let inner = program.derivations[Int(derivation)].block
                let output = look.record + Int(program.blocks[inner].reading)
                guard program.derivations[Int(derivation)].step(look.record + Int(state), reading, output)
                else { continue }
                let next = look.reading(UnsafeRawPointer(output))
                due = min(due, run(inner, unit, slot, next, isNewer: isNewer))
            case .detect(let detector):
                due = min(due, decide(program.detectors[Int(detector)], unit, slot, look))
            }
        }
        return due
    }

    private func isRepeat(_ step: RepeatStep, _ unit: Unit, _ look: Look, isNewer: Bool) -> Bool {
        guard let reading = look.reading else { return false }
        let id =
            step.width == 4
            ? Int64(reading.load(fromByteOffset: Int(step.offset), as: UInt32.self))
            : reading.load(fromByteOffset: Int(step.offset), as: Int64.self)
        // A message without an id is like no other: it may be about a life.
        if step.width == 4, id == 0 { return false }
        if step.isCounter {
            let window: UnsafeMutablePointer<SequenceWindow> = look.state(step.state)
            // Without `Order` the time is that of arrival, at which everything is new.
            let isOrdered = unit.program.order != nil
            return window.pointee.isRepeat(id, isNewer: isOrdered ? isNewer : nil)
        }
        let recent: UnsafeMutablePointer<RecentIDs> = look.state(step.state)
        return recent.pointee.isRepeat(id, at: look.event, within: step.within)
    }

    private func enrich(
        _ unit: Unit,
        _ slot: Int,
        _ plan: EnrichPlan,
        _ state: UnsafeMutablePointer<Enrichment>,
        _ reading: UnsafeRawPointer
    ) {
        if state.pointee.directory != directoryVersion {
            state.pointee = Enrichment(directory: directoryVersion)
            let fact = asset(of: unit, slot).flatMap { plan.source.value(in: $0) }
            if let bytes = fact.flatMap(plan.bytes), bytes.count <= 8 {
                state.pointee.count = UInt32(bytes.count)
                withUnsafeMutableBytes(of: &state.pointee.bytes) { $0.copyBytes(from: bytes) }
            }
        }
        let property = UnsafeMutableRawPointer(mutating: reading) + plan.offset
        withUnsafeBytes(of: state.pointee.bytes) { bytes in
            for offset in 0..<Int(state.pointee.count) {
                property.storeBytes(of: bytes[offset], toByteOffset: offset, as: UInt8.self)
            }
        }
    }

    /// Sets the device's timer, unless an earlier one is set already: that one looks again and sets the next.
    func arm(_ unit: Unit, _ slot: Int, due: Int64) {
        let header = unit.header(slot)
        guard due < header.pointee.armedAt else { return }
        header.pointee.armedAt = due
        // Timers that were overtaken stay in the heap; when they are the most of it, it is made anew.
        if timers.count >= timerLimit {
            rearm()
            timerLimit = max(Self.leastTimerLimit, timers.count * 2)
            return
        }
        timers.insert(Timer(due: due, unit: unit.index, slot: Int32(slot)))
    }

    /// A device's timer is due.
    func fire(_ timer: Timer) {
        let (unit, slot) = (units[Int(timer.unit)], Int(timer.slot))
        let header = unit.header(slot)
        // A timer that an earlier one has overtaken was left in the heap.
        guard header.pointee.armedAt == timer.due else { return }
        header.pointee.armedAt = .max
        if let order = unit.program.order, header.pointee.waiting > 0 {
            release(unit, slot, order.waiting)
            if header.pointee.waiting > 0 {
                arm(unit, slot, due: orderDeadline(unit, slot, order.waiting))
            }
        }
        look(unit, slot)
    }

    /// Looks at a device when only time has passed.
    func look(_ unit: Unit, _ slot: Int) {
        let record = unit.records[slot]
        let header = record.load(as: KeyHeader.self)
        let passed = header.processedArrival == .min ? 0 : now.microseconds - header.processedArrival
        let pause = header.longestPause
        // While readings wait their turn, the one that went on last is not the device's last word.
        let believedUntil: Int64 =
            header.waiting > 0 ? .min : pause.map { header.processedArrival + $0 } ?? .max
        let look = Look(
            record: record,
            reading: nil,
            event: header.lastEvent == .min ? now.microseconds : header.lastEvent + passed,
            arrival: now.microseconds,
            isAfterGap: false,
            isRetained: false,
            civilOffset: 0,
            believedUntil: believedUntil
        )
        var due = Int64.max
        for detector in unit.program.detectors {
            // A reading that was left out on the way to a detector leaves it without the device's last word.
            let isHeard =
                detector.gate < 0
                || record.load(fromByteOffset: Int(detector.gate), as: Int64.self) == header.lastEvent
            due = min(due, decide(detector, unit, slot, isHeard ? look : look.believing(until: .min)))
        }
        if due != .max { arm(unit, slot, due: due) }
    }

    /// Something came from the device: whatever was said about its silence is over, and its next silence must be
    /// waited for even when this reading goes no further.
    private func endSilence(_ unit: Unit, _ slot: Int) {
        let record = unit.records[slot]
        for detector in unit.program.silences {
            let state = (record + Int(detector.state)).assumingMemoryBound(to: DetectorState.self)
            if state.pointee.isOpen { clear(detector, unit, slot, at: now.microseconds) }
        }
        if unit.header(slot).pointee.armedAt == .max { look(unit, slot) }
    }
}

extension Look {
    /// The same moment, for a reading of another block.
    func reading(_ reading: UnsafeRawPointer) -> Look {
        var look = self
        look.reading = reading
        return look
    }

    func believing(until moment: Int64) -> Look {
        var look = self
        look.believedUntil = moment
        return look
    }

    /// For the steps behind a `Drop`: to them the readings left out are a gap. Notes that this reading passed.
    func passing(_ passed: UnsafeMutablePointer<Int64>) -> Look {
        var look = self
        if passed.pointee != .min, believedUntil != .max {
            look.isAfterGap = event - passed.pointee > believedUntil - arrival
        }
        passed.pointee = event
        return look
    }
}
