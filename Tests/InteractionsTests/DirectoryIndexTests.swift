import TestSupport
import Testing

@testable import Interactions

@Suite("Look-ups in a directory")
struct DirectoryIndexTests {
    static func person(
        _ id: String,
        site: String? = nil,
        floor: Int? = nil,
        reducedMobility: Bool = false,
        consents: Set<String> = []
    ) -> Directory.Person {
        Directory.Person(
            id: id,
            name: "Name of \(id)",
            phone: "+3361234567\(id.utf8.last.map { $0 % 10 } ?? 0)",
            site: site,
            floor: floor,
            reducedMobility: reducedMobility,
            consents: consents
        )
    }

    static func ids(_ contacts: [DirectoryIndex.Contact]) -> [String] { contacts.map(\.person.id) }

    @Test("Every asset is found by its kind and id, and no other")
    func assets() {
        var dice = Dice(seed: 4)
        for _ in 0..<50 {
            let directory = DirectoryJSONTests.random(&dice)
            let index = DirectoryIndex(directory)
            for asset in directory.assets {
                #expect(index.asset(asset.id, ofKind: asset.kind) == asset)
                #expect(index.site(of: asset)?.id == asset.site)
                #expect(index.asset(asset.id + "x", ofKind: asset.kind) == nil)
            }
            #expect(index.kinds == ["elevator", "home"])
            for kind in index.kinds {
                let expected = directory.assets.filter { $0.kind == kind }.sorted { $0.id < $1.id }
                #expect(Array(index.assets(ofKind: kind)) == expected)
            }
            #expect(index.assets(ofKind: "boiler").isEmpty)
            #expect(index.asset("A1", ofKind: "boiler") == nil)
        }
        let empty = DirectoryIndex(Directory())
        #expect(empty.kinds == [] && empty.assets(ofKind: "elevator").isEmpty)
    }

    @Test("People are found by id, by number and by where they live")
    func people() {
        let directory = Directory(
            people: [
                Self.person("Q1", site: "S1"), Self.person("P1", site: "S1"), Self.person("R2"),
                Directory.Person(id: "N", name: "x", phone: ""),
            ]
        )
        let index = DirectoryIndex(directory)
        #expect(index.person("R2")?.name == "Name of R2")
        #expect(index.person("X") == nil)
        #expect(index.people(withPhone: "+33612345679").map(\.id) == ["P1", "Q1"])
        #expect(index.people(withPhone: "").isEmpty)
        #expect(index.residents(of: "S1").map(\.id) == ["P1", "Q1"])
        #expect(index.residents(of: "S2").isEmpty)
    }

    @Test("The nearest level with anyone in the role counts, alone, and there the rank decides")
    func nearestRole() throws {
        let meter = Directory.Asset(id: "M", kind: "meter", site: "S1", name: "M", person: "P")
        let role = "technician-on-call"
        let levels: [(scope: String, people: [String])] = [
            ("M", ["A1", "A2"]), ("P", ["B1", "B2"]), ("S1", ["C1", "C2"]), ("", ["D1", "D2"]),
        ]
        let people = (levels.flatMap(\.people) + ["P"]).map { Self.person($0) }
        for first in levels.indices {
            let relations = levels[first...].flatMap { level in
                [
                    Directory.Relation(role: role, person: level.people[0], scope: level.scope, rank: 2),
                    Directory.Relation(role: role, person: level.people[1], scope: level.scope, rank: 1),
                ]
            }
            let index = DirectoryIndex(Directory(assets: [meter], people: people, relations: relations))
            let found = index.contacts(inRole: role, for: meter)
            #expect(Self.ids(found) == levels[first].people.reversed())
            #expect(found.map(\.rank) == [1, 2])
            #expect(index.contacts(inRole: "relative", for: meter).isEmpty)
            let person = try #require(index.person("P"))
            let expected =
                levels[max(first, 1)].scope == "S1" ? levels[3].people : levels[max(first, 1)].people
            #expect(Self.ids(index.contacts(inRole: role, for: person)) == expected.reversed())
        }
    }

    @Test("At the same rank the id decides, so that the order never changes")
    func ties() {
        let elevator = Directory.Asset(id: "A", kind: "elevator", site: "S1", name: "A")
        let relations = ["Z", "B", "M"].map { Directory.Relation(role: "dispatcher", person: $0, scope: "") }
        let people = ["M", "Z", "B"].map { Self.person($0) }
        let index = DirectoryIndex(Directory(assets: [elevator], people: people, relations: relations))
        #expect(Self.ids(index.contacts(inRole: "dispatcher", for: elevator)) == ["B", "M", "Z"])
    }

    @Test("What happens in a home is told to its tenant, never to the whole building")
    func tenantOfAHome() {
        let meter = Directory.Asset(id: "M", kind: "water-meter", site: "S1", name: "M", person: "P")
        let other = Directory.Asset(id: "N", kind: "water-meter", site: "S1", name: "N", person: "P")
        let empty = Directory.Asset(id: "E", kind: "water-meter", site: "S1", name: "E")
        let directory = Directory(
            assets: [meter, other, empty],
            people: ["P", "Q", "R"].map { Self.person($0, site: "S1") },
            relations: [
                .init(role: "tenant", person: "Q", scope: "N"),
                .init(role: "tenant", person: "R", scope: "S1"),
                .init(role: "tenant", person: "R", scope: ""),
            ]
        )
        let index = DirectoryIndex(directory)
        #expect(Self.ids(index.contacts(inRole: "tenant", for: meter)) == ["P"])
        #expect(Self.ids(index.contacts(inRole: "tenant", for: other)) == ["Q"])
        #expect(index.contacts(inRole: "tenant", for: empty).isEmpty)
        #expect(Self.ids(index.contacts(inRole: "wearer", for: other)) == ["P"])
        #expect(index.holder(of: other)?.id == "P")
        #expect(index.holder(of: empty) == nil)
    }

    @Test("Served tenants: reduced mobility first, then the higher floors, then by id")
    func orderOfTenants() {
        let elevator = Directory.Asset(id: "A", kind: "elevator", site: "S1", name: "A")
        let directory = Directory(
            assets: [elevator],
            people: [
                Self.person("a", site: "S1", floor: 1), Self.person("b", site: "S1", floor: 9),
                Self.person("c", site: "S1", floor: 1, reducedMobility: true), Self.person("d", site: "S1"),
                Self.person("e", site: "S1", floor: 9), Self.person("f", site: "S2", floor: 9),
                Self.person("g"), Self.person("h", site: "S1", floor: -1),
            ],
            relations: [
                .init(role: "tenant", person: "g", scope: "S1"),
                .init(role: "tenant", person: "a", scope: "S1"),
            ]
        )
        let index = DirectoryIndex(directory)
        #expect(index.tenantsServed(by: elevator).map(\.id) == ["c", "b", "e", "a", "h", "d", "g"])
    }

    @Test("The floors of an elevator and the tenants named for it narrow down who is told")
    func narrowed() {
        let low = Directory.Asset(
            id: "A",
            kind: "elevator",
            site: "S1",
            name: "A",
            attributes: ["floors": "-1-4, 7"]
        )
        let stairs = Directory.Asset(id: "B", kind: "elevator", site: "S1", name: "B")
        let directory = Directory(
            assets: [low, stairs],
            people: [
                Self.person("a", site: "S1", floor: 4), Self.person("b", site: "S1", floor: 5),
                Self.person("c", site: "S1", floor: 7, consents: ["elevator-news"]),
                Self.person("d", site: "S1"), Self.person("e", site: "S1", floor: -1),
            ],
            relations: [.init(role: "tenant", person: "b", scope: "B")]
        )
        let index = DirectoryIndex(directory)
        #expect(index.tenantsServed(by: low).map(\.id) == ["c", "a", "e", "d"])
        #expect(index.tenantsServed(by: low, consentingTo: "elevator-news").map(\.id) == ["c"])
        #expect(index.tenantsServed(by: stairs).map(\.id) == ["b"])
    }

    @Test("Contacts can be narrowed to those who agreed")
    func consenting() {
        let home = Directory.Asset(id: "H", kind: "home", site: "S1", name: "H", person: "P")
        let directory = Directory(
            assets: [home],
            people: [Self.person("P"), Self.person("Q", consents: ["activity-watch"])],
            relations: ["P", "Q"].map { .init(role: "relative", person: $0, scope: "H") }
        )
        let relatives = DirectoryIndex(directory).contacts(inRole: "relative", for: home)
        #expect(Self.ids(relatives) == ["P", "Q"])
        #expect(Self.ids(relatives.consenting(to: "activity-watch")) == ["Q"])
    }

    @Test(
        "Floors are read as people write them",
        arguments: [
            ("0-4, 7", [0, 4, 7], [-1, 5, 8]), ("-2--1,3", [-2, -1, 3], [0, -3, 2]), ("5", [5], [4, 6]),
            ("-1 - 2", [-1, 0, 2], [3, -2]),
        ] as [(String, [Int], [Int])]
    )
    func floors(_ text: String, _ served: [Int], _ others: [Int]) throws {
        let floors = try #require(FloorSet(text))
        #expect(served.allSatisfy(floors.contains))
        #expect(!others.contains(where: floors.contains))
    }

    @Test("What is no floor is refused", arguments: ["", "a", "1-", "-", "4-1", "1,,2", "1-2-3"])
    func noFloors(_ text: String) {
        #expect(FloorSet(text) == nil)
    }
}
