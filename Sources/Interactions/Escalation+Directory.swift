extension Escalation {
    /// Whether a directory has the people whom the policy asks: somebody in each role, and as last resort somebody
    /// with a phone everywhere, also where the directory names others than for everywhere.
    ///
    /// Takes time with the number of relations, once for each policy.
    public func problems(in directory: Directory) -> [EscalationProblem] {
        let phones = Dictionary(directory.people.map { ($0.id, $0.phone) }) { first, _ in first }
        let reach = Reach(directory.relations, phones, roles: Set(contacts.map(\.role)))
        var causes: [EscalationProblem.Cause] = []
        for (contact, channel) in askedContacts
        where !contact.isThePersonConcerned && !reach.hasSomebody(in: contact.role, by: channel) {
            let cause = EscalationProblem.Cause.nobodyInRole(contact, by: channel)
            if !causes.contains(cause) { causes.append(cause) }
        }
        let roles = lastResort.contacts.map(\.role)
        if !reach.isReached(roles, at: "") { causes.append(.lastResortNotEverywhere) }
        let unreached = reach.scopes(of: roles).filter { !$0.isEmpty && !reach.isReached(roles, at: $0) }
            .sorted()
        if !unreached.isEmpty {
            let named = unreached.prefix(EscalationProblem.namedScopes)
            causes.append(.lastResortWithoutPhone(scopes: Array(named), count: unreached.count))
        }
        return causes.map { EscalationProblem(escalation: name, cause: $0) }
    }

    private var askedContacts: [(Contact, Channel)] {
        steps.flatMap { step -> [(Contact, Channel)] in
            switch step {
            case .ask(let contacts, _, let channel): contacts.map { ($0, channel) }
            case .inTurn(let contact, _, _, let channel): [(contact, channel)]
            case .wait, .only: []
            }
        }
    }
}

extension Contact {
    /// Found by the asset, not by a relation.
    fileprivate var isThePersonConcerned: Bool {
        role == DirectoryIndex.Role.wearer || role == DirectoryIndex.Role.tenant
    }
}

/// Who has a role where, and whether one of them has a phone.
private struct Reach {
    /// For each role and scope that has somebody: whether one of them has a phone.
    private var hasPhone: [String: [String: Bool]] = [:]

    init(_ relations: [Directory.Relation], _ phones: [String: String], roles: Set<String>) {
        for relation in relations where roles.contains(relation.role) {
            guard let phone = phones[relation.person] else { continue }
            let before = hasPhone[relation.role]?[relation.scope] ?? false
            hasPhone[relation.role, default: [:]][relation.scope] = before || !phone.isEmpty
        }
    }

    func hasSomebody(in role: String, by channel: Channel) -> Bool {
        guard let posts = hasPhone[role] else { return false }
        return !channel.needsPhone || posts.values.contains(true)
    }

    /// Where any of these roles is given.
    func scopes(of roles: [String]) -> Set<String> {
        Set(roles.flatMap { hasPhone[$0].map { Array($0.keys) } ?? [] })
    }

    /// Whether one of these roles has somebody with a phone there; who is named there counts, and nobody else.
    func isReached(_ roles: [String], at scope: String) -> Bool {
        roles.contains { role in
            let posts = hasPhone[role] ?? [:]
            return posts[scope] ?? posts[""] ?? false
        }
    }
}
