internal import CSQLite

/// What is bound to a `?` of a statement.
enum SQLValue {
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    /// Bound without a copy: the bytes must outlive the call that takes them.
    case borrowed(UnsafeRawBufferPointer)
    case null

    static func text(orNull text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
    static func integer(orNull integer: Int64?) -> SQLValue { integer.map { .integer($0) } ?? .null }
    static func count(_ count: Int) -> SQLValue { .integer(Int64(count)) }
    static func flag(_ flag: Bool) -> SQLValue { .integer(flag ? 1 : 0) }
}

/// The current row of a running statement; valid only inside the closure that gets it.
struct Row {
    private let statement: OpaquePointer
    private let path: String

    init(_ statement: OpaquePointer, path: String) {
        self.statement = statement
        self.path = path
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    func count(_ column: Int32) -> Int { Int(integer(column)) }

    func flag(_ column: Int32) -> Bool { integer(column) != 0 }

    func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(statement, column) else { return "" }
        let size = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: size), as: UTF8.self)
    }

    func textOrNil(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func blob(_ column: Int32) -> [UInt8] { [UInt8](borrowedBlob(column)) }

    /// Valid until the statement steps on.
    func borrowedBlob(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
    }

    /// A word of one of our enumerations; another one means damage or a hand that wrote into the file.
    func word<Word: RawRepresentable>(_ column: Int32, _: Word.Type = Word.self) throws(StoreError) -> Word
    where Word.RawValue == String {
        guard let word = Word(rawValue: text(column)) else {
            throw .corrupt(path: path, detail: "a stored \(Word.self) has a value that does not exist")
        }
        return word
    }
}
