import Interactions
import PipelineKit

/// What is known of the messages to those who were asked.
extension Engine {
    /// What this person was asked before by the same channel and has not left is not sent as well: after a standstill
    /// there may be many.
    func replaceAsks(before order: EscalationRun.Order, _ file: CaseFile) {
        withdrawAsks(to: order.person, by: order.channel, file, "asked again")
    }

    /// Takes back what one person is asked and has not left yet.
    ///
    /// - Parameter channel: only by this channel; nil: by every one.
    func withdrawAsks(to person: String, by channel: Channel? = nil, _ file: CaseFile, _ reason: String) {
        guard let place = file.asked.firstIndex(where: { $0.person == person }) else { return }
        let waiting = Set(file.asked[place].waiting)
        let stale = (file.escalation?.asks ?? []).filter { asked in
            (channel == nil || asked.order.channel == channel) && asked.notice.map(waiting.contains) ?? false
        }
        guard !stale.isEmpty else { return }
        withdraw(file, reason, phases: stale.map { file.chainPhase("ask-\($0.order.number)") })
        file.asked[place].withdraw(Set(stale.compactMap(\.notice)))
    }

    /// Nobody has to be asked any more.
    func withdrawAsks(of file: CaseFile, _ reason: String) {
        withdraw(file, reason, phases: openAsks(of: file))
        for place in file.asked.indices { file.asked[place].withdraw() }
    }
}

extension Notice.Reason {
    /// Its reader has nothing more to wait for.
    var isEnd: Bool {
        switch self {
        case .cleared, .over, .standDown: true
        default: false
        }
    }
}
