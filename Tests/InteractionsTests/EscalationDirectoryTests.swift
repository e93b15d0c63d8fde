import Testing

@testable import Interactions

@Suite("A directory for an escalation")
struct EscalationDirectoryTests {
    static func directory(_ relations: [(role: String, person: String, scope: String)]) -> Directory {
        Directory(
            sites: [Directory.Site(id: "lilas", name: "", address: "")],
            people: [
                Directory.Person(id: "anne", name: "Anne", phone: "+33612345678"),
                Directory.Person(id: "ben", name: "Ben", phone: ""),
            ],
            relations: relations.map { Directory.Relation(role: $0.role, person: $0.person, scope: $0.scope) }
        )
    }

    static let whole = [
        (role: "caregiver", person: "anne", scope: ""), (role: "relative", person: "anne", scope: "lilas"),
        (role: "last-resort", person: "anne", scope: ""),
    ]

    func causes(_ relations: [(role: String, person: String, scope: String)]) -> [EscalationProblem.Cause] {
        Escalation.fall.problems(in: Self.directory(relations)).map(\.cause)
    }

    @Test("Somebody in each role, and as last resort everywhere")
    func whole() {
        #expect(causes(Self.whole) == [])
    }

    @Test("A role without anybody, or without a phone where one is needed, is named once")
    func roles() {
        #expect(causes([Self.whole[0], Self.whole[2]]) == [.nobodyInRole(.relative, by: .text)])
        let withoutPhone = (role: "relative", person: "ben", scope: "lilas")
        #expect(
            causes([Self.whole[0], withoutPhone, Self.whole[2]]) == [.nobodyInRole(.relative, by: .text)]
        )
        let unknown = (role: "relative", person: "nobody", scope: "")
        #expect(causes([Self.whole[0], unknown, Self.whole[2]]) == [.nobodyInRole(.relative, by: .text)])
        let onWatch = Escalation("watch", arrivalWithin: .minutes(5)) {
            Escalation.Ask(.relative, by: .watch)
            Escalation.Ask(.wearer)
            Escalation.Wait(.minutes(1))
        } lastResort: {
            Escalation.Keep(asking: .lastResort, every: .minutes(5))
        }
        let problems = onWatch.problems(in: Self.directory([withoutPhone, Self.whole[2]]))
        #expect(problems == [], "a watch needs no phone, and the wearer is found by the pendant")
    }

    @Test("A last resort that is not everywhere, or has no phone where it is named, is a problem")
    func lastResort() {
        let here = (role: "last-resort", person: "anne", scope: "lilas")
        #expect(causes([Self.whole[0], Self.whole[1], here]) == [.lastResortNotEverywhere])
        let silent = (role: "last-resort", person: "ben", scope: "lilas")
        #expect(
            causes(Self.whole + [silent]) == [.lastResortWithoutPhone(scopes: ["lilas"], count: 1)]
        )
        #expect(causes(Self.whole + [silent, here]) == [])
        let many = (1...7).map { (role: "last-resort", person: "ben", scope: "s\($0)") }
        let problems = Escalation.fall.problems(in: Self.directory(Self.whole + many))
        #expect(
            problems.map(\.description) == [
                "escalation \"fall\": the last resort has nobody with a phone for \"s1\", \"s2\", \"s3\", \"s4\", "
                    + "\"s5\" and 2 more; expected somebody for each; the alert could end unanswered: add a phone "
                    + "or take the relation out"
            ]
        )
    }
}
