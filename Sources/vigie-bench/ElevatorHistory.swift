import Measuring
import Units

/// What the platform said of elevators over months, as spans of one state.
struct ElevatorHistory {
    enum State: String {
        case active = "ACTIVE"
        case inactive = "INACTIVE"
        case unknown = "UNKNOWN"
    }

    struct Change {
        let at: Moment
        let elevator: Int
        /// Nil: the platform does not know the elevator any more.
        let state: State?
    }

    let names: [String]
    let changes: [Change]
    let polls: [Moment]

    init(_ data: RecordedData) throws {
        let path =
            data.isWhole
            ? "elevators/state_changes_2018H2.csv.gz" : "elevator_states/state_changes_58_elevators.csv.gz"
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
        polls = try Self.polls(data, changes)
    }

    /// When the platform was asked; where that is not recorded, every five minutes.
    private static func polls(_ data: RecordedData, _ changes: [Change]) throws -> [Moment] {
        let path = "elevators/poll_times_2018H2.txt.gz"
        if data.exists(path) {
            return try data.rows(path, hasHead: false).map { Moment(seconds: try RecordedData.number($0[0])) }
                .sorted()
        }
        guard let first = changes.first?.at, let last = changes.last?.at else { return [] }
        return stride(from: first.microseconds, through: last.microseconds, by: 300_000_000)
            .map(Moment.init(microseconds:))
    }

    /// The spans of a state of each elevator; the last ones end with the data.
    func spans(of state: State) -> [[Span]] {
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
