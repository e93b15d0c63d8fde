import Telemetry
import Units

/// Leaves out a reading that was taken already: the broker may deliver a message twice, a device may send it
/// twice. Counted as `repeated`.
///
/// - By a sequence number: the last 64 numbers are remembered. A number further back is a repeat when it is
///   older than what was seen last, and a restart of the device's counter when it is newer. Without `Order` nobody
///   knows which is older: then a remembered number is a repeat, and one further back a restart.
/// - By a time or a name (an event id): the last 8 are remembered, each for `within`. A reading without the name is
///   no repeat.
public struct DropRepeats<Content: Sendable>: Stage {
    public let place: Place
    private let offset: Int?
    private let isCounter: Bool
    private let width: Int
    private let within: Duration

    public init(
        of number: KeyPath<Content, Int>,
        within: Duration,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(number, isCounter: true, width: 8, within, Place(file: file, line: line))
    }

    public init(
        of id: KeyPath<Content, Name>,
        within: Duration,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(id, isCounter: false, width: 4, within, Place(file: file, line: line))
    }

    public init(
        of time: KeyPath<Content, Moment>,
        within: Duration,
        file: String = #fileID,
        line: Int = #line
    ) {
        self.init(time, isCounter: false, width: 8, within, Place(file: file, line: line))
    }

    private init(
        _ path: PartialKeyPath<Content>,
        isCounter: Bool,
        width: Int,
        _ within: Duration,
        _ place: Place
    ) {
        offset = MemoryLayout<Content>.offset(of: path)
        self.isCounter = isCounter
        self.width = width
        self.within = within
        self.place = place
    }

    public func lower(into block: inout BlockContext) {
        block.requirePositive(within, "within", place)
        guard let offset else {
            block.report(place, "DropRepeats needs a stored property of the reading, found a computed one")
            return
        }
        let input = RepeatInput(offset: offset, isCounter: isCounter, width: width)
        block.stages.append(.dropRepeats(input, within: within, place))
    }
}
