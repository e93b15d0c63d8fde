import Units

/// A run as bytes, and back: equal runs give equal bytes, and what is read back goes on as if nothing had been.
extension EscalationRun {
    private static let format: Int64 = 1

    public var bytes: [UInt8] {
        var writer = CompactWriter()
        writer.write(Self.format)
        policy.write(to: &writer)
        writer.write(startedAt.microseconds)
        write(status, to: &writer)
        writer.write(asks) { write($1, to: &$0) }
        writer.write(forgottenAsks)
        writer.write(notes) {
            write($1.at, to: &$0)
            $1.note.write(to: &$0)
        }
        writer.write(forgottenNotes)
        writer.write(handOver)
        writer.write(lastResortRounds)
        writer.write(ordered)
        write(clock, to: &writer)
        write(until, to: &writer)
        writer.write(position)
        writer.write(turn.round)
        writer.write(turn.asked) { $0.write($1) }
        writer.write(liveSince)
        writer.write(hasAskedAll)
        writer.write(interruption) { $1.write(to: &$0) }
        return writer.bytes
    }

    public init(bytes: [UInt8]) throws(CompactProblem) {
        var reader = CompactReader(bytes)
        let format = try reader.number()
        guard format == Self.format else { throw .otherFormat(format, expected: Self.format) }
        let policy = try Escalation(from: &reader)
        let start = reader.position
        let startedAt = Moment(microseconds: try reader.number())
        guard Moment.reckonable.contains(startedAt) else {
            throw .malformed("a time beyond reckoning", at: start)
        }
        self.init(policy, at: startedAt)
        status = try readStatus(&reader)
        asks = try reader.array(of: "asks", atMost: Escalation.Limits.asks) { reader throws(CompactProblem) in
            try readAsked(&reader)
        }
        forgottenAsks = try reader.count("a number of asks")
        notes = try reader.array(of: "notes", atMost: Escalation.Limits.notes) {
            reader throws(CompactProblem) in
            Noted(at: try readMoment(&reader), note: try Note(from: &reader))
        }
        forgottenNotes = try reader.count("a number of notes")
        handOver = try reader.count("a hand-over", in: Self.counted)
        lastResortRounds = try reader.count("a number of rounds", in: Self.counted)
        ordered = try reader.count("the number of an order", in: Self.counted)
        clock = try readMoment(&reader)
        until = try readMoment(&reader)
        position = try reader.count("the place of a step", in: 0...policy.steps.count)
        turn.round = try reader.count("a round", in: Self.counted)
        turn.asked = try reader.array(of: "people", atMost: Escalation.Limits.peopleAtOnce) {
            reader throws(CompactProblem) in
            try reader.text()
        }
        liveSince = try reader.count("a hand-over", in: Self.counted)
        hasAskedAll = try reader.flag()
        interruption = try reader.optional { reader throws(CompactProblem) in
            try Interruption(from: &reader)
        }
        // Numbers count up to the last order, hand-overs to the one under way.
        let numbers = asks.map(\.order.number)
        guard zip(numbers, numbers.dropFirst() + [ordered + 1]).allSatisfy({ 0 < $0 && $0 < $1 }),
            asks.allSatisfy({ $0.order.handOver <= handOver })
        else { throw .malformed("asks that were never made", at: reader.position) }
        guard reader.isAtEnd else { throw .malformed("more than a run", at: reader.position) }
    }

    /// What is counted one by one stays far from the largest number there is.
    private static let counted = 0...Int(Int32.max)

    // MARK: - Times, counted from the start

    private func write(_ moment: Moment, to writer: inout CompactWriter) {
        writer.write(moment.microseconds - startedAt.microseconds)
    }

    private func readMoment(_ reader: inout CompactReader) throws(CompactProblem) -> Moment {
        let start = reader.position
        let (sum, isTooFar) = startedAt.microseconds.addingReportingOverflow(try reader.number())
        guard !isTooFar, Moment.reckonable.contains(Moment(microseconds: sum)) else {
            throw .malformed("a time beyond reckoning", at: start)
        }
        return Moment(microseconds: sum)
    }

    // MARK: - Parts that hold times

    private func write(_ status: Status, to writer: inout CompactWriter) {
        switch status {
        case .asking:
            writer.write(0)
        case .taken(let person, let at, let arrivalBy):
            writer.write(1)
            writer.write(person)
            write(at, to: &writer)
            write(arrivalBy, to: &writer)
        case .over(.arrived(let person, let at)):
            writer.write(2)
            writer.write(person)
            write(at, to: &writer)
        case .over(.resolved(let at)):
            writer.write(3)
            write(at, to: &writer)
        }
    }

    private func readStatus(_ reader: inout CompactReader) throws(CompactProblem) -> Status {
        let start = reader.position
        switch try reader.count("a status") {
        case 0: return .asking
        case 1:
            return .taken(
                by: try reader.text(),
                at: try readMoment(&reader),
                arrivalBy: try readMoment(&reader)
            )
        case 2: return .over(.arrived(by: try reader.text(), at: try readMoment(&reader)))
        case 3: return .over(.resolved(at: try readMoment(&reader)))
        case let tag: throw .malformed("\(tag) as a status", at: start)
        }
    }

    private func write(_ asked: Asked, to writer: inout CompactWriter) {
        asked.order.write(to: &writer)
        write(asked.at, to: &writer)
        writer.write(asked.notice) { $0.write($1) }
        writer.write(asked.sentAt) { write($1, to: &$0) }
        writer.write(asked.outcome.rawValue)
        write(asked.outcomeAt, to: &writer)
    }

    private func readAsked(_ reader: inout CompactReader) throws(CompactProblem) -> Asked {
        let order = try Order(from: &reader)
        var asked = Asked(order, at: try readMoment(&reader))
        asked.notice = try reader.optional { reader throws(CompactProblem) in try reader.text() }
        asked.sentAt = try reader.optional { reader throws(CompactProblem) in try readMoment(&reader) }
        asked.outcome = try reader.coded("an outcome")
        asked.outcomeAt = try readMoment(&reader)
        return asked
    }
}
