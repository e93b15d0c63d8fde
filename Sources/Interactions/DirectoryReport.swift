/// Collects the problems of one import and knows how to name the place of each.
struct DirectoryReport {
    /// The names under which the tables were given: one CSV file each, or the same document for all.
    let files: [DirectoryTable: String]
    private(set) var problems = DirectoryProblems()

    init(files: [DirectoryTable: String]) {
        self.files = files
    }

    init(document: String) {
        files = Dictionary(uniqueKeysWithValues: DirectoryTable.allCases.map { ($0, document) })
    }

    mutating func error(_ table: DirectoryTable, _ place: DirectoryPlace, _ text: String) {
        add(.error, table, place, text)
    }

    mutating func warning(_ table: DirectoryTable, _ place: DirectoryPlace, _ text: String) {
        add(.warning, table, place, text)
    }

    mutating func error(file: String, line: Int = 0, _ text: String) {
        problems.add(DirectoryProblem(severity: .error, file: file, line: line, text: text))
    }

    mutating func warning(file: String, line: Int = 0, _ text: String) {
        problems.add(DirectoryProblem(severity: .warning, file: file, line: line, text: text))
    }

    /// How another record of the same table is pointed at: `line 3`, `assets[3]`.
    func name(of place: DirectoryPlace, in table: DirectoryTable) -> String {
        place.index.map { "\(table.rawValue)[\($0)]" } ?? "line \(place.line)"
    }

    private mutating func add(
        _ severity: DirectoryProblem.Severity,
        _ table: DirectoryTable,
        _ place: DirectoryPlace,
        _ text: String
    ) {
        let path = place.index.map { "\(table.rawValue)[\($0)]: " } ?? ""
        let file = files[table] ?? table.csvFile
        problems.add(DirectoryProblem(severity: severity, file: file, line: place.line, text: path + text))
    }
}
