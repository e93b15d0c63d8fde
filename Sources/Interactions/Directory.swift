/// Who and what there is: sites, assets, people, and how they belong together. Imported, never invented.
///
/// A value: a new import makes a new one, which enters the engine through the journal.
public struct Directory: Hashable, Sendable {
    public struct Site: Hashable, Sendable {
        public var id: String
        public var name: String
        /// What may stand in a text about a technical matter: `12 rue des Lilas`.
        public var address: String

        public init(id: String, name: String, address: String) {
            self.id = id
            self.name = name
            self.address = address
        }
    }

    /// An elevator, a meter, a home, a pendant: whatever a pipeline identifies its readings by.
    public struct Asset: Hashable, Sendable {
        public var id: String
        /// `elevator`, `water-meter`, `home`, `pendant` …: what `Identify(by:as:)` names.
        public var kind: String
        public var site: String
        /// How people call it: `Ascenseur A`.
        public var name: String
        /// The person who wears or lives with it, if it is one person's.
        public var person: String?
        /// Further facts by name, for `Enrich`: floors, meter resolution, body position.
        public var attributes: [String: String]

        public init(
            id: String,
            kind: String,
            site: String,
            name: String,
            person: String? = nil,
            attributes: [String: String] = [:]
        ) {
            self.id = id
            self.kind = kind
            self.site = site
            self.name = name
            self.person = person
            self.attributes = attributes
        }
    }

    public struct Person: Hashable, Sendable {
        public var id: String
        public var name: String
        /// E.164, empty when unknown.
        public var phone: String
        public var language: Language
        public var site: String?
        public var floor: Int?
        public var reducedMobility: Bool
        /// Purposes this person agreed to: `activity-watch`, `elevator-news` …
        public var consents: Set<String>

        public init(
            id: String,
            name: String,
            phone: String,
            language: Language = .french,
            site: String? = nil,
            floor: Int? = nil,
            reducedMobility: Bool = false,
            consents: Set<String> = []
        ) {
            self.id = id
            self.name = name
            self.phone = phone
            self.language = language
            self.site = site
            self.floor = floor
            self.reducedMobility = reducedMobility
            self.consents = consents
        }
    }

    /// A person in a role for an asset, a site, a person, or everything (`scope` empty).
    public struct Relation: Hashable, Sendable {
        /// `technician-on-call`, `relative`, `caregiver`, `tenant`, `dispatcher` …
        public var role: String
        public var person: String
        /// The id of the asset, site or person it holds for; empty: everywhere.
        public var scope: String
        /// First asked first: 1, 2, 3 …
        public var rank: Int
        /// A rota is made of several relations with the same role and scope.
        public var duty: Duty

        public init(role: String, person: String, scope: String, rank: Int = 1, duty: Duty = .always) {
            self.role = role
            self.person = person
            self.scope = scope
            self.rank = rank
            self.duty = duty
        }
    }

    public var sites: [Site]
    public var assets: [Asset]
    public var people: [Person]
    public var relations: [Relation]

    public init(
        sites: [Site] = [],
        assets: [Asset] = [],
        people: [Person] = [],
        relations: [Relation] = []
    ) {
        self.sites = sites
        self.assets = assets
        self.people = people
        self.relations = relations
    }
}
