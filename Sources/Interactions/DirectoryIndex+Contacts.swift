import Units

extension DirectoryIndex {
    /// Roles with a meaning of their own; any other word is a role that only relations give.
    public enum Role {
        /// Who lives with an asset: never looked for beyond the asset and its person, because what happens
        /// in one home is no neighbour's business.
        public static let tenant = "tenant"
        /// The person an asset belongs to.
        public static let wearer = "wearer"
        /// Who is close to a person: given by relations, but nobody's work.
        public static let relative = "relative"
    }

    /// Who has a role for an asset, first asked first, on duty or not. See `contacts(inRole:for:at:)` for who
    /// may be asked now.
    ///
    /// Where the role is given nearest to the asset counts, and nothing further away: for the asset itself,
    /// else for its person, else for its site, else everywhere. A technician for one elevator so replaces the
    /// one for the building.
    ///
    /// Two roles differ: `wearer` is the asset's person; `tenant` is who has that role for the asset itself,
    /// else the asset's person.
    public func contacts(inRole role: String, for asset: Directory.Asset) -> [Contact] {
        contacts(role, for: asset, at: nil)
    }

    /// Who is on duty in a role for an asset at a moment, first asked first.
    ///
    ///     index.contacts(inRole: "technician-on-call", for: elevator, at: now)
    ///
    /// The nearest level at which somebody is on duty counts, alone: the asset itself, else its person, else its
    /// site, else everywhere. Who is nearer but not on duty is left out, and the next level answers for them.
    /// `wearer` and `tenant` are as without a moment; a wearer is always there.
    public func contacts(
        inRole role: String,
        for asset: Directory.Asset,
        at moment: Moment
    ) -> [Contact] {
        contacts(role, for: asset, at: moment)
    }

    /// Who has a role for a person, first asked first, on duty or not: for the person, else for the site they
    /// live at, else everywhere. `wearer` and `tenant` are the person.
    public func contacts(inRole role: String, for person: Directory.Person) -> [Contact] {
        contacts(role, for: person, at: nil)
    }

    /// Who is on duty in a role for a person at a moment, first asked first: for the person, else for the site
    /// they live at, else everywhere; who is not on duty is left out.
    public func contacts(
        inRole role: String,
        for person: Directory.Person,
        at moment: Moment
    ) -> [Contact] {
        contacts(role, for: person, at: moment)
    }

    /// The person an asset belongs to; deciding about them needs their consent.
    public func holder(of asset: Directory.Asset) -> Directory.Person? {
        asset.person.flatMap { person($0) }
    }

    /// Who is to be told about an elevator or another thing that many use.
    ///
    /// Those with the role `tenant` for the asset, if there are any (one staircase of several); else everyone
    /// who lives at its site or has the role `tenant` for it. An attribute `floors` of the asset (`0-4, 7`)
    /// leaves out those who live on another floor; who lives on an unknown floor is told.
    ///
    /// People with reduced mobility come first, then the higher floors, then by id.
    ///
    /// - Parameter purpose: when given, only those who agreed to it.
    public func tenantsServed(
        by asset: Directory.Asset,
        consentingTo purpose: String? = nil
    ) -> [Directory.Person] {
        var tenants = contacts(inRole: Role.tenant, scope: asset.id).map(\.person)
        if tenants.isEmpty {
            let named = contacts(inRole: Role.tenant, scope: asset.site).map(\.person)
            let living = residents(of: asset.site)
            let known = Set(living.map(\.id))
            tenants = living + named.filter { !known.contains($0.id) }
        }
        if let floors = asset.attributes[FloorSet.attribute].flatMap(FloorSet.init) {
            tenants.removeAll { tenant in tenant.floor.map { !floors.contains($0) } ?? false }
        }
        if let purpose { tenants.removeAll { !$0.hasConsented(to: purpose) } }
        return tenants.sorted(by: Self.isToldBefore)
    }

    private static func isToldBefore(_ left: Directory.Person, _ right: Directory.Person) -> Bool {
        if left.reducedMobility != right.reducedMobility { return left.reducedMobility }
        let (leftFloor, rightFloor) = (left.floor ?? .min, right.floor ?? .min)
        return leftFloor != rightFloor ? leftFloor > rightFloor : left.id < right.id
    }

    private func holderAsContact(of asset: Directory.Asset) -> [Contact] {
        holder(of: asset).map { [Contact(person: $0, rank: 1)] } ?? []
    }

    /// - Parameter moment: nil: on duty or not.
    private func contacts(_ role: String, for asset: Directory.Asset, at moment: Moment?) -> [Contact] {
        switch role {
        case Role.wearer:
            return holderAsContact(of: asset)
        case Role.tenant:
            let tenants = nearest(role, [asset.id], at: moment)
            return tenants.isEmpty ? holderAsContact(of: asset) : tenants
        default:
            return nearest(role, scopes(of: asset), at: moment)
        }
    }

    private func contacts(_ role: String, for person: Directory.Person, at moment: Moment?) -> [Contact] {
        switch role {
        case Role.wearer, Role.tenant: [Contact(person: person, rank: 1)]
        default: nearest(role, scopes(of: person), at: moment)
        }
    }

    /// Where a role is looked for, nearest first.
    func scopes(of asset: Directory.Asset) -> [String] {
        [asset.id, asset.person, asset.site, ""].compactMap { $0 }
    }

    func scopes(of person: Directory.Person) -> [String] {
        [person.id, person.site, ""].compactMap { $0 }
    }

    private func nearest(_ role: String, _ scopes: [String], at moment: Moment?) -> [Contact] {
        for scope in scopes {
            let found = contacts(inRole: role, scope: scope, at: moment)
            if !found.isEmpty { return found }
        }
        return []
    }

    private func contacts(inRole role: String, scope: String, at moment: Moment?) -> [Contact] {
        if let moment, let rota = rota(inRole: role, scope: scope) { return rota.contacts(at: moment) }
        return contacts(inRole: role, scope: scope)
    }
}

extension Directory.Person {
    /// Whether this person agreed to a purpose: `activity-watch`, `elevator-news`.
    public func hasConsented(to purpose: String) -> Bool {
        consents.contains(purpose)
    }
}

extension Sequence<DirectoryIndex.Contact> {
    /// Only those who agreed to a purpose, in the same order.
    public func consenting(to purpose: String) -> [DirectoryIndex.Contact] {
        filter { $0.person.hasConsented(to: purpose) }
    }
}
