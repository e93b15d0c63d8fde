import Interactions
import Units

/// A figure as every form of the report takes it.
private struct Figure {
    let name: String
    let unit: String
    /// Nil when there is nothing to measure.
    let value: Double?
    /// For people.
    let text: String

    init(_ name: String, count: Int) {
        (self.name, unit, value, text) = (name, "count", Double(count), "\(count)")
    }

    init(_ name: String, share: Double?) {
        (self.name, unit, value) = (name, "share", share)
        text = share.map { "\(tenths($0 * 100)) %" } ?? "–"
    }

    init(_ name: String, number: Double?) {
        (self.name, unit, value) = (name, "number", number)
        text = number.map { "\(tenths($0))" } ?? "–"
    }

    init(_ name: String, span: Duration?) {
        (self.name, unit, value) = (name, "s", span?.inSeconds)
        text = span.map(SpanText.rough) ?? "–"
    }

    var json: JSON { value.map { .number($0) } ?? .null }
}

private func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }

extension CaseFigures {
    fileprivate var all: [Figure] {
        let spans: [(String, Percentiles)] = [
            ("firstNotice", untilFirstNotice), ("acknowledged", untilAcknowledged), ("ended", untilEnded),
        ]
        return [Figure("cases", count: cases)]
            + spans.flatMap { name, percentiles in
                [
                    Figure("\(name).count", count: percentiles.count),
                    Figure("\(name).p50", span: percentiles.p50),
                    Figure("\(name).p97.5", span: percentiles.p975),
                    Figure("\(name).p99", span: percentiles.p99),
                ]
            } + [
                Figure("textsSent", count: textsSent), Figure("textsDelivered", count: textsDelivered),
                Figure("deliveredShare", share: deliveredShare), Figure("textsPerCase", number: textsPerCase),
                Figure("withCause", count: withCause), Figure("falseAlarms", count: falseAlarms),
                Figure("falseAlarmRate", share: falseAlarmRate),
            ]
    }
}

extension CaseReport {
    /// Tables for people.
    func text(from: CivilDate, to: CivilDate) -> String {
        let columns = [
            ("cases", "cases"), ("1st notice p50", "firstNotice.p50"), ("p97.5", "firstNotice.p97.5"),
            ("p99", "firstNotice.p99"), ("taken p50", "acknowledged.p50"), ("p97.5", "acknowledged.p97.5"),
            ("p99", "acknowledged.p99"), ("ended p50", "ended.p50"), ("p97.5", "ended.p97.5"),
            ("texts/case", "textsPerCase"), ("delivered", "deliveredShare"),
            ("false alarms", "falseAlarmRate"),
        ]
        var rows = [[""] + columns.map(\.0)]
        for line in lines {
            let figures = Dictionary(uniqueKeysWithValues: line.figures.all.map { ($0.name, $0.text) })
            let name = line.detector.map { "  \($0)" } ?? line.pipeline ?? "all"
            rows.append([name] + columns.map { figures[$0.1] ?? "" })
        }
        var text = "cases opened from \(from) to \(to)\n\(Self.table(rows))"
        if !downtimes.isEmpty {
            let outages = downtimes.map { downtime in
                [
                    downtime.subject, "\(downtime.pipeline), \(downtime.detector)", "\(downtime.outages)",
                    SpanText.rough(downtime.total),
                ]
            }
            text += "\n\ndowntime\n" + Self.table([["asset", "detector", "outages", "in all"]] + outages)
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
            for figure in [
                Figure("outages", count: downtime.outages), Figure("downtime", span: downtime.total),
            ] {
                rows.append(
                    [
                        downtime.pipeline, downtime.detector, downtime.subject, figure.name, figure.unit,
                        "\(figure.json)",
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
                "subject": .string(downtime.subject), "pipeline": .string(downtime.pipeline),
                "detector": .string(downtime.detector), "outages": .integer(Int64(downtime.outages)),
                "seconds": .number(downtime.total.inSeconds),
            ]
        }
        return [
            "from": .string("\(span.lowerBound)"), "to": .string("\(span.upperBound)"),
            "lines": .array(lines), "downtime": .array(downtimes),
        ]
    }
}
