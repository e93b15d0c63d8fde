import Telemetry

extension Message {
    /// The message as decoders take it; the view is valid only during the call.
    func withView<Result>(_ body: (MessageView) -> Result) -> Result {
        var topic = topic
        return topic.withUTF8 { topic in
            payload.withUnsafeBytes { payload in
                body(
                    MessageView(
                        topic: UnsafeRawBufferPointer(topic),
                        payload: payload,
                        arrivedAt: arrivedAt,
                        properties: properties.map { (name: $0.name, value: $0.value) },
                        flags: flags
                    )
                )
            }
        }
    }
}

extension FormatFinder {
    mutating func read(_ message: Message, into readings: inout DecodedReadings) -> Outcome {
        message.withView { read($0, into: &readings) }
    }
}
