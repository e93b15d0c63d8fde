/// The tables of a directory as it is imported: a CSV file each, or a list each in one JSON document.
///
/// | table | columns (* must be there) |
/// |---|---|
/// | `sites` | id*, name*, address |
/// | `assets` | id*, kind*, site*, name*, person; in CSV `attribute.<name>`, in JSON `"attributes": {…}` |
/// | `people` | id*, name*, phone, language, site, floor, reducedMobility; in JSON `"consents": […]` |
/// | `relations` | role*, person*, scope, rank; when they hold: from, until, hours |
/// | `consents` | person*, purpose* |
enum DirectoryTable: String, CaseIterable, Sendable {
    case sites, assets, people, relations, consents

    var required: [String] {
        switch self {
        case .sites: ["id", "name"]
        case .assets: ["id", "kind", "site", "name"]
        case .people: ["id", "name"]
        case .relations: ["role", "person"]
        case .consents: ["person", "purpose"]
        }
    }

    var optional: [String] {
        switch self {
        case .sites: ["address"]
        case .assets: ["person"]
        case .people: ["phone", "language", "site", "floor", "reducedMobility"]
        case .relations: ["scope", "rank", "from", "until", "hours"]
        case .consents: []
        }
    }

    /// What only JSON can hold in one field.
    var nested: [String] {
        switch self {
        case .assets: ["attributes"]
        case .people: ["consents"]
        case .sites, .relations, .consents: []
        }
    }

    /// Every name that a field of a JSON record may have.
    var jsonNames: [String] { Self.jsonNames[self] ?? [] }

    private static let jsonNames = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, $0.required + $0.optional + $0.nested) }
    )

    /// The CSV columns of assets that start with this are attributes.
    static let attributePrefix = "attribute."

    var csvFile: String { rawValue + ".csv" }
}

/// One row of a table or one object of a list.
struct DirectoryRecord {
    let place: DirectoryPlace
    /// In the names of `DirectoryTable`; CSV values are strings, empty ones left out.
    let fields: [JSON.Member]

    subscript(name: String) -> JSON? {
        fields.first { $0.name == name }?.value
    }
}

/// Where a record stands in what was imported.
struct DirectoryPlace {
    var line: Int
    /// In a JSON document the position in its list, from 0: all may stand on line 1.
    var index: Int?
}
