import Delivery
import Interactions
import MQTT
import Synchronization
import Units

/// Publishes commands to devices, over a connection of its own to the broker.
final class CommandSink: Sink {
    let name = "mqtt"
    private let publisher: Mutex<MQTTPublisher>

    init(_ settings: MQTTSettings) {
        var settings = settings
        settings.clientID += "-commands"
        settings.statusPrefix = nil
        let publisher = MQTTPublisher(settings, seed: UInt64.random(in: 0 ... .max))
        self.publisher = Mutex(publisher)
    }

    func takes(_ content: DeliveryJob.Content) -> Bool {
        if case .command = content { true } else { false }
    }

    func deliver(_ job: DeliveryJob, to recipient: RecipientAddress?, at now: Moment) -> SinkResult {
        guard case .command(let command) = job.content else { return .permanent(.wrongContent) }
        do {
            try publisher.withLock { publisher in
                try publisher.publish(
                    to: command.topic,
                    command.payload,
                    answer: AnswerAddress(topic: command.responseTopic, correlation: command.id),
                    within: .seconds(10)
                )
                try publisher.flush(within: .seconds(10))
            }
            return .done(reference: nil)
        } catch {
            return .retry(.unreachable("\(error)"), asked: nil, unknown: true)
        }
    }
}
