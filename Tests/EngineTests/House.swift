import Interactions

extension Directory {
    /// Two lifts in a house with tenants, a technician, a dispatcher and a relative.
    static func house(
        lifts: [String] = ["A", "B"],
        tenants: [String] = ["t1", "t2"],
        consents: Set<String> = []
    ) -> Directory {
        Directory(
            sites: [Site(id: "s1", name: "Lilas", address: "12 rue des Lilas")],
            assets: lifts.map {
                Asset(
                    id: $0,
                    kind: "lift",
                    site: "s1",
                    name: "Ascenseur \($0)",
                    person: "w1",
                    attributes: ["floors-count": "5"]
                )
            },
            people: tenants.map { Person(id: $0, name: "N", phone: "+3361000\($0.suffix(1))001", site: "s1") }
                + [
                    Person(id: "tech", name: "N", phone: "+33620000001"),
                    Person(id: "boss", name: "N", phone: "+33620000002"),
                    Person(id: "mute", name: "N", phone: ""),
                    Person(id: "w1", name: "N", phone: "+33620000003", consents: consents),
                ],
            relations: [
                Relation(role: "technician", person: "tech", scope: ""),
                Relation(role: "dispatcher", person: "boss", scope: ""),
                Relation(role: "ghost", person: "mute", scope: ""),
            ]
                + tenants.flatMap { tenant in
                    lifts.map { Relation(role: "tenant", person: tenant, scope: $0) }
                }
        )
    }
}
