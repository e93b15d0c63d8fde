import Interactions

/// A directory as operators look at it: in numbers, or one record with what it is tied to.
struct DirectoryView {
    private let directory: Directory

    init(_ directory: Directory) {
        self.directory = directory
    }

    /// What there is how many of.
    var overview: String {
        var lines = ["  sites: \(directory.sites.count)", "  assets: \(directory.assets.count)"]
        lines += Self.counts(directory.assets.map(\.kind))
        lines += ["  people: \(directory.people.count)"]
        lines += Self.counts(directory.people.flatMap { $0.consents.map { "agree to \($0)" } })
        lines += ["  relations: \(directory.relations.count)"]
        lines += Self.counts(directory.relations.map(\.role))
        return lines.joined(separator: "\n")
    }

    private static func counts(_ words: [String]) -> [String] {
        Dictionary(grouping: words) { $0 }.sorted { $0.key < $1.key }.map {
            "    \($0.key): \($0.value.count)"
        }
    }

    /// One site, asset or person.
    struct Record {
        let kind: String
        let json: JSON

        /// A line for each fact.
        var text: String {
            let members = json.members ?? []
            let lines = members.filter { $0.name != "record" }.flatMap { member -> [String] in
                switch member.value {
                case .array(let elements): elements.map { "  \(member.name)  \(Self.words($0))" }
                case .object(let facts): facts.map { "  \($0.name)  \(Self.words($0.value))" }
                default: ["  \(member.name)  \(Self.words(member.value))"]
                }
            }
            return ([kind] + lines).joined(separator: "\n")
        }

        private static func words(_ value: JSON) -> String {
            switch value {
            case .string(let text): text
            case .object(let members): members.map { "\($0.name) \(words($0.value))" }.joined(separator: ", ")
            default: "\(value)"
            }
        }
    }

    /// What has this id: assets of different kinds may share one.
    func records(of id: String) throws(JSONProblem) -> [Record] {
        var parts: [(kind: String, table: String, Directory)] = []
        for site in directory.sites where site.id == id {
            parts.append(("site", "sites", Directory(sites: [site])))
        }
        for asset in directory.assets where asset.id == id {
            parts.append(("asset", "assets", Directory(assets: [asset])))
        }
        for person in directory.people where person.id == id {
            parts.append(("person", "people", Directory(people: [person])))
        }
        let relations = try relations(of: id)
        var records: [Record] = []
        for (kind, table, part) in parts {
            // The directory's own way of writing a record, so that this one can be imported again.
            var members = try JSON(parsing: part.json)[table]?.array?.first?.members ?? []
            members.insert(.init("record", .string(kind)), at: 0)
            if !relations.isEmpty { members.append(.init("relations", .array(relations))) }
            records.append(Record(kind: kind, json: .object(members)))
        }
        return records
    }

    private func relations(of id: String) throws(JSONProblem) -> [JSON] {
        let tied = directory.relations.filter { $0.scope == id || $0.person == id }
        return try JSON(parsing: Directory(relations: tied).json)["relations"]?.array ?? []
    }
}

extension Directory {
    /// Leaves two digits of each telephone number.
    mutating func maskNumbers() {
        for index in people.indices where !people[index].phone.isEmpty {
            people[index].phone = PhoneNumber(people[index].phone)?.masked ?? "…"
        }
    }
}
