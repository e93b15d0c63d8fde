import Interactions
import PipelineKit
import Telemetry
import Units

/// What sensors of any format say; every reading becomes a note that tells it.
struct Sensed: Reading {
    var device = Name()
    var at = Moment()
    var isHistory = false
    var temperature = Temperature.zero
    var humidity = Ratio.zero
    var volume = Volume.zero
    var isLeaking = false

    static var fields: [Field<Self>] {
        Field("subject", \.device)
        Field("at", \.at)
        Field("historical", \.isHistory)
        Field("temperature", \.temperature, in: .celsius, missing: .keepsLastValue)
        Field("humidity", \.humidity, in: .percent, missing: .keepsLastValue)
        Field("volume", \.volume, in: .cubicMetres, missing: .keepsLastValue)
        Field("leak", \.isLeaking, missing: .keepsLastValue)
    }

    var isThere: Bool { true }

    /// `AA 20 21.5 °C 40 % 0 L`, with the second of its time.
    var line: Name {
        let second = Int(at.since(Story.start).inSeconds)
        let marks = (isLeaking ? " leak" : "") + (isHistory ? " history" : "")
        let text = "\(device) \(second) \(temperature.base) °C \(humidity.base) % \(volume.base) L\(marks)"
        return Name(text) ?? Name()
    }
}

/// A pipeline that tells every reading that goes on.
func tellingPipeline(
    named name: String = "sensors",
    to filter: String,
    as format: PayloadFormat,
    order: Duration? = nil,
    retained: Retained = .dropped
) -> Pipeline {
    Pipeline(name, reading: Sensed.self) {
        var stages: [any Stage<Sensed>] = [
            Listen(to: filter, as: format, retained: retained), Identify(by: \.device),
        ]
        if let order { stages.append(Order(by: \.at, waiting: order)) }
        return stages + [
            Detect("told", severity: .info) {
                Happens(\.isThere)
            } react: {
                Note(in: "desk") { "\($0.reading.line)" }
            }
        ]
    }
}

extension Story {
    /// A message of any topic.
    func hear(_ topic: String, _ payload: [UInt8], at seconds: Double, flags: MessageFlags = .qos1) throws {
        let message = Message(topic: topic, payload: payload, flags: flags, arrivedAt: Self.at(seconds))
        try take(.message(message))
    }

    func hear(_ topic: String, _ payload: String, at seconds: Double, flags: MessageFlags = .qos1) throws {
        try hear(topic, [UInt8](payload.utf8), at: seconds, flags: flags)
    }

    /// The readings told so far.
    var told: [String] { interactions.map(\.title.french) }

    /// How many readings were left out, by reason.
    var drops: [String: Int] {
        Dictionary(engine.drops.map { ($0.reason, $0.count) }, uniquingKeysWith: +)
    }

    var deadLetters: [DeadLetter] {
        effects.compactMap { if case .deadLetter(let letter) = $0 { letter } else { nil } }
    }

    var queries: [DeviceQuery] {
        effects.compactMap { if case .query(let query) = $0 { query } else { nil } }
    }
}
