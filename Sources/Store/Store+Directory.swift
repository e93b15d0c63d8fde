import Interactions
import Units

/// A directory as it was imported: what it says, and the text it was read from.
public struct DirectoryChange: Sendable {
    public var directory: Directory
    public var json: [UInt8]
    public var version: String
    public var at: Moment

    public init(directory: Directory, json: [UInt8], version: String, at: Moment) {
        self.directory = directory
        self.json = json
        self.version = version
        self.at = at
    }
}

/// The directory that is in force, as text.
public struct StoredDirectory: Hashable, Sendable {
    public var json: [UInt8]
    public var version: String
    public var at: Moment
}

/// Where and how to reach a person.
public struct Contact: Hashable, Sendable {
    /// E.164, empty when unknown.
    public var phone: String
    public var language: Language
}

extension Contact: CustomStringConvertible {
    /// Without the number: a contact may end up in a log line.
    public var description: String { "contact in \(language.rawValue)\(phone.isEmpty ? ", no number" : "")" }
}

extension Store {
    /// The directory that is in force; nil before the first import. A new one comes with `Commit.directory`,
    /// together with the journal entry that tells the engine.
    public func directory() throws(StoreError) -> StoredDirectory? {
        try database.first("SELECT json, version, at FROM directory") { row in
            StoredDirectory(
                json: row.blob(0),
                version: row.text(1),
                at: Moment(microseconds: row.integer(2))
            )
        }
    }

    /// How to reach a person now; nil when the directory does not know the person.
    public func contact(of person: String) throws(StoreError) -> Contact? {
        try database.first(
            "SELECT phone, language FROM directory_person WHERE id = ?",
            [.text(person)]
        ) { (row) throws(StoreError) in Contact(phone: row.text(0), language: try row.word(1)) }
    }

    /// The ids of the people who have this number, in order: a couple may share one.
    public func people(withPhone phone: String) throws(StoreError) -> [String] {
        try database.all(
            "SELECT id FROM directory_person WHERE phone = ? AND phone <> '' ORDER BY id",
            [.text(phone)]
        ) { row in row.text(0) }
    }

    func replaceDirectory(by new: DirectoryChange) throws(StoreError) {
        try database.run(
            "INSERT OR REPLACE INTO directory (row, version, at, json) VALUES (1, ?, ?, ?)",
            [.text(new.version), .integer(new.at.microseconds), .blob(new.json)]
        )
        try database.run("DELETE FROM directory_person")
        for person in new.directory.people {
            try database.run(
                "INSERT INTO directory_person (id, phone, language) VALUES (?, ?, ?)",
                [.text(person.id), .text(person.phone), .text(person.language.rawValue)]
            )
        }
    }
}
