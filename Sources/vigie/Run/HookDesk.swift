import Console
import Delivery
import Interactions
import PipelineKit
import Store
import Telemetry
import Units

/// What signed calls become in the journal. Each is looked up first, so that the caller hears at once of what we do
/// not know.
///
/// Calls come on threads of the server; each opens the database for itself.
struct HookDesk: Sendable {
    private let database: String
    private let pipelines: PipelineSet
    /// The sinks whose gateways report by a call of their own.
    private let reporting: Set<String>
    private let inbox: Inbox
    private let clock: RunClock

    init(database: String, _ pipelines: PipelineSet, reporting: Set<String>, inbox: Inbox, clock: RunClock) {
        self.database = database
        self.pipelines = pipelines
        self.reporting = reporting
        self.inbox = inbox
        self.clock = clock
    }

    func routes(signedWith signature: RequestSignature, within window: Duration) -> [Route] {
        let hooks = SignedHooks(
            header: RequestSignature.header,
            clock: { [clock] in clock.now() },
            isGenuine: { [clock] in signature.accepts($0, for: $1, at: clock.now(), within: window) }
        )
        return [
            CaseHook.route(hooks, take: take), AnswerHook.route(hooks, take: take),
            ReceiptHook.route(hooks, take: take), CommandHook.route(hooks, take: take),
        ]
    }

    @Sendable
    private func take(_ update: InboundCaseUpdate) throws(HookRefusal) {
        try known(update.key) { known throws(KnownCase.Problem) in try known.requireRemembered() }
        let word = update.status?.rawValue ?? CaseUpdate.Status.noted.rawValue
        guard let status = CaseUpdate.Status(rawValue: word) else {
            throw .impossible("nobody can set the status \(word)")
        }
        let entry = Entry.caseUpdate(
            CaseUpdate(
                id: update.id,
                key: update.key,
                status: status,
                by: update.by,
                note: update.note,
                estimate: update.estimate,
                assignee: update.assignee,
                cause: update.cause,
                at: clock.now()
            )
        )
        try deliver(entry, from: "case", id: update.id)
    }

    @Sendable
    private func take(_ answer: InboundAnswer) throws(HookRefusal) {
        let notice = try notice(answer.notice) { store, notice throws(StoreError) in
            try store.isTold(answer.recipient, by: notice) ? notice : nil
        }
        guard let notice else {
            throw .impossible("the notice \(answer.notice) was not sent to \"\(answer.recipient)\"")
        }
        guard let action = Reply.Action(rawValue: answer.action.rawValue) else {
            throw .impossible("nobody can answer \(answer.action.rawValue)")
        }
        let reply = Reply(
            // Gateways of texts have ids of their own.
            id: "hook \(answer.id)",
            from: "",
            text: answer.text.isEmpty ? action.words : answer.text,
            answered: Reply.Answered(
                notice: notice.id,
                key: notice.key,
                phase: notice.phase,
                recipient: answer.recipient,
                action: action
            ),
            at: clock.now()
        )
        try deliver(.reply(reply), from: "answer", id: answer.id)
    }

    @Sendable
    private func take(_ receipt: InboundReceipt) throws(HookRefusal) {
        let sinks = try notice(receipt.id) { store, notice throws(StoreError) in
            try store.deliveries(of: notice.id).map(\.sink)
        }
        guard let sink = sinks.first(where: { !reporting.contains($0) }) else {
            let sink = sinks.first ?? "nobody"
            throw .impossible("the notice \(receipt.id) went to \(sink), and not by a webhook")
        }
        guard let outcome = receipt.outcome.final else { return }
        let entry = Entry.receipt(
            Receipt(id: receipt.id, sink: sink, outcome: outcome, detail: receipt.detail, at: clock.now())
        )
        try deliver(entry, from: "\(sink)-receipt", id: "\(receipt.id) \(receipt.outcome.rawValue)")
    }

    @Sendable
    private func take(_ command: InboundCommand) throws(HookRefusal) {
        try known(command.key) { [pipelines] known throws(KnownCase.Problem) in
            try known.require(command: command.command, of: pipelines)
        }
        let instruction = Instruction(
            id: "hook \(command.id)",
            order: .command(key: command.key, name: command.command),
            by: command.by,
            note: command.note,
            at: clock.now()
        )
        try deliver(.instruction(instruction), from: "command", id: command.id)
    }

    // MARK: Looking up

    private func known(
        _ key: String,
        _ check: (KnownCase) throws(KnownCase.Problem) -> Void
    ) throws(HookRefusal) {
        let store = try open()
        do throws(KnownCase.Problem) {
            try check(KnownCase(key, in: store))
        } catch {
            switch error {
            case .unknown: throw .unknown("\(error)")
            case .notOffered, .over, .forgotten: throw .impossible("\(error)")
            case .unreadable: throw .later("\(error)")
            }
        }
    }

    private func notice<Found>(
        _ id: String,
        _ look: (Store, NoticeEntry) throws(StoreError) -> Found
    ) throws(HookRefusal) -> Found {
        let store = try open()
        let found: Found?
        do throws(StoreError) {
            found = try store.notices(.id(id), limit: 1).first.map { notice throws(StoreError) in
                try look(store, notice)
            }
        } catch {
            throw .later("\(error)")
        }
        guard let found else { throw .unknown("there is no notice \"\(id)\" here") }
        return found
    }

    private func open() throws(HookRefusal) -> Store {
        do throws(StoreError) {
            return try Store(path: database, access: .readOnly)
        } catch {
            throw .later("\(error)")
        }
    }

    private func deliver(_ entry: Entry, from source: String, id: String) throws(HookRefusal) {
        guard inbox.deliver(.init(entry: entry, source: source, id: id)) else {
            throw .later("the journal does not take it")
        }
    }
}
