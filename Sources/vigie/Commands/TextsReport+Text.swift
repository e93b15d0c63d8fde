import Interactions

extension TextsReport {
    /// For people.
    var text: String { chapters.map(\.text).joined(separator: "\n\n") }

    /// For programs: one object for each text and language.
    var json: [JSON] {
        chapters.flatMap { chapter in
            chapter.sections.flatMap { section in
                section.sheets.flatMap { sheet in
                    sheet.versions.map { sheet.json($0, in: section, of: chapter) }
                }
            }
        }
    }
}

extension TextsReport.Chapter {
    fileprivate var text: String {
        let title = place.map { "\(name)  (\($0))" } ?? name
        return ([title] + sections.map(\.text)).joined(separator: "\n\n")
    }
}

extension TextsReport.Section {
    fileprivate var text: String {
        var lines: [String] = []
        if let severity, let place { lines.append("  \"\(name)\"  \(severity.rawValue)  :\(place.line)") }
        if let obstacle { lines.append("    warning: \(obstacle)") }
        return (lines + sheets.flatMap(\.lines)).joined(separator: "\n")
    }
}

extension TextSheet {
    fileprivate var lines: [String] {
        var lines = ["    \(name)"]
        for version in versions {
            lines.append("      \(version.language.rawValue)  \(version.words)")
            if let size = version.size { lines.append("          \(size)") }
            lines += version.problems.map { "          \($0.severity.rawValue): \($0)" }
        }
        if let audience {
            let sum = cost.map { ": \($0.totalText)" } ?? ""
            lines.append("      to all \(audience.count) of \(audience.name)\(sum)")
        }
        return lines
    }

    fileprivate func json(
        _ version: Version,
        in section: TextsReport.Section,
        of chapter: TextsReport.Chapter
    ) -> JSON {
        var members: [JSON.Member] = [.init("pipeline", .string(chapter.name))]
        if let place = section.place {
            members += [
                .init("detector", .string(section.name)), .init("file", .string(place.file)),
                .init("line", .integer(Int64(place.line))),
            ]
        }
        members += [
            .init("text", .string(name)), .init("language", .string(version.language.rawValue)),
            .init("words", .string(version.words)),
        ]
        members += version.figures
        if let audience {
            members.append(.init("readers", .integer(Int64(audience.readers[version.language] ?? 0))))
            if let line = cost?.lines.first(where: { $0.language == version.language }) {
                members.append(.init("cost", .integer(line.millionths)))
            }
        }
        let problems = version.problems.map { problem -> JSON in
            ["kind": .string(problem.severity.rawValue), "text": .string(problem.description)]
        }
        return .object(members + [.init("problems", .array(problems))])
    }
}

extension TextSheet.Version {
    /// `gsm7 142/160, 1 part; at most 158/160, 1 part; 0.05 EUR`
    fileprivate var size: String? {
        guard let encoding else { return nil }
        let price = cost.map { "; \($0.totalText) each" } ?? ""
        guard let longest, longest.units > encoding.units else { return Self.words(encoding) + price }
        return "\(Self.words(encoding)); at most \(Self.words(longest))\(price)"
    }

    private static func words(_ encoding: SMSEncoding) -> String {
        let parts = encoding.parts.count
        return
            "\(encoding.alphabet.rawValue) \(SMSCost.units(encoding)), \(parts) part\(parts == 1 ? "" : "s")"
    }

    /// Costs are in millionths of the currency's unit.
    fileprivate var figures: [JSON.Member] {
        guard let encoding else { return [] }
        var members: [JSON.Member] = [
            .init("alphabet", .string(encoding.alphabet.rawValue)),
            .init("folded", .bool(encoding.isFolded)),
            .init("units", .integer(Int64(encoding.units))),
            .init("parts", .integer(Int64(encoding.parts.count))),
        ]
        if let longest {
            members += [
                .init("mostUnits", .integer(Int64(longest.units))),
                .init("mostParts", .integer(Int64(longest.parts.count))),
            ]
        }
        if let cost { members.append(.init("costEach", .integer(cost.total))) }
        return members
    }
}
