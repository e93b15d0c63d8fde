/// Reads messages of which nobody has said what format they are in: tries those that are likely, the likeliest first.
///
/// A format that a sign speaks for is final: what it refuses is not read as something else, for that would be a value
/// that nobody sent. A message that is whole and gives no reading has a problem too, unless it describes later ones.
///
/// What a format has learnt from a message (Sparkplug's births, announcements of Home Assistant) is there for the next
/// one, so the messages of a recording are given in their order. A value, with one decoder for each format at most.
public struct FormatFinder: Sendable {
    /// What became of a message.
    public struct Outcome: Hashable, Sendable {
        /// The format that read it, or the likeliest one of those that did not; nil when none is.
        public var format: String?
        /// Why it says nothing; nil when it was decoded.
        public var problem: DecodeProblem?
    }

    private let only: MessageFormat?
    private var decoders: [String: any MessageDecoder] = [:]
    private var announced = HomeAssistantDiscovery()

    /// - Parameter only: the format that all messages are in; nil to find it for each.
    public init(only: MessageFormat? = nil) {
        self.only = only
    }

    /// Decodes a message into `readings`, which are not to be used when there is a problem.
    public mutating func read(_ message: MessageView, into readings: inout DecodedReadings) -> Outcome {
        var first: Outcome?
        let (formats, areTold) = formats(of: message)
        for format in formats {
            do throws(DecodeProblem) {
                try read(message, as: format, into: &readings)
                return Outcome(format: format.name, problem: Self.lack(of: readings))
            } catch {
                let outcome = Outcome(format: format.name, problem: error)
                if areTold, error.isOfItsFormat { return outcome }
                first = first ?? outcome
            }
        }
        return first ?? Outcome(problem: Self.strangeness(of: message.payload))
    }

    /// What is wrong with a message that is of no format.
    private static func strangeness(of payload: UnsafeRawBufferPointer) -> DecodeProblem {
        NumberText.trimmed(payload).isEmpty ? .empty : .unknownFormat(bytes: payload.count)
    }

    /// The maker and the model that the bridge of a device has named in an earlier message; nil when it has not.
    public func model(of device: String, on topic: String, in format: String) -> (
        vendor: String, model: String
    )? {
        if format == HomeAssistantDiscovery.name { return announced.model(on: topic) }
        return (decoders[format] as? Zigbee2MQTT)?.model(of: device)
    }

    /// The formats to try, and whether a sign speaks for them: one that takes any payload of its kind knows nothing of
    /// what it refuses.
    private func formats(of message: MessageView) -> (formats: [MessageFormat], areTold: Bool) {
        if let only { return ([only], true) }
        let look = MessageLook(
            topic: message.topic,
            payload: message.payload,
            properties: message.properties
        )
        // Bridges that also announce their devices to Home Assistant say more in their own words.
        let discovery = announced.knows(message.topic) ? [MessageFormat(announced)] : []
        let told = MessageFormat.told(look, announced: discovery)
        return told.isEmpty ? (MessageFormat.general(look), false) : (told, true)
    }

    /// Why a message that its format has read says nothing; nil when it says something.
    private static func lack(of readings: DecodedReadings) -> DecodeProblem? {
        readings.isEmpty && !readings.isDescription ? .noReading(omitted: readings.omittedCount) : nil
    }

    private mutating func read(
        _ message: MessageView,
        as format: MessageFormat,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        guard format.name != HomeAssistantDiscovery.name else {
            return try announced.read(message, into: &readings)
        }
        // Taken out meanwhile: what it has learnt would be copied otherwise.
        var decoder = decoders.removeValue(forKey: format.name) ?? format.decoder()
        defer { decoders[format.name] = decoder }
        try decoder.read(message, into: &readings)
    }
}

extension DecodeProblem {
    /// The message is of the format that was tried, whatever is wrong with it: no other one is worth trying.
    fileprivate var isOfItsFormat: Bool {
        switch self {
        case .leftOut, .missedBefore, .frame, .notUnderstood: true
        default: false
        }
    }
}
