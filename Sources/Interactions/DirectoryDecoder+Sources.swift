extension DirectoryDecoder {
    /// Takes the records of a JSON document.
    mutating func readJSON(_ bytes: [UInt8], named file: String) {
        var records = JSONRecords(bytes)
        do throws(JSONProblem) {
            while let step = try records.next() { take(step, file) }
        } catch {
            for table in DirectoryTable.allCases { miss(table) }
            report.error(file: file, line: records.currentLine, "\(error); nothing from there on is read")
        }
    }

    private mutating func take(_ step: JSONRecords.Step, _ file: String) {
        switch step {
        case .element(let list, let index, let line, let value):
            guard let table = table(list, file, line) else { return }
            let place = DirectoryPlace(line: line, index: index)
            guard let members = value.members else {
                miss(table)
                report.error(table, place, "no object; expected names and values in braces; it is not read")
                return
            }
            take(members, of: table, at: place)
        case .malformed(let list, let index, let line, let problem):
            guard let table = table(list, file, line) else { return }
            miss(table)
            report.error(table, DirectoryPlace(line: line, index: index), "\(problem); it is not read")
        case .noList(let name, let line):
            guard let table = table(name, file, line) else { return }
            miss(table)
            report.error(file: file, line: line, "\(name) is no list; expected [ … ]; it is not read")
        }
    }

    private mutating func take(_ members: [JSON.Member], of table: DirectoryTable, at place: DirectoryPlace) {
        let known = table.jsonNames
        for (index, member) in members.enumerated() {
            if !known.contains(member.name) { noteUnknown(member.name, in: table, at: place) }
            if members[..<index].contains(where: { $0.name == member.name }) {
                let text = "\"\(member.name)\" is there twice; expected it once; the record cannot be used"
                report.error(table, place, text)
            }
        }
        take(DirectoryRecord(place: place, fields: members), of: table)
    }

    /// The table that a list of the document stands for.
    private mutating func table(_ list: String, _ file: String, _ line: Int) -> DirectoryTable? {
        if let table = DirectoryTable(rawValue: list) { return table }
        noteUnknownList(list, file: file, line: line)
        return nil
    }

    /// Takes the rows of a CSV file.
    mutating func readCSV(_ bytes: [UInt8], as table: DirectoryTable) {
        var rows = CSVRows(bytes)
        var columns: [String?]?
        while let step = rows.next() {
            switch step {
            case .problem(let line, let text):
                miss(table)
                report.error(table, DirectoryPlace(line: line), text)
                // Without its header no row can be read.
                if columns == nil { return }
            case .row(let line, let values):
                if let columns {
                    take(values, columns, of: table, at: DirectoryPlace(line: line))
                } else {
                    guard let header = header(values, of: table, at: line) else { return }
                    columns = header
                }
            }
        }
        if columns == nil {
            let expected = table.required.joined(separator: ", ")
            report.error(
                table,
                DirectoryPlace(line: 1),
                "no header; expected at least the columns \(expected)"
            )
        }
    }

    private mutating func take(
        _ values: [String],
        _ columns: [String?],
        of table: DirectoryTable,
        at place: DirectoryPlace
    ) {
        guard values.count == columns.count else {
            miss(table)
            let found = "\(values.count) fields; expected \(columns.count) as in the header"
            report.error(table, place, "the row has \(found); it is not read")
            return
        }
        var fields: [JSON.Member] = []
        fields.reserveCapacity(columns.count)
        for (column, value) in zip(columns, values) {
            if let column, !value.isEmpty { fields.append(JSON.Member(column, .string(value))) }
        }
        take(DirectoryRecord(place: place, fields: fields), of: table)
    }

    /// What each column holds, nil for one to ignore; nil when the table cannot be read with this header.
    private mutating func header(_ names: [String], of table: DirectoryTable, at line: Int) -> [String?]? {
        let place = DirectoryPlace(line: line)
        let known = table.required + table.optional
        let columns = names.map { Self.column($0, known, table) }
        let missing = table.required.filter { !columns.contains($0) }
        guard missing.isEmpty else {
            // Perhaps there is no header at all and these names are a person's data: they are not shown.
            let list = missing.joined(separator: ", ")
            report.error(table, place, "no column \(list); expected it in the header; the table is not read")
            miss(table)
            return nil
        }
        let further = table == .assets ? ", \(DirectoryTable.attributePrefix)<name>" : ""
        let expected = known.joined(separator: ", ") + further
        for (column, name) in zip(columns, names) where column == nil {
            let text = "column \"\(name)\" is not known here and is ignored; expected \(expected)"
            report.warning(table, place, text)
        }
        var isUsable = true
        for (index, column) in columns.enumerated() where column != nil && columns[..<index].contains(column)
        {
            let text = "column \"\(names[index])\" is there twice; expected it once; the table is not read"
            report.error(table, place, text)
            isUsable = false
        }
        if !isUsable { miss(table) }
        return isUsable ? columns : nil
    }

    private static func column(_ name: String, _ known: [String], _ table: DirectoryTable) -> String? {
        let plain = name.filter { $0 != " " && $0 != "\t" }
        if table == .assets, plain.hasPrefix(DirectoryTable.attributePrefix) {
            return plain.count > DirectoryTable.attributePrefix.count ? plain : nil
        }
        return known.first { $0.lowercased() == plain.lowercased() }
    }
}
