import Units

/// Reads a whole directory from what people keep it in, and says everything that is wrong with it at once.
///
/// Either there is a directory, or there is at least one error: nothing is half imported. The tables, columns
/// and JSON names are those of `DirectoryTable`, listed in `formats`; spaces around values are not part of
/// them.
public struct DirectoryImport: Sendable {
    /// Nil when there was an error.
    public let directory: Directory?
    /// In the order found; the first thousand.
    public let problems: [DirectoryProblem]
    /// All of them, also those beyond the first thousand.
    public let errorCount: Int
    public let warningCount: Int

    /// What each table holds, a line each: for the help of a command.
    public static var formats: String {
        DirectoryTable.allCases.map { table in
            let required = table.required.map { "\($0)*" }
            let columns = (required + table.optional).joined(separator: ", ")
            let further = table == .assets ? ", \(DirectoryTable.attributePrefix)<name>" : ""
            return "\(table.csvFile): \(columns)\(further)"
        }.joined(separator: "\n")
    }

    /// `3 errors, 1 warning: nothing is imported`
    ///
    /// - Parameter further: warnings that were told besides, of what the directory is used for.
    public func summary(withWarnings further: Int = 0) -> String {
        func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
        let counts = "\(counted(errorCount, "error")), \(counted(warningCount + further, "warning"))"
        let hidden = errorCount + warningCount - problems.count
        let shown = hidden > 0 ? " (\(hidden) more than are shown)" : ""
        guard let directory else {
            return "\(counts)\(shown): nothing is imported; correct the errors and import again"
        }
        let contents =
            "\(counted(directory.sites.count, "site")), \(counted(directory.assets.count, "asset")), "
            + "\(directory.people.count) people, \(counted(directory.relations.count, "relation"))"
        return "\(counts)\(shown): \(contents)"
    }

    /// From one JSON document, in the form that `Directory.json` writes.
    ///
    /// - Parameters:
    ///   - name: what the problems call the document: `directory.json`.
    ///   - zone: where times are meant that do not say where.
    ///   - now: when given, a rota with a gap in the next fourteen days is a warning.
    public init(
        json bytes: [UInt8],
        named name: String,
        zone: CivilZone = .paris,
        now: Moment? = nil
    ) {
        var decoder = DirectoryDecoder(report: DirectoryReport(document: name), zone: zone)
        decoder.readJSON(bytes, named: name)
        self.init(DirectoryChecks.run(on: decoder), now)
    }

    /// From CSV tables: `sites.csv`, `assets.csv`, `people.csv`, `relations.csv`, `consents.csv`, of which
    /// any may be missing.
    ///
    /// - Parameters:
    ///   - zone: where times are meant that do not say where.
    ///   - now: when given, a rota with a gap in the next fourteen days is a warning.
    public init(
        csv tables: [(name: String, bytes: [UInt8])],
        zone: CivilZone = .paris,
        now: Moment? = nil
    ) {
        var files: [DirectoryTable: String] = [:]
        var known: [(table: DirectoryTable, bytes: [UInt8])] = []
        var strangers: [String] = []
        for (name, bytes) in tables {
            let file = name.split(separator: "/").last.map { $0.lowercased() }
            if let table = DirectoryTable.allCases.first(where: { $0.csvFile == file }), files[table] == nil {
                files[table] = name
                known.append((table, bytes))
            } else {
                strangers.append(name)
            }
        }
        var decoder = DirectoryDecoder(report: DirectoryReport(files: files), zone: zone)
        let names = DirectoryTable.allCases.map(\.csvFile).joined(separator: ", ")
        for name in strangers {
            decoder.report.error(
                file: name,
                "no table of a directory, or one given twice; expected \(names), each once; it is not read"
            )
        }
        if known.isEmpty {
            decoder.report.error(file: "directory", "no tables were given; expected \(names)")
        }
        for (table, bytes) in known { decoder.readCSV(bytes, as: table) }
        self.init(DirectoryChecks.run(on: decoder), now)
    }

    private init(_ checked: DirectoryDecoder, _ now: Moment?) {
        var decoder = checked
        if let now, decoder.report.problems.errorCount == 0 { decoder.warnOfGaps(after: now) }
        let found = decoder.report.problems
        directory = found.errorCount == 0 ? decoder.directory.sorted() : nil
        problems = found.listed
        errorCount = found.errorCount
        warningCount = found.warningCount
    }
}
