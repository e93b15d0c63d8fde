import Units

/// Puts the readings of each subject into the order in which they were measured; from here on time is the
/// device's.
///
/// - Delays: everything by up to `waiting` (a reading goes on as soon as one measured `waiting` later is there).
/// - Loses: readings measured before one that has gone on; they are counted as `late`.
/// - A clock ahead of ours by more than two minutes is not believed: the time of arrival is taken instead.
public struct Order<Content: Sendable>: Stage {
    public let place: Place
    private let offset: Int?
    private let waiting: Duration

    public init(
        by time: KeyPath<Content, Moment>,
        waiting: Duration,
        file: String = #fileID,
        line: Int = #line
    ) {
        offset = MemoryLayout<Content>.offset(of: time)
        self.waiting = waiting
        place = Place(file: file, line: line)
    }

    public func lower(into block: inout BlockContext) {
        block.requireHead("Order", place)
        guard let offset else {
            block.report(place, "Order needs a stored property of the reading, found a computed one")
            return
        }
        if let first = block.order {
            block.report(place, "a pipeline orders once; the first is at line \(first.place.line)")
        }
        if waiting < .zero || waiting > .hours(1) {
            block.report(place, "waiting must be between zero and an hour, found \(waiting)")
        }
        block.order = OrderPlan(offset: offset, waiting: waiting, place: place)
    }
}
