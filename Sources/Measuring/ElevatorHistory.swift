import Units

/// What the platform said of elevators over months, as spans of one state.
public struct ElevatorHistory {
    public enum State: String {
        case active = "ACTIVE"
        case inactive = "INACTIVE"
        case unknown = "UNKNOWN"
    }

    public struct Change {
        public let at: Moment
        public let elevator: Int
        /// Nil: the platform does not know the elevator any more.
        public let state: State?
    }

    public let names: [String]
    public let changes: [Change]
    public let polls: [Moment]

    /// All of them, or the part of them in the repository.
    public init(_ data: RecordedData) throws {
        try self.init(
            data,
            changes: data.isWhole
                ? "elevators/state_changes_2018H2.csv.gz"
                : "elevator_states/state_changes_58_elevators.csv.gz",
            polls: "elevators/poll_times_2018H2.txt.gz"
        )
    }

    /// 58 of them, for sixteen months; nil where the data has no such part.
    public static func sample(_ data: RecordedData) throws -> ElevatorHistory? {
        let path = "redistributable/elevator_status/state_changes_58_elevators.csv.gz"
        return data.exists(path) ? try ElevatorHistory(data, changes: path, polls: nil) : nil
    }

    private init(_ data: RecordedData, changes path: String, polls: String?) throws {
        var names: [String] = []
        var numbers: [Substring: Int] = [:]
        changes = try data.rows(path).map { row in
            let elevator = numbers[row[1]] ?? names.count
            if elevator == names.count {
                numbers[row[1]] = elevator
                names.append(String(row[1]))
            }
            let at = Moment(seconds: try RecordedData.number(row[0]))
            return Change(at: at, elevator: elevator, state: State(rawValue: String(row[2])))
        }.sorted { ($0.at, $0.elevator) < ($1.at, $1.elevator) }
        self.names = names
        self.polls = try Self.polls(data, polls, changes)
    }

    /// When the platform was asked; where that is not recorded, every five minutes.
    private static func polls(_ data: RecordedData, _ path: String?, _ changes: [Change]) throws -> [Moment] {
        if let path, data.exists(path) {
            return try data.rows(path, hasHead: false).map { Moment(seconds: try RecordedData.number($0[0])) }
                .sorted()
        }
        guard let first = changes.first?.at, let last = changes.last?.at else { return [] }
        return stride(from: first.microseconds, through: last.microseconds, by: 300_000_000)
            .map(Moment.init(microseconds:))
    }

    /// The spans of a state of each elevator; the last ones end with the data.
    public func spans(of state: State) -> [[Span]] {
        var spans = [[Span]](repeating: [], count: names.count)
        var since = [Moment?](repeating: nil, count: names.count)
        for change in changes {
            if let from = since[change.elevator], change.state != state {
                spans[change.elevator].append(Span(from: from, to: change.at))
                since[change.elevator] = nil
            } else if change.state == state, since[change.elevator] == nil {
                since[change.elevator] = change.at
            }
        }
        let end = max(polls.last ?? .distantPast, changes.last?.at ?? .distantPast)
        for (elevator, from) in since.enumerated() {
            if let from { spans[elevator].append(Span(from: from, to: end)) }
        }
        return spans
    }
}
