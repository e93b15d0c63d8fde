/// Finds things and people in a directory quickly. Built once for each directory; a value that never changes.
public struct DirectoryIndex: Sendable {
    /// By kind, then by id.
    private let assets: [Directory.Asset]
    private let assetsOfKind: [String: Range<Int>]
    private let sites: [String: Directory.Site]
    private let peopleByID: [String: Directory.Person]
    private let idsByPhone: [String: [String]]
    private let residents: [String: [String]]
    private let contacts: [Post: [Contact]]
    /// Only of posts where somebody is not always on duty.
    private let rotas: [Post: DutyRota]

    /// A role for one asset, site or person, or for everything (`scope` empty).
    private struct Post: Hashable {
        let role: String
        let scope: String
    }

    /// Someone in a role, and when to ask them: 1 first.
    public struct Contact: Hashable, Sendable {
        public let person: Directory.Person
        public let rank: Int
    }

    public init(_ directory: Directory) {
        let sorted = directory.sorted()
        assets = sorted.assets
        assetsOfKind = Self.ranges(of: sorted.assets)
        sites = Dictionary(sorted.sites.map { ($0.id, $0) }) { first, _ in first }
        let people = Dictionary(sorted.people.map { ($0.id, $0) }) { first, _ in first }
        peopleByID = people
        idsByPhone = Self.grouped(sorted.people) { $0.phone.isEmpty ? nil : $0.phone }
        residents = Self.grouped(sorted.people, by: \.site)
        var contacts: [Post: [Contact]] = [:]
        var duties: [Post: [Directory.Duty]] = [:]
        // The relations are sorted by rank, then by person, within a role and scope.
        for relation in sorted.relations {
            guard let person = people[relation.person] else { continue }
            let post = Post(role: relation.role, scope: relation.scope)
            contacts[post, default: []].append(Contact(person: person, rank: relation.rank))
            duties[post, default: []].append(relation.duty)
        }
        var rotas: [Post: DutyRota] = [:]
        for (post, duties) in duties where duties.contains(where: { $0 != .always }) {
            let shifts = contacts[post] ?? []
            rotas[post] = DutyRota(Array(zip(shifts, duties)))
            contacts[post] = shifts.eachOnce()
        }
        self.contacts = contacts
        self.rotas = rotas
    }

    /// Takes time with the logarithm of the number of assets.
    public func asset(_ id: String, ofKind kind: String) -> Directory.Asset? {
        guard let range = assetsOfKind[kind] else { return nil }
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if assets[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < range.upperBound && assets[low].id == id ? assets[low] : nil
    }

    /// All of them, by id; shares the memory of the index.
    public func assets(ofKind kind: String) -> ArraySlice<Directory.Asset> {
        assets[assetsOfKind[kind] ?? 0..<0]
    }

    /// The kinds that there are assets of, in order.
    public var kinds: [String] { assetsOfKind.keys.sorted() }

    public func site(_ id: String) -> Directory.Site? { sites[id] }

    public func site(of asset: Directory.Asset) -> Directory.Site? { sites[asset.site] }

    public func person(_ id: String) -> Directory.Person? { peopleByID[id] }

    /// Everyone with this number (E.164), by id: a couple may share one.
    public func people(withPhone phone: String) -> [Directory.Person] {
        (idsByPhone[phone] ?? []).compactMap { peopleByID[$0] }
    }

    /// Everyone who lives at a site, by id.
    public func residents(of site: String) -> [Directory.Person] {
        (residents[site] ?? []).compactMap { peopleByID[$0] }
    }

    /// Who has a role for exactly this asset, site or person, or for everything (`scope` empty): by rank,
    /// then by id. `DirectoryIndex+Contacts` knows where to look further.
    func contacts(inRole role: String, scope: String) -> [Contact] {
        contacts[Post(role: role, scope: scope)] ?? []
    }

    /// Who takes turns in a role for exactly this; nil when those who have it always have it.
    func rota(inRole role: String, scope: String) -> DutyRota? {
        rotas[Post(role: role, scope: scope)]
    }

    private static func ranges(of assets: [Directory.Asset]) -> [String: Range<Int>] {
        var ranges: [String: Range<Int>] = [:]
        var start = 0
        for end in assets.indices.dropFirst() where assets[end].kind != assets[start].kind {
            ranges[assets[start].kind] = start..<end
            start = end
        }
        if !assets.isEmpty { ranges[assets[start].kind] = start..<assets.count }
        return ranges
    }

    private static func grouped(
        _ people: [Directory.Person],
        by key: (Directory.Person) -> String?
    ) -> [String: [String]] {
        var groups: [String: [String]] = [:]
        for person in people {
            if let key = key(person) { groups[key, default: []].append(person.id) }
        }
        return groups
    }
}
