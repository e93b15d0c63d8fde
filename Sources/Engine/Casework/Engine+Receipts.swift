import Interactions
import Telemetry
import Units

/// What gateways and handsets say became of a message.
extension Engine {
    func take(_ receipt: Receipt) {
        guard let (file, person) = casebook.owner(of: receipt.id) else { return }
        switch receipt.outcome {
        case .accepted:
            file.noteTaken(receipt.id, by: person)
            return
        case .delivered: delivered(receipt, file, person)
        case .failed, .expired, .unknown: failed(receipt, file, person)
        }
        escalate(file)
        keep(file)
    }

    private func delivered(_ receipt: Receipt, _ file: CaseFile, _ person: String) {
        file.noteTaken(receipt.id, by: person)
        _ = file.escalation?.receipt(.delivered, of: receipt.id, at: now)
        for position in file.audiences.keys { file.audiences[position]?.arrived(receipt.id) }
        casebook.settle(receipt.id)
    }

    private func failed(_ receipt: Receipt, _ file: CaseFile, _ person: String) {
        if receipt.outcome == .unknown {
            file.noteTaken(receipt.id, by: person)
        } else {
            file.noteFailed(receipt.id, to: person)
            for position in file.audiences.keys { _ = file.audiences[position]?.failed(receipt.id) }
        }
        let isAsk = file.asks.contains { $0.notice == receipt.id }
        let isAudience = !isAsk && file.audiences.values.contains { $0.holds(person) }
        // One tenant's dead number among thousands is the report's business, not the timeline's. A failure is told
        // once; that it arrived after all may still come.
        guard !isAudience, file.hears(of: "receipt \(receipt.id)") else { return }
        let isUnknown = receipt.outcome == .unknown
        _ = file.escalation?.receipt(isUnknown ? .unknown : .failed, of: receipt.id, at: now)
        tell(
            file,
            .noted,
            phase: "receipt \(receipt.id)",
            text: TimelineNote.notDelivered(to: person, reason: receipt.detail)
        )
        guard let ask = file.asks.first(where: { $0.notice == receipt.id }) else { return }
        // Who may have read it may answer it.
        if isUnknown, ask.question != .wellbeing { return }
        file.asks.removeAll { $0.notice == receipt.id }
        let waits = file.asks.contains { $0.question == .wellbeing }
        if ask.question == .wellbeing, !waits {
            // Who cannot be asked cannot say that all is well.
            goOnUnanswered(file)
        }
    }
}
