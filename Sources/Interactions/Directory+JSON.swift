extension Directory {
    /// The directory as the journal keeps it: one JSON document, its lists sorted, so that equal directories
    /// are equal bytes. `DirectoryImport` reads the same form.
    public var json: [UInt8] {
        let directory = sorted()
        var bytes = [UInt8]("{".utf8)
        Self.write("sites", directory.sites, to: &bytes) { site in
            ["id": .string(site.id), "name": .string(site.name), "address": .string(site.address)]
        }
        bytes.append(UInt8(ascii: ","))
        Self.write("assets", directory.assets, to: &bytes, Self.json)
        bytes.append(UInt8(ascii: ","))
        Self.write("people", directory.people, to: &bytes, Self.json)
        bytes.append(UInt8(ascii: ","))
        Self.write("relations", directory.relations, to: &bytes, Self.json)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// From the journal. Only the form is checked, not whether its parts fit together: what once was imported
    /// stays readable.
    public init(json bytes: [UInt8]) throws(DirectoryProblem) {
        let name = "directory in the journal"
        var decoder = DirectoryDecoder(report: DirectoryReport(document: name))
        decoder.readJSON(bytes, named: name)
        for problem in decoder.report.problems.listed where problem.severity == .error { throw problem }
        self = decoder.directory
    }

    /// The same directory with everything in the order of its ids.
    func sorted() -> Directory {
        Directory(
            sites: sites.sorted { $0.id < $1.id },
            assets: assets.sorted { ($0.kind, $0.id) < ($1.kind, $1.id) },
            people: people.sorted { $0.id < $1.id },
            relations: relations.sorted {
                let (left, right) = (
                    ($0.scope, $0.role, $0.rank, $0.person), ($1.scope, $1.role, $1.rank, $1.person)
                )
                return left == right ? $0.duty.isWritten(before: $1.duty) : left < right
            }
        )
    }

    private static func write<Value>(
        _ name: String,
        _ values: [Value],
        to bytes: inout [UInt8],
        _ json: (Value) -> JSON
    ) {
        bytes += "\"\(name)\":[".utf8
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += json(value).bytes
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private static func json(_ asset: Asset) -> JSON {
        var members: [JSON.Member] = [
            .init("id", .string(asset.id)), .init("kind", .string(asset.kind)),
            .init("site", .string(asset.site)), .init("name", .string(asset.name)),
        ]
        if let person = asset.person { members.append(.init("person", .string(person))) }
        if !asset.attributes.isEmpty {
            let attributes = asset.attributes.sorted { $0.key < $1.key }
            members.append(
                .init("attributes", .object(attributes.map { .init($0.key, .string($0.value)) }))
            )
        }
        return .object(members)
    }

    private static func json(_ relation: Relation) -> JSON {
        var members: [JSON.Member] = [
            .init("role", .string(relation.role)), .init("person", .string(relation.person)),
            .init("scope", .string(relation.scope)), .init("rank", .integer(Int64(relation.rank))),
        ]
        if let from = relation.duty.from { members.append(.init("from", .string("\(from)"))) }
        if let until = relation.duty.until { members.append(.init("until", .string("\(until)"))) }
        if let hours = relation.duty.hours { members.append(.init("hours", .string("\(hours)"))) }
        return .object(members)
    }

    private static func json(_ person: Person) -> JSON {
        var members: [JSON.Member] = [
            .init("id", .string(person.id)), .init("name", .string(person.name)),
            .init("phone", .string(person.phone)), .init("language", .string(person.language.rawValue)),
        ]
        if let site = person.site { members.append(.init("site", .string(site))) }
        if let floor = person.floor { members.append(.init("floor", .integer(Int64(floor)))) }
        if person.reducedMobility { members.append(.init("reducedMobility", .bool(true))) }
        if !person.consents.isEmpty {
            members.append(.init("consents", .array(person.consents.sorted().map { .string($0) })))
        }
        return .object(members)
    }
}
