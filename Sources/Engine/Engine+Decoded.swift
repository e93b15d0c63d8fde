import Interactions
import Telemetry
import Units

/// Messages in formats that a decoder reads before a pipeline makes readings of them.
extension Engine {
    /// Decodes a message where nobody has yet, and hands what it says to a pipeline.
    ///
    /// What the broker kept teaches the decoder as well, though its readings may be left out. A message that cannot be
    /// decoded is a dead letter of the first pipeline that listens.
    func take(message: EntryView, _ route: Route) {
        let (unit, source) = (units[route.unit], sources[route.source])
        if source.decode(message, entry: counts.entries), let request = source.readings.request {
            effects.append(
                .query(DeviceQuery(topic: request.topic, payload: request.payload, at: now))
            )
        }
        if message.flags.contains(.retained), !unit.program.takesRetained[route.listen] {
            drop(Program.Reason.retained.rawValue, unit, subject: "")
            return
        }
        switch source.problem {
        case .leftOut(let what)?:
            drop(Program.Reason.leftOut.rawValue, unit, subject: "", detail: ": \(what)")
        case let problem?:
            guard !source.isBuried else { return }
            source.isBuried = true
            bury(message, problem, pipeline: unit.program.plan.name)
        case nil where source.readings.isEmpty:
            drop(Program.Reason.leftOut.rawValue, unit, subject: "", detail: ": it has no readings")
        case nil: take(readingsOf: message, unit, route.listen, source)
        }
    }

    /// Each group of what a message says is a reading, and one that cannot be read stops none of the others.
    private func take(readingsOf message: EntryView, _ unit: Unit, _ listen: Int, _ source: FormatSource) {
        guard case .decoded(let assembler) = unit.program.listeners[listen] else { return }
        var refused = Refused()
        for head in source.groups.heads {
            let subject = source.readings.items[Int(head)].subject
            if let stranger = stranger(subject, to: unit, source.readings) {
                drop(Program.Reason.unknown.rawValue, unit, subject: stranger)
                continue
            }
            var item = head
            while item != ReadingGroups.end {
                let first = source.readings.items[Int(item)]
                do throws(DecodeProblem) {
                    let quality = try assembler.assemble(
                        &item,
                        of: source.groups,
                        source.readings,
                        topic: levels,
                        into: unit.scratch
                    )
                    try take(first, quality, of: source.readings, unit, message.flags)
                } catch {
                    refused.add(error)
                }
            }
        }
        guard let problem = refused.first else { return }
        bury(message, problem, pipeline: unit.program.plan.name, more: refused.others)
    }

    /// The name of a device that the pipeline leaves out, whatever it says: another kind may lack what this one needs.
    private func stranger(
        _ subject: DecodedReadings.Run,
        to unit: Unit,
        _ readings: DecodedReadings
    ) -> String? {
        guard let kind = unit.program.onlyKind, unit.program.isIdentifiedBySubject, subject.count > 0 else {
            return nil
        }
        let name = readings.text(subject)
        return directory.asset(name, ofKind: kind) == nil ? name : nil
    }

    /// A reading lies in the unit's scratch memory, if it is of this pipeline.
    private func take(
        _ first: DecodedReadings.Item,
        _ quality: DecodedReadings.Quality?,
        of readings: DecodedReadings,
        _ unit: Unit,
        _ flags: MessageFlags
    ) throws(DecodeProblem) {
        guard let quality else {
            return drop(Program.Reason.foreign.rawValue, unit, subject: readings.text(first.subject))
        }
        // What was stored did not happen now, and without `Order` there is only now.
        if quality.contains(.historical), !unit.program.takesHistory {
            return drop(Program.Reason.late.rawValue, unit, subject: readings.text(first.subject))
        }
        guard arrive(unit, flags: flags) else {
            throw .reading(of: readings.text(first.subject), Self.withoutName)
        }
    }

    /// The readings of one message that could not be read. They share one dead letter, which holds the whole message.
    private struct Refused {
        private(set) var first: DecodeProblem?
        private var count = 0

        mutating func add(_ problem: DecodeProblem) {
            first = first ?? problem
            count += 1
        }

        var others: String {
            count > 1 ? "; \(count - 1) more of this message could not be read either" : ""
        }
    }
}
