import Delivery
import Interactions
import Store
import Synchronization
import Units

/// The outbox as a dispatcher sees it, over a connection of its own to the database.
final class StoreOutbox: Outbox {
    private let store: Mutex<Store>

    init(path: String) throws {
        let store = try Store(path: path)
        self.store = Mutex(store)
    }

    func due(_ sink: String, at now: Moment, limit: Int, onlyLifeSafety: Bool) throws -> [DeliveryJob] {
        try store.withLock { store in
            // What is too late is put away first, so that it does not stand before what is not.
            _ = try store.expireJobs(of: sink, now: now, limit: 100)
            return try store.claimJobs(of: sink, now: now, limit: limit, onlyLifeSafety: onlyLifeSafety)
        }
    }

    func finish(_ row: Int64, _ outcome: DeliveryOutcome, at now: Moment) throws {
        try store.withLock { try $0.finish(row, as: outcome, at: now) }
    }

    func recipient(of person: String) throws -> RecipientAddress? {
        let phone = try store.withLock { try $0.contact(of: person)?.phone } ?? ""
        return PhoneNumber(phone).map(RecipientAddress.init)
    }
}
