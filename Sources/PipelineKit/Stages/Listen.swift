import Telemetry

/// What happens to messages that the broker kept and hands out at subscription.
public enum Retained: Sendable {
    /// Counted and left out: what is retained did not happen now.
    case dropped
    /// Taken as the device's present state. `Happens` never fires on one all the same.
    case isState
}

/// Where readings come from: a topic, in which levels may have names that fill fields.
///
/// Several may stand in one pipeline, each with its own format.
/// - Loses: retained messages, unless `retained: .isState`; what cannot be read becomes a dead letter.
public struct Listen<Content: Sendable>: Stage {
    public let place: Place
    private let filter: Result<TopicFilter, TopicFilterProblem>
    private let format: PayloadFormat
    private let retained: Retained

    public init(
        to filter: String,
        as format: PayloadFormat = .json,
        retained: Retained = .dropped,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.filter = Result { () throws(TopicFilterProblem) in try TopicFilter(filter) }
        self.format = format
        self.retained = retained
        place = Place(file: file, line: line)
    }

    public func lower(into block: inout BlockContext) {
        block.requireHead("Listen", place)
        switch filter {
        case .failure(let problem): block.report(place, problem.description)
        case .success(let filter):
            block.listens.append(ListenPlan(filter: filter, format: format, retained: retained, place: place))
        }
    }
}
