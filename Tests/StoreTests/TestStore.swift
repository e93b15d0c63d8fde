import Foundation
import Interactions
import Telemetry
import Units

@testable import Store

/// A store in a folder of its own, gone with the test.
final class TestStore {
    let folder: String
    private(set) var store: Store
    var routes = Routes(interactions: ["crm"], notices: ["sms"], commands: ["mqtt"])

    var path: String { folder + "/vigie.sqlite" }

    init() throws {
        folder = NSTemporaryDirectory() + "store-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try Store(path: folder + "/vigie.sqlite")
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            print("folder \(folder) stays behind: \(error)")
        }
    }

    func reopen() throws {
        store = try Store(path: path)
    }

    /// Commits effects with one tick, at a time in seconds.
    @discardableResult
    func commit(_ effects: Effect..., at seconds: Int64 = 0, told: [Int64] = []) throws -> Position {
        var entries = EntryBatch()
        entries.append(.tick(at: Moment(seconds: seconds)))
        let commit = Commit(
            after: try store.head(of: "0"),
            entries: entries,
            effects: effects,
            told: told
        )
        return try store.commit(commit, to: "0", routes: routes) { Array("<\($0.id)>".utf8) }
    }

    /// Commits messages with these payloads.
    @discardableResult
    func append(_ payloads: [String], at seconds: Int64 = 0) throws -> Position {
        let commit = Commit(after: try store.head(of: "0"), entries: messages(payloads, at: seconds))
        return try store.commit(commit, to: "0", routes: routes) { _ in [] }
    }

    func claim(_ sink: String, at seconds: Int64 = 0, limit: Int = 100) throws -> [DeliveryJob] {
        try store.claimJobs(of: sink, now: Moment(seconds: seconds), limit: limit)
    }

    func ids(_ sink: String, at seconds: Int64 = 0, limit: Int = 100) throws -> [String] {
        try claim(sink, at: seconds, limit: limit).map(\.id)
    }

    func state(of id: String) throws -> OutboxState? {
        try store.outbox(limit: 1000).first { $0.id == id }?.state
    }

    func row(of id: String) throws -> Int64 {
        guard let entry = try store.outbox(limit: 1000).first(where: { $0.id == id }) else {
            throw CocoaError(.keyValueValidation)
        }
        return entry.row
    }

    func finish(_ id: String, as outcome: DeliveryOutcome, at seconds: Int64 = 0) throws {
        try store.finish(try row(of: id), as: outcome, at: Moment(seconds: seconds))
    }

    /// The payloads of all messages from a position on.
    func payloads(from position: Position = .start) throws -> [String] {
        var found: [String] = []
        var reader = store.journal(of: "0", from: position)
        while let batch = try reader.next() {
            var entry = 0
            try batch.entries.forEach { view in
                if entry >= batch.skipping { found.append(String(decoding: view.payload, as: UTF8.self)) }
                entry += 1
            }
        }
        return found
    }
}

func messages(_ payloads: [String], at seconds: Int64 = 0) -> EntryBatch {
    var entries = EntryBatch()
    for payload in payloads {
        entries.append(
            .message(Message(topic: "t", payload: Array(payload.utf8), arrivedAt: Moment(seconds: seconds)))
        )
    }
    return entries
}

/// Runs `body` and gives the store's error; nil when it went well or failed otherwise.
func storeError(_ body: () throws -> Void) -> StoreError? {
    do {
        try body()
        return nil
    } catch {
        return error as? StoreError
    }
}
