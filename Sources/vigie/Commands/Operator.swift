import Foundation
import Interactions
import Store
import Telemetry
import Units

/// The person at the command line, and the database that they work on.
struct Operator {
    /// The account, for the audit. Under `sudo` it is the one behind it: many may become one.
    let name: String
    private let settings: Settings

    init(_ settings: Settings, environment: [String: String] = ProcessInfo.processInfo.environment) {
        let account = environment["SUDO_USER"] ?? ""
        name = account.isEmpty ? NSUserName() : account
        self.settings = settings
    }

    /// Loads the settings of the environment.
    init() throws {
        self.init(try Settings.load())
    }

    /// Opens the database that Vigie works with; makes none.
    func store(_ access: Store.Access) throws -> Store {
        let path = settings.database
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                .file,
                "there is no database \(path); vigie run and vigie directory import make it; see VIGIE_DATA"
            )
        }
        return try Store(path: path, access: access)
    }

    /// Opens the database, or makes it.
    func storeOrNew() throws -> Store {
        try Store(path: settings.database)
    }

    /// Leaves an entry for the running process and notes who did.
    func post(_ entry: Entry, to store: Store, as action: String, on target: String) throws {
        try store.post(entry)
        try audit(action, on: target, in: store)
    }

    func audit(_ action: String, on target: String, in store: Store) throws {
        try store.append(AuditRecord(at: SystemClock.read(), who: name, what: action, target: target))
    }
}

extension Arguments {
    /// A whole number above zero.
    func count(_ name: String, standard: Int) throws -> Int {
        guard let text = value(name) else { return standard }
        guard let count = Int(text), count > 0 else {
            throw CommandFailure(.usage, "--\(name) is \"\(text)\"; expected a whole number above zero")
        }
        return count
    }

    /// The row of an outbox or a list of dead letters that stands at a place of the words.
    func row(at index: Int) throws -> Int64 {
        guard rest.count == index + 1, let row = Int64(rest[index]) else {
            let found = rest.dropFirst(index).joined(separator: " ")
            throw CommandFailure(.usage, "expected one ROW, a number from the list; found \"\(found)\"")
        }
        return row
    }

    /// The first word; one of those that the command knows.
    func action(of known: [String]) throws -> String {
        guard let word = rest.first, known.contains(word) else {
            let found = rest.first.map { "found \"\($0)\"" } ?? "found none"
            throw CommandFailure(.usage, "expected one of \(known.joined(separator: ", ")); \(found)")
        }
        return word
    }
}

extension Operator {
    /// When the running process learns of what was posted.
    static let whenTaken = "the running vigie takes it at once, a stopped one at its next start"
}
