import Foundation
import Interactions
import Store
import Telemetry
import Units

/// The person at the command line, and the database that they work on.
struct Operator {
    /// When the running process learns of what was posted.
    static let whenTaken = "the running vigie takes it at once, a stopped one at its next start"

    /// The account, for the audit. Under `sudo` it is the one behind it: many may become one.
    let name: String
    let settings: Settings

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
