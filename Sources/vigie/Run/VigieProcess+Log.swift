import Delivery
import MQTT
import Observability

/// What a run says about its connection and its sinks.
extension VigieProcess {
    func tell(_ outcome: BatchOutcome) {
        switch outcome {
        case .messages, .idle: return
        case .connected(let version, let session):
            switch session {
            case .resumed: log.info("connected to the broker, session resumed", [("protocol", "\(version)")])
            case .new: log.info("connected to the broker, new session", [("protocol", "\(version)")])
            case .lost:
                log.error(
                    "connected to the broker, but it has lost our session: what was published meanwhile is lost; "
                        + "see persistence in deploy/mosquitto.conf"
                )
            }
        case .disconnected(let error): log.warning("\(error)")
        case .subscriptionsRefused(let error): log.error("\(error)")
        }
    }

    /// Hears what a dispatcher has to say, on its threads.
    func dispatchObserver() -> @Sendable (DispatchEvent) -> Void {
        let log = log.part("delivery")
        let outboxTrouble = TellOnce()
        return { [outboxNews] event in
            switch event {
            case .report:
                outboxTrouble.forget()
                outboxNews.raise()
            case .failure(let failure): log.warning("\(failure)")
            case .paused(let sink, let until):
                log.warning("sink \(sink) cannot be reached; trying again at \(until)")
            case .outboxFailed(let sink, let reason):
                if outboxTrouble.isNew(reason) {
                    log.error("sink \(sink): the outbox cannot be read: \(reason)")
                }
            }
        }
    }
}
