import Interactions
import Units

/// A figure as every form of the report takes it.
private struct Figure {
    enum Value {
        case count(Int)
        case share(Double?)
        case number(Double?)
        case span(Duration?)
    }

    let name: String
    let of: Value

    init(_ name: String, _ of: Value) {
        (self.name, self.of) = (name, of)
    }

    var unit: String {
        switch of {
        case .count: "count"
        case .share: "share"
        case .number: "number"
        case .span: "s"
        }
    }

    /// Nil when there is nothing to measure.
    var value: Double? {
        switch of {
        case .count(let count): Double(count)
        case .share(let value), .number(let value): value
        case .span(let span): span?.inSeconds
        }
    }

    /// For people.
    func text(in language: Language) -> String {
        guard let value else { return "–" }
        return switch of {
        case .count(let count): "\(count)"
        case .share: "\(tenths(value * 100, in: language)) %"
        case .number: tenths(value, in: language)
        case .span(let span): span.map { SpanText.rough($0, in: language) } ?? "–"
        }
    }

    var json: JSON { value.map { .number($0) } ?? .null }
}

private func tenths(_ value: Double, in language: Language) -> String {
    let text = "\((value * 10).rounded() / 10)"
    return language == .french ? text.replacing(".", with: ",") : text
}

extension CaseFigures {
    fileprivate var all: [Figure] {
        let spans: [(String, Percentiles)] = [
            ("firstNotice", untilFirstNotice), ("acknowledged", untilAcknowledged), ("ended", untilEnded),
        ]
        return [Figure("cases", .count(cases))]
            + spans.flatMap { name, percentiles in
                [
                    Figure("\(name).count", .count(percentiles.count)),
                    Figure("\(name).p50", .span(percentiles.p50)),
                    Figure("\(name).p97.5", .span(percentiles.p975)),
                    Figure("\(name).p99", .span(percentiles.p99)),
                ]
            } + [
                Figure("takenShare", .share(takenShare)), Figure("textsSent", .count(textsSent)),
                Figure("textsWithReceipts", .count(textsWithReceipts)),
                Figure("textsDelivered", .count(textsDelivered)),
                Figure("deliveredShare", .share(deliveredShare)),
                Figure("textsPerCase", .number(textsPerCase)),
                Figure("withCause", .count(withCause)), Figure("falseAlarms", .count(falseAlarms)),
                Figure("falseAlarmRate", .share(falseAlarmRate)),
            ]
    }
}

extension CaseReport {
    /// A column of the table for people: its heading, and what stands below it.
    private struct Column: Sendable {
        let heading: Bilingual
        let cell: @Sendable (CaseFigures, Language) -> String

        init(_ french: String, _ english: String, _ figure: String) {
            self.init(french, english) { figures, language in
                figures.all.first { $0.name == figure }?.text(in: language) ?? ""
            }
        }

        init(
            _ french: String,
            _ english: String,
            _ cell: @escaping @Sendable (CaseFigures, Language) -> String
        ) {
            heading = Bilingual(french: french, english: english)
            self.cell = cell
        }
    }

    private static let columns = [
        Column("dossiers", "cases", "cases"),
        Column("1er message p50", "1st notice p50", "firstNotice.p50"),
        Column("p97,5", "p97.5", "firstNotice.p97.5"), Column("p99", "p99", "firstNotice.p99"),
        Column("pris en charge", "taken") { figures, _ in
            "\(figures.untilAcknowledged.count)/\(figures.cases)"
        },
        Column("p50", "p50", "acknowledged.p50"), Column("p97,5", "p97.5", "acknowledged.p97.5"),
        Column("p99", "p99", "acknowledged.p99"), Column("fini p50", "ended p50", "ended.p50"),
        Column("p97,5", "p97.5", "ended.p97.5"), Column("SMS/dossier", "texts/case", "textsPerCase"),
        Column("remis", "delivered", "deliveredShare"),
        Column("fausses alertes", "false alarms", "falseAlarmRate"),
    ]

    /// Tables for people.
    func text(from: CivilDate, to: CivilDate, in language: Language) -> String {
        func word(_ french: String, _ english: String) -> String {
            Bilingual(french: french, english: english).text(in: language)
        }
        var rows = [[""] + Self.columns.map { $0.heading.text(in: language) }]
        for line in lines {
            let name = line.detector.map { "  \($0)" } ?? line.pipeline ?? word("tous", "all")
            rows.append([name] + Self.columns.map { $0.cell(line.figures, language) })
        }
        let title = word("dossiers ouverts du \(from) au \(to)", "cases opened from \(from) to \(to)")
        var text = "\(title)\n\(Self.table(rows))"
        if !downtimes.isEmpty {
            let heading = [
                word("équipement", "asset"), word("arrêts", "outages"), word("en tout", "in all"),
                word("constaté par", "found by"),
            ]
            let outages = downtimes.map { downtime in
                [
                    downtime.subject, "\(downtime.outages)", SpanText.rough(downtime.total, in: language),
                    downtime.detectors.map { "\($0.pipeline), \($0.name)" }.joined(separator: "; "),
                ]
            }
            text += "\n\n\(word("hors service", "downtime"))\n\(Self.table([heading] + outages))"
        }
        return text
    }

    /// The first column to the left, numbers to the right.
    private static func table(_ rows: [[String]]) -> String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).enumerated().map { column, cell in
                let gap = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? cell.0 + gap : gap + cell.0
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// Quoted as in RFC 4180, one figure a line; a figure without a value has an empty one.
    var csv: String {
        var rows = [["pipeline", "detector", "subject", "figure", "unit", "value"]]
        for line in lines {
            for figure in line.figures.all {
                rows.append(
                    [
                        line.pipeline ?? "", line.detector ?? "", "", figure.name, figure.unit,
                        figure.value == nil ? "" : "\(figure.json)",
                    ]
                )
            }
        }
        for downtime in downtimes {
            // By all of its detectors together.
            for figure in [
                Figure("outages", .count(downtime.outages)), Figure("downtime", .span(downtime.total)),
            ] {
                rows.append(
                    [
                        "", "", downtime.subject, figure.name, figure.unit, "\(figure.json)",
                    ]
                )
            }
        }
        return rows.map { $0.map(Self.field).joined(separator: ",") }.joined(separator: "\n")
    }

    private static func field(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }

    /// One object for programs.
    var json: JSON {
        func name(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
        let lines = lines.map { line in
            JSON.object(
                [.init("pipeline", name(line.pipeline)), .init("detector", name(line.detector))]
                    + line.figures.all.map { .init($0.name, $0.json) }
            )
        }
        let downtimes = downtimes.map { downtime -> JSON in
            [
                "subject": .string(downtime.subject), "outages": .integer(Int64(downtime.outages)),
                "seconds": .number(downtime.total.inSeconds),
                "detectors": .array(
                    downtime.detectors.map {
                        ["pipeline": .string($0.pipeline), "detector": .string($0.name)]
                    }
                ),
            ]
        }
        return [
            "from": .string("\(span.lowerBound)"), "to": .string("\(span.upperBound)"),
            "lines": .array(lines), "downtime": .array(downtimes),
        ]
    }
}
