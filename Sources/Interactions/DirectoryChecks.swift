/// Whether the values of a directory fit together: ids that occur once, references that lead somewhere,
/// numbers that can be called.
struct DirectoryChecks {
    private var decoder: DirectoryDecoder
    private var sites: [String: Int] = [:]
    private var people: [String: Int] = [:]

    private struct AssetKey: Hashable {
        let kind: String
        let id: String
    }

    private struct RelationKey: Hashable {
        let role: String
        let person: String
        let scope: String
        let duty: Directory.Duty
    }

    /// The decoder again, with what was found and with its consents settled.
    static func run(on decoder: consuming DirectoryDecoder) -> DirectoryDecoder {
        var checks = DirectoryChecks(decoder: decoder)
        checks.checkSites()
        checks.checkPeople()
        checks.checkAssets()
        checks.checkRelations()
        checks.checkConsents()
        checks.decoder.settleConsents(checks.people)
        return checks.decoder
    }

    private init(decoder: consuming DirectoryDecoder) {
        self.decoder = decoder
    }

    private mutating func checkSites() {
        for (index, site) in decoder.directory.sites.enumerated() {
            if let first = Self.earlier(&sites, site.id, index) {
                again(.sites, index, first, "site \"\(site.id)\"")
            }
        }
    }

    private mutating func checkPeople() {
        for (index, person) in decoder.directory.people.enumerated() {
            if let first = Self.earlier(&people, person.id, index) {
                again(.people, index, first, "person \"\(person.id)\"")
            }
            if !person.phone.isEmpty, !Self.isInternational(person.phone) {
                error(
                    .people,
                    index,
                    "phone \(masked(person.phone)) of person \"\(person.id)\" is no international number; "
                        + "expected + and 8 to 15 digits, such as +33612345678; no text could reach them"
                )
            }
            if let site = person.site, isMissing(site, from: sites, .sites) {
                error(
                    .people,
                    index,
                    "site \"\(site)\" of person \"\(person.id)\" is not in the table of sites; "
                        + "expected one of its ids or none; they would hear of nothing that happens there"
                )
            }
        }
    }

    private mutating func checkAssets() {
        var known: [AssetKey: Int] = [:]
        known.reserveCapacity(decoder.directory.assets.count)
        for (index, asset) in decoder.directory.assets.enumerated() {
            if let first = Self.earlier(&known, AssetKey(kind: asset.kind, id: asset.id), index) {
                again(.assets, index, first, Self.name(asset))
            }
            if isMissing(asset.site, from: sites, .sites) {
                error(
                    .assets,
                    index,
                    "site \"\(asset.site)\" of \(Self.name(asset)) is not in the table of sites; "
                        + "expected one of its ids; nobody there could be told about it"
                )
            }
            if let person = asset.person, isMissing(person, from: people, .people) {
                error(
                    .assets,
                    index,
                    "person \"\(person)\" of \(Self.name(asset)) is not in the table of people; "
                        + "expected one of its ids or none; an alert would not know whom it is about"
                )
            }
            if let floors = asset.attributes[FloorSet.attribute], FloorSet(floors) == nil {
                error(
                    .assets,
                    index,
                    "floors \"\(floors)\" of \(Self.name(asset)) cannot be read; expected floors "
                        + "and ranges such as \"0-4, 7\"; it would not be clear whom it serves"
                )
            }
        }
    }

    private mutating func checkRelations() {
        let scoped = scopedAssets()
        var known: [RelationKey: Int] = [:]
        for (index, relation) in decoder.directory.relations.enumerated() {
            let (role, person, scope) = (relation.role, relation.person, relation.scope)
            let key = RelationKey(role: role, person: person, scope: scope, duty: relation.duty)
            let name = "\(role) \"\(person)\"" + (scope.isEmpty ? "" : " for \"\(scope)\"")
            if let first = Self.earlier(&known, key, index) { again(.relations, index, first, name) }
            checkRelation(relation, index, assetsInScope: scoped[scope] ?? 0)
        }
    }

    private mutating func checkRelation(_ relation: Directory.Relation, _ index: Int, assetsInScope: Int) {
        let (role, scope) = (relation.role, relation.scope)
        if isMissing(relation.person, from: people, .people) {
            error(
                .relations,
                index,
                "person \"\(relation.person)\" in role \"\(role)\" is not in the table of people; "
                    + "expected one of its ids; nobody would answer in this role"
            )
        } else if let position = people[relation.person], decoder.directory.people[position].phone.isEmpty {
            decoder.report.warning(
                .relations,
                place(.relations, index),
                "person \"\(relation.person)\" in role \"\(role)\" has no phone; no text can reach them"
            )
        }
        if let from = relation.duty.from, let until = relation.duty.until, from >= until {
            error(
                .relations,
                index,
                "from \(from) is not before until \(until) for \"\(relation.person)\" in role \"\(role)\"; "
                    + "expected a shift that lasts; they would never be on duty"
            )
        }
        if scope.isEmpty { return }
        let meanings = assetsInScope + (sites[scope] == nil ? 0 : 1) + (people[scope] == nil ? 0 : 1)
        if meanings == 0, decoder.incomplete.isDisjoint(with: [.sites, .assets, .people]) {
            error(
                .relations,
                index,
                "scope \"\(scope)\" of role \"\(role)\" is no asset, site or person; expected the id of one, "
                    + "or nothing for everywhere; the role would never be found"
            )
        } else if meanings > 1 {
            error(
                .relations,
                index,
                "scope \"\(scope)\" of role \"\(role)\" is the id of \(meanings) things; "
                    + "expected an id that only one asset, site or person has; it would hold for all of them"
            )
        }
    }

    private mutating func checkConsents() {
        for consent in decoder.consents where isMissing(consent.person, from: people, .people) {
            decoder.report.error(
                .consents,
                consent.place,
                "person \"\(consent.person)\" is not in the table of people; expected one of its ids; "
                    + "the consent would be nobody's"
            )
        }
    }

    /// How many assets have an id that a relation names as its scope.
    private func scopedAssets() -> [String: Int] {
        let scopes = Set(decoder.directory.relations.lazy.map(\.scope))
        var counts: [String: Int] = [:]
        if scopes.isEmpty { return counts }
        for asset in decoder.directory.assets where scopes.contains(asset.id) {
            counts[asset.id, default: 0] += 1
        }
        return counts
    }

    /// Where the same key was met before; remembers it when it was not.
    private static func earlier<Key: Hashable>(
        _ known: inout [Key: Int],
        _ key: Key,
        _ index: Int
    ) -> Int? {
        if let first = known[key] { return first }
        known[key] = index
        return nil
    }

    private mutating func again(_ table: DirectoryTable, _ index: Int, _ first: Int, _ name: String) {
        let earlier = decoder.report.name(of: place(table, first), in: table)
        let text = "\(name) is already in \(earlier); expected it once; it is not clear which of them holds"
        error(table, index, text)
    }

    private static func name(_ asset: Directory.Asset) -> String {
        "\(asset.kind) \"\(asset.id)\""
    }

    private func isMissing(_ id: String, from known: [String: Int], _ table: DirectoryTable) -> Bool {
        !id.isEmpty && known[id] == nil && !decoder.incomplete.contains(table)
    }

    private mutating func error(_ table: DirectoryTable, _ index: Int, _ text: String) {
        decoder.report.error(table, place(table, index), text)
    }

    private func place(_ table: DirectoryTable, _ index: Int) -> DirectoryPlace {
        decoder.places[table]?[index] ?? DirectoryPlace(line: 0)
    }

    /// `+` and 8 to 15 digits, the first of them not 0 (ITU-T E.164).
    private static func isInternational(_ phone: String) -> Bool {
        let digits = phone.utf8.dropFirst()
        return phone.utf8.first == UInt8(ascii: "+")
            && DirectoryLimits.phoneDigits.contains(digits.count)
            && digits.first != UInt8(ascii: "0")
            && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
