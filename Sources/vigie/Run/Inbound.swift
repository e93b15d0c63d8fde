import Interactions
import Store
import Telemetry
import Units

/// What comes in besides telemetry, as entries of one commit.
struct Inbound {
    var entries: [Entry] = []
    var ids: [Commit.InboundID] = []
    var told: [Int64] = []
    var mail: [Int64] = []
    var directory: DirectoryChange?
}

extension VigieProcess {
    private static let mailLimit = 100
    private static let newsLimit = 1000

    /// Answers, receipts and mail from other processes. It only reads: after a failure it can be asked again.
    ///
    /// All of them take the time at which they enter the journal, so that time in it never goes back.
    func inbound(_ items: [Inbox.Item], withNews hasNews: Bool) throws(StoreError) -> Inbound {
        var inbound = Inbound()
        for item in items {
            let id = Commit.InboundID(source: item.source, id: item.id)
            let isKnown = try store.seenInbound(source: item.source, id: item.id)
            if isKnown || inbound.ids.contains(id) { continue }
            inbound.ids.append(id)
            inbound.entries.append(item.entry.at(clock.now()))
        }
        for mail in try store.mail(limit: Self.mailLimit) {
            let now = clock.now()
            inbound.mail.append(mail.row)
            inbound.entries.append(mail.entry.at(now))
            if case .directory(_, let json) = mail.entry, let change = change(json, at: now) {
                inbound.directory = change
            }
        }
        if hasNews {
            let news = try store.news(limit: Self.newsLimit)
            for one in news {
                inbound.told.append(one.row)
                inbound.entries.append(Entry.receipt(one.receipt).at(clock.now()))
            }
            if news.count == Self.newsLimit { outboxNews.raise() }
        }
        return inbound
    }

    /// Nil for a directory that cannot be read: the engine makes a dead letter of it, and the one before stays in
    /// force for the numbers as well.
    private func change(_ json: [UInt8], at now: Moment) -> DirectoryChange? {
        do throws(DirectoryProblem) {
            return DirectoryChange(
                directory: try Directory(json: json),
                json: json,
                version: "\(now)",
                at: now
            )
        } catch {
            log.error(
                "a directory was handed in that cannot be read: \(error); the one before stays in force"
            )
            return nil
        }
    }
}

extension Entry {
    /// The same entry, arrived at another time.
    fileprivate func at(_ moment: Moment) -> Entry {
        switch self {
        case .message(var message):
            message.arrivedAt = moment
            return .message(message)
        case .tick: return .tick(at: moment)
        case .reply(var reply):
            reply.at = moment
            return .reply(reply)
        case .receipt(var receipt):
            receipt.at = moment
            return .receipt(receipt)
        case .caseUpdate(var update):
            update.at = moment
            return .caseUpdate(update)
        case .instruction(var instruction):
            instruction.at = moment
            return .instruction(instruction)
        case .directory(_, let json): return .directory(at: moment, json: json)
        }
    }
}
