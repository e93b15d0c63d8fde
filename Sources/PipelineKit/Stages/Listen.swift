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
/// Several may stand in one pipeline, each with its own format: JSON by the table alone, one bare value, or one of the
/// formats and envelopes that a decoder reads (`.theThingsStack`, `.zigbee2mqtt`, `.sparkplugB` …). There a field is
/// called as the reading is, with a unit it may come in any of its dimension, and `subject`, `at`, `historical` and
/// `doubtful` say whose the reading is, when it was measured, and how good it is.
/// - Loses: retained messages, unless `retained: .isState`; what cannot be read becomes a dead letter, and the other
///   readings of its message go on. What a decoder leaves out (acknowledgements, duplicates through a second gateway),
///   and readings none of which is in the table, are counted as `left out` and `no field of the table`.
/// - Delays: nothing.
/// - Repeats: a message of many readings (a history, a node of many devices, a pack) is as many readings. A message that
///   the broker delivers again is read again, unless its format counts its messages.
/// - Time: `at` is the device's own time, else the network's, else that of the arrival; a clock that was never set is
///   none. What a device has stored and sends later is history: `Order` puts it in its place, and what is older than
///   a reading that has gone on is late. Without `Order` only the present counts, and history is late, unless the
///   table has `historical`: then it goes on at the time of its arrival, for the pipeline to look at or drop.
/// - A decoder learns from messages that come by here, retained ones included: units and names from Zigbee2MQTT's list of
///   devices, aliases from Sparkplug's births. What it knows is kept over a restart. All pipelines share one decoder of
///   a format with the same settings.
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
