import Interactions
import PipelineKit

extension PipelineDescription {
    /// For people.
    var text: String {
        var lines = ["\(name)  (\(place), \(privacy.rawValue) data)", "", "  listens to"]
        lines += topics.map { "    \($0.filter)  \($0.format), retained: \($0.retained)  :\($0.place.line)" }
        lines += ["", "  reads \(reading)"]
        lines += table(
            fields.map { field in
                let need = field.isRequired ? "required" : "may be missing"
                return [field.name, field.kind, field.isFromTopic ? "\(need), or from the topic" : need]
            }
        )
        lines += ["", "  goes through"]
        lines += stages.map { stage in
            let indent = String(repeating: "  ", count: stage.depth + 2)
            return "\(indent)\(stage.text)  :\(stage.place.line)"
        }
        for detector in detectors {
            lines += [
                "", "  detects \"\(detector.name)\"  \(detector.severity.rawValue)  :\(detector.place.line)",
            ]
            lines += detector.signs.map { "    when  \($0)" }
            lines += detector.conditions.map { "          \($0)" }
            lines += detector.reactions.map { "    then  \($0.text)" }
        }
        return lines.joined(separator: "\n")
    }

    private func table(_ rows: [[String]]) -> [String] {
        func width(_ column: Int) -> Int { rows.map { $0[column].count }.max() ?? 0 }
        let widths = [width(0), width(1)]
        return rows.map { row in
            let cells = widths.indices.map { column in
                row[column] + String(repeating: " ", count: widths[column] - row[column].count)
            }
            return "    \(cells.joined(separator: "  "))  \(row[2])"
        }
    }
}

extension PipelineDescription {
    /// For programs.
    var json: JSON {
        [
            "pipeline": .string(name), "file": .string(place.file), "line": .integer(Int64(place.line)),
            "privacy": .string(privacy.rawValue), "reading": .string(reading),
            "topics": .array(topics.map(\.json)), "fields": .array(fields.map(\.json)),
            "stages": .array(stages.map(\.json)), "detectors": .array(detectors.map(\.json)),
        ]
    }
}

extension PipelineDescription.Topic {
    fileprivate var json: JSON {
        [
            "filter": .string(filter), "format": .string(format), "retained": .string(retained),
            "line": .integer(Int64(place.line)),
        ]
    }
}

extension PipelineDescription.Field {
    fileprivate var json: JSON {
        [
            "name": .string(name), "kind": .string(kind), "required": .bool(isRequired),
            "fromTopic": .bool(isFromTopic),
        ]
    }
}

extension PipelineDescription.Stage {
    fileprivate var json: JSON {
        [
            "stage": .string(text), "depth": .integer(Int64(depth)), "file": .string(place.file),
            "line": .integer(Int64(place.line)),
        ]
    }
}

extension PipelineDescription.Detector {
    fileprivate var json: JSON {
        [
            "name": .string(name), "severity": .string(severity.rawValue),
            "file": .string(place.file), "line": .integer(Int64(place.line)),
            "signs": .array(signs.map { .string($0) }), "conditions": .array(conditions.map { .string($0) }),
            "reactions": .array(reactions.map(\.json)),
        ]
    }
}

extension ReactionDescription {
    fileprivate var json: JSON {
        var members: [JSON.Member] = [.init("does", .string(does))]
        if !roles.isEmpty { members.append(.init("roles", .array(roles.map { .string($0) }))) }
        if let queue { members.append(.init("queue", .string(queue))) }
        members.append(.init("text", .string(text)))
        return .object(members)
    }
}
