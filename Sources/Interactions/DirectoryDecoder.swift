/// Makes the values of a directory of its records, one by one. Whether they fit together is for
/// `DirectoryChecks`.
struct DirectoryDecoder {
    var report: DirectoryReport
    private(set) var directory = Directory()
    /// For each value of a table, in the same order, where it came from.
    private(set) var places: [DirectoryTable: [DirectoryPlace]] = [:]
    private(set) var consents: [(person: String, purpose: String, place: DirectoryPlace)] = []
    /// Tables with a record that could not be read at all: references into them cannot be judged.
    private(set) var incomplete: Set<DirectoryTable> = []
    private var full: Set<DirectoryTable> = []
    private var unknownMembers: Set<String> = []
    private let recordsPerTable: Int
    /// Where times are meant that do not say where.
    let zone: CivilZone

    init(
        report: DirectoryReport,
        zone: CivilZone = .paris,
        recordsPerTable: Int = DirectoryLimits.recordsPerTable
    ) {
        self.report = report
        self.zone = zone
        self.recordsPerTable = recordsPerTable
    }

    mutating func take(_ record: DirectoryRecord, of table: DirectoryTable) {
        guard hasRoom(in: table, at: record.place) else { return }
        let fields = DirectoryFields(record: record, table: table)
        switch table {
        case .sites: takeSite(fields)
        case .assets: takeAsset(fields)
        case .people: takePerson(fields)
        case .relations: takeRelation(fields)
        case .consents: takeConsent(fields)
        }
    }

    /// A record was there but could not be read.
    mutating func miss(_ table: DirectoryTable) {
        incomplete.insert(table)
    }

    /// Warns once about a name that no field has.
    mutating func noteUnknown(_ name: String, in table: DirectoryTable, at place: DirectoryPlace) {
        guard unknownMembers.insert("\(table.rawValue).\(name)").inserted else { return }
        let known = table.jsonNames.joined(separator: ", ")
        report.warning(table, place, "\"\(name)\" is not known here and is ignored; expected \(known)")
    }

    /// Warns once about a list of a document that is no table.
    mutating func noteUnknownList(_ name: String, file: String, line: Int) {
        guard unknownMembers.insert(name).inserted else { return }
        let known = DirectoryTable.allCases.map(\.rawValue).joined(separator: ", ")
        let text = "\"\(name)\" is not known here and is ignored; expected \(known)"
        report.warning(file: file, line: line, text)
    }

    private mutating func takeSite(_ fields: DirectoryFields) {
        let id = fields.required("id", atMost: DirectoryLimits.idBytes, &report)
        let name = fields.required("name", atMost: DirectoryLimits.textBytes, &report)
        let address = fields.optional("address", atMost: DirectoryLimits.textBytes, &report)
        guard keep(fields, id) else { return }
        directory.sites.append(Directory.Site(id: id, name: name, address: address ?? ""))
    }

    private mutating func takeAsset(_ fields: DirectoryFields) {
        let id = fields.required("id", atMost: DirectoryLimits.idBytes, &report)
        let asset = Directory.Asset(
            id: id,
            kind: fields.required("kind", atMost: DirectoryLimits.idBytes, &report),
            site: fields.required("site", atMost: DirectoryLimits.idBytes, &report),
            name: fields.required("name", atMost: DirectoryLimits.textBytes, &report),
            person: fields.optional("person", atMost: DirectoryLimits.idBytes, &report),
            attributes: fields.attributes(&report)
        )
        guard keep(fields, id) else { return }
        directory.assets.append(asset)
    }

    private mutating func takePerson(_ fields: DirectoryFields) {
        let id = fields.required("id", atMost: DirectoryLimits.idBytes, &report)
        let person = Directory.Person(
            id: id,
            name: fields.required("name", atMost: DirectoryLimits.textBytes, &report),
            phone: fields.optional("phone", atMost: DirectoryLimits.textBytes, &report) ?? "",
            language: fields.language(&report),
            site: fields.optional("site", atMost: DirectoryLimits.idBytes, &report),
            floor: fields.integer("floor", in: DirectoryLimits.floors, &report),
            reducedMobility: fields.flag("reducedMobility", &report),
            consents: Set(fields.list("consents", &report))
        )
        guard keep(fields, id) else { return }
        directory.people.append(person)
    }

    private mutating func takeRelation(_ fields: DirectoryFields) {
        let relation = Directory.Relation(
            role: fields.required("role", atMost: DirectoryLimits.idBytes, &report),
            person: fields.required("person", atMost: DirectoryLimits.idBytes, &report),
            scope: fields.optional("scope", atMost: DirectoryLimits.idBytes, &report) ?? "",
            rank: fields.integer("rank", in: DirectoryLimits.ranks, &report) ?? 1,
            duty: Directory.Duty(
                from: fields.moment("from", in: zone, &report),
                until: fields.moment("until", in: zone, &report),
                hours: fields.schedule("hours", in: zone, &report)
            )
        )
        guard keep(fields, relation.person) else { return }
        directory.relations.append(relation)
    }

    private mutating func takeConsent(_ fields: DirectoryFields) {
        let person = fields.required("person", atMost: DirectoryLimits.idBytes, &report)
        let purpose = fields.required("purpose", atMost: DirectoryLimits.idBytes, &report)
        guard keep(fields, person) else { return }
        consents.append((person, purpose, fields.record.place))
    }

    /// Remembers where a record with an id came from; without an id it cannot be kept.
    private mutating func keep(_ fields: DirectoryFields, _ id: String) -> Bool {
        guard !id.isEmpty else {
            miss(fields.table)
            return false
        }
        places[fields.table, default: []].append(fields.record.place)
        return true
    }

    private mutating func hasRoom(in table: DirectoryTable, at place: DirectoryPlace) -> Bool {
        guard count(of: table) >= recordsPerTable else { return true }
        if full.insert(table).inserted {
            miss(table)
            let text =
                "one more than \(recordsPerTable) \(table.rawValue); expected no more; the rest is not read"
            report.error(table, place, text)
        }
        return false
    }

    private func count(of table: DirectoryTable) -> Int {
        switch table {
        case .sites: directory.sites.count
        case .assets: directory.assets.count
        case .people: directory.people.count
        case .relations: directory.relations.count
        case .consents: consents.count
        }
    }

    /// Writes what the table of consents says into the people it speaks of.
    mutating func settleConsents(_ peopleByID: [String: Int]) {
        for consent in consents {
            guard let index = peopleByID[consent.person] else { continue }
            directory.people[index].consents.insert(consent.purpose)
        }
    }
}
