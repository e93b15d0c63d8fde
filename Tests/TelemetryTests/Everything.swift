import Units

@testable import Telemetry

/// A reading with every kind of field, and its table written by hand.
struct Everything: BitwiseCopyable {
    var whole = -1
    var number = 0.0
    var flag = false
    var time = Moment()
    var seconds = Moment()
    var milliseconds = Moment()
    var name = Name()
    var doors = UInt8(9)
    var height = 0.0
    var deep = 0
    var samples = Samples()

    /// `scale` and `offset` of `number`.
    static func layout(required: Set<String> = [], scale: Double = 1, offset: Double = 0) -> ReadingLayout {
        let initial = Everything()
        let doors = ChoiceTable(
            [.init(word: "open", bytes: [0]), .init(word: "closed", bytes: [1])],
            otherwise: nil
        )
        let rows: [(String, PartialKeyPath<Everything>, FieldKind)] = [
            ("whole", \.whole, .integer),
            ("number", \.number, .number(scale: scale, offset: offset)),
            ("flag", \.flag, .bool),
            ("time", \.time, .time(.iso8601)),
            ("seconds", \.seconds, .time(.epochSeconds)),
            ("milliseconds", \.milliseconds, .time(.epochMilliseconds)),
            ("name", \.name, .name),
            ("doors", \.doors, .choice(doors)),
            ("position.height", \.height, .number(scale: 1, offset: 0)),
            ("position.a.deep", \.deep, .integer),
            ("samples", \.samples, .samples(scale: 1)),
        ]
        return ReadingLayout(
            typeName: "Everything",
            size: MemoryLayout<Everything>.size,
            stride: MemoryLayout<Everything>.stride,
            initial: withUnsafeBytes(of: initial) { [UInt8]($0) },
            fields: rows.compactMap { name, path, kind in
                MemoryLayout<Everything>.offset(of: path).map {
                    FieldSlot(
                        path: name.split(separator: ".").map(String.init),
                        offset: $0,
                        kind: kind,
                        isRequired: required.contains(name)
                    )
                }
            }
        )
    }

    static func decode(
        _ payload: String,
        required: Set<String> = [],
        bareField: String? = nil
    ) throws(DecodeProblem) -> Everything {
        try decode([UInt8](payload.utf8), PayloadDecoder(layout(required: required), bareField: bareField))
    }

    static func decode(
        _ payload: [UInt8],
        _ decoder: PayloadDecoder,
        topic: String = ""
    ) throws(DecodeProblem) -> Everything {
        try decode(payload, decoder, topic: [UInt8](topic.utf8))
    }

    static func decode(
        _ payload: [UInt8],
        _ decoder: PayloadDecoder,
        topic: [UInt8]
    ) throws(DecodeProblem) -> Everything {
        let result: Result<Everything, DecodeProblem> = topic.withUnsafeBytes { topic in
            payload.withUnsafeBytes { payload in
                let levels = TopicLevels()
                guard levels.split(topic) else { return .failure(.tooManyLevels) }
                var reading = Everything()
                do throws(DecodeProblem) {
                    try withUnsafeMutableBytes(of: &reading) { memory throws(DecodeProblem) in
                        guard let start = memory.baseAddress else { return }
                        try decoder.decode(payload, topic: levels, into: start)
                    }
                    return .success(reading)
                } catch {
                    return .failure(error)
                }
            }
        }
        return try result.get()
    }

    static func problem(_ payload: String, required: Set<String> = []) -> DecodeProblem? {
        do {
            _ = try decode(payload, required: required)
            return nil
        } catch {
            return error
        }
    }
}
