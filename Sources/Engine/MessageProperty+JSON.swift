import Interactions
import Telemetry

extension [MessageProperty] {
    /// As a line of a recording has them: `[["content-type","application/json"],["specversion","1.0"]]`.
    ///
    /// - Throws: when it is no such list, and when the journal would not keep all of it.
    public init(recorded json: JSON) throws(RecordingProblem) {
        let form = RecordingProblem(
            text: "\"properties\" is not a list of pairs of texts like [[\"content-type\",\"text/plain\"]]"
        )
        guard let elements = json.array else { throw form }
        self = []
        for element in elements {
            guard let pair = element.array, pair.count == 2, let name = pair[0].string,
                let value = pair[1].string
            else { throw form }
            append(MessageProperty(name: name, value: value))
        }
        let leftOut = PropertyBlock(self).leftOut
        guard leftOut == 0 else {
            throw RecordingProblem(
                text: "\(leftOut) of \(count) \"properties\" would not be kept; a message has at most "
                    + "\(PropertyBlock.countLimit), a name at most \(PropertyBlock.nameLimit) bytes, all together at "
                    + "most \(PropertyBlock.byteLimit)"
            )
        }
    }

    /// As a line of a recording has them.
    public var recorded: JSON { .array(map { .array([.string($0.name), .string($0.value)]) }) }
}
