import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("Who is on duty")
struct DutyTests {
    typealias Duty = Directory.Duty

    static let lift = Directory.Asset(id: "A", kind: "elevator", site: "S", name: "A", person: "P")

    /// Each relation as role "technician", person, scope and duty.
    static func index(_ relations: [(person: String, scope: String, duty: Duty)]) -> DirectoryIndex {
        let people = Set(relations.map(\.person) + ["P"]).map {
            Directory.Person(
                id: $0,
                name: "Name of \($0)",
                phone: "+33612345678",
                site: $0 == "P" ? "S" : nil
            )
        }
        return DirectoryIndex(
            Directory(
                sites: [.init(id: "S", name: "S", address: "")],
                assets: [lift],
                people: people,
                relations: relations.map {
                    .init(role: "technician", person: $0.person, scope: $0.scope, duty: $0.duty)
                }
            )
        )
    }

    static func ids(_ index: DirectoryIndex, at moment: Moment) -> [String] {
        index.contacts(inRole: "technician", for: lift, at: moment).map(\.person.id)
    }

    static func hours(_ text: String) throws -> Duty { Duty(hours: try Schedule(text)) }

    static func paris(_ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0) -> Moment {
        ScheduleTests.paris(month, day, hour, minute)
    }

    @Test("Nobody on duty nearby: the next level answers, and the order of the levels is kept")
    func levels() throws {
        let index = Self.index([
            ("a", "A", try Self.hours("mon 08:00-12:00")), ("p", "P", try Self.hours("mon 08:00-18:00")),
            ("s", "S", try Self.hours("mon-fri 08:00-18:00")), ("e", "", .always),
        ])
        #expect(Self.ids(index, at: Self.paris(11, 23, 8)) == ["a"])
        #expect(Self.ids(index, at: Self.paris(11, 23, 12)) == ["p"])
        #expect(Self.ids(index, at: Self.paris(11, 24, 12)) == ["s"])
        #expect(Self.ids(index, at: Self.paris(11, 24, 18)) == ["e"])
        // Without a moment the nearest level counts, on duty or not.
        #expect(index.contacts(inRole: "technician", for: Self.lift).map(\.person.id) == ["a"])
        let person = try #require(index.person("P"))
        func ofPerson(_ moment: Moment) -> [String] {
            index.contacts(inRole: "technician", for: person, at: moment).map(\.person.id)
        }
        #expect(ofPerson(Self.paris(11, 23, 8)) == ["p"] && ofPerson(Self.paris(11, 24, 12)) == ["s"])
        #expect(ofPerson(Self.paris(11, 24, 18)) == ["e"])
        #expect(index.contacts(inRole: "technician", for: person).map(\.person.id) == ["p"])
    }

    @Test("The nights of a week of duty are those that lie in the week")
    func nightsOfAWeek() {
        let (monday, nextMonday) = (Self.paris(11, 23), Self.paris(11, 30))
        let duty = Duty(from: monday, until: nextMonday, hours: .daily(22.oclock, to: 8.oclock))
        // The night that began on Sunday evening counts from midnight on, because the week begins there.
        #expect(duty.contains(monday) && !duty.contains(monday - .microseconds(1)))
        #expect(duty.nextChange(after: monday) == Self.paris(11, 23, 8))
        #expect(duty.nextChange(after: Self.paris(11, 29, 22)) == nextMonday)
        #expect(duty.nextChange(after: nextMonday) == nil)
        let week = Duty(from: monday, until: nextMonday)
        #expect(
            week.nextChange(after: monday - .days(9)) == monday
                && week.nextChange(after: monday) == nextMonday
        )
    }

    @Test("Hand-over is at the exact moment: one on duty, never two, never none")
    func handover() throws {
        let noon = Self.paris(11, 23, 12)
        let index = Self.index([
            ("a", "S", Duty(until: noon)), ("b", "S", Duty(from: noon)),
        ])
        #expect(Self.ids(index, at: noon - .microseconds(1)) == ["a"])
        #expect(Self.ids(index, at: noon) == ["b"])
        #expect(
            index.gaps(inRole: "technician", scope: "S", from: noon - .days(1), until: noon + .days(1)) == []
        )
    }

    @Test(
        "Day and night shifts leave nobody alone and nobody doubled, also when clocks change",
        arguments: [(3, 28), (10, 24), (5, 7), (12, 24)],
        [
            "08:00-20:00 20:00-08:00", "02:30-14:00 14:00-02:30", "02:15-02:45 02:45-02:15",
            "03:00-02:00 02:00-03:00",
        ]
    )
    func nights(_ date: (month: Int, day: Int), _ halves: String) throws {
        let halves = halves.split(separator: " ").map(String.init)
        let index = Self.index([("d", "S", try Self.hours(halves[0])), ("n", "S", try Self.hours(halves[1]))])
        let start = Self.paris(date.month, date.day)
        for minute in 0..<3 * 24 * 60 {
            let moment = start + .minutes(minute)
            #expect(Self.ids(index, at: moment).count == 1, "\(moment)")
            #expect(Self.ids(index, at: moment - .microseconds(1)).count == 1, "before \(moment)")
        }
        #expect(index.gaps(inRole: "technician", scope: "A", from: start, until: start + .days(3)) == [])
    }

    @Test("Holidays are those of the region: 26 December is a working day in Paris and none in Strasbourg")
    func holidays() throws {
        let index = Self.index([
            ("p", "A", try Self.hours("mon-sat 08:00-18:00, not holidays")),
            ("s", "S", try Self.hours("mon-sat 08:00-18:00, not holidays alsace-moselle")),
            ("h", "", try Self.hours("sun holidays alsace-moselle")),
        ])
        #expect(Self.ids(index, at: Self.paris(12, 24, 10)) == ["p"])
        #expect(Self.ids(index, at: Self.paris(12, 25, 10)) == ["h"])
        #expect(Self.ids(index, at: Self.paris(12, 26, 10)) == ["p"])
        let site = index.gaps(
            inRole: "technician",
            scope: "S",
            from: Self.paris(12, 26),
            until: Self.paris(12, 27)
        )
        #expect(site == [])
        // Good Friday, 3 April: nobody works for the site, somebody does everywhere.
        #expect(Self.ids(index, at: Self.paris(4, 3, 20)) == ["h"])
    }

    @Test("Gaps are the spans in which nobody at any level is on duty")
    func gaps() throws {
        let index = Self.index([
            ("a", "S", try Self.hours("mon-fri 08:00-18:00")),
            ("b", "S", try Self.hours("mon-fri 16:00-22:00")),
            ("e", "", try Self.hours("22:00-06:00")),
        ])
        let monday = Self.paris(11, 23)
        #expect(
            index.gaps(inRole: "technician", scope: "S", from: monday, until: Self.paris(11, 25, 7)) == [
                Self.paris(11, 23, 6)..<Self.paris(11, 23, 8), Self.paris(11, 24, 6)..<Self.paris(11, 24, 8),
                Self.paris(11, 25, 6)..<Self.paris(11, 25, 7),
            ]
        )
        let everywhere = index.gaps(inRole: "technician", scope: "", from: monday, until: monday + .days(1))
        #expect(everywhere == [Self.paris(11, 23, 6)..<Self.paris(11, 23, 22)])
        let nobody = index.gaps(inRole: "dispatcher", scope: "S", from: monday, until: monday + .days(1))
        #expect(nobody == [monday..<monday + .days(1)])
        #expect(index.gaps(inRole: "technician", scope: "S", from: monday, until: monday) == [])
        let always = Self.index([("a", "S", try Self.hours("mon")), ("b", "", .always)])
        #expect(always.gaps(inRole: "technician", scope: "A", from: monday, until: monday + .days(9)) == [])
    }

    @Test("Gaps are looked for ten years ahead, and the first thousand are listed")
    func bounds() throws {
        let start = Self.paris(1, 1)
        let daily = Self.index([("a", "S", try Self.hours("08:00-18:00"))])
        let gaps = daily.gaps(inRole: "technician", scope: "S", from: start, until: .distantFuture)
        #expect(gaps.count == DirectoryIndex.gapsListed)
        let ends = Self.index([("a", "S", Duty(until: start + .days(9)))])
        #expect(
            ends.gaps(inRole: "technician", scope: "S", from: start, until: .distantFuture)
                == [start + .days(9)..<start + Schedule.horizon]
        )
    }

    @Test("Gaps and contacts agree at every moment, on random rotas")
    func gapsAndContacts() {
        var random = RandomSchedules(dice: Dice(seed: 41), zones: [.paris])
        var (covered, uncovered) = (0, 0)
        for _ in 0..<150 {
            let start = random.moment()
            let index = Self.index(
                (0..<random.dice.below(5)).map { number in
                    let from = start + .minutes(random.dice.below(20_000))
                    let duty = Duty(
                        from: random.dice.oneIn(2) ? from : nil,
                        until: random.dice.oneIn(2) ? from + .minutes(1 + random.dice.below(10_000)) : nil,
                        hours: random.dice.oneIn(5) ? nil : random.next(depth: 1)
                    )
                    return ("p\(number)", random.dice.pick(["A", "P", "S", ""]), duty)
                }
            )
            let end = start + .days(14)
            let gaps = index.gaps(inRole: "technician", scope: "A", from: start, until: end)
            for (gap, next) in zip(gaps, gaps.dropFirst()) { #expect(gap.upperBound < next.lowerBound) }
            let edges = gaps.flatMap { [$0.lowerBound, $0.upperBound - .microseconds(1)] }
            let moments = edges + (0..<60).map { _ in start + .seconds(random.dice.below(14 * 86_400)) }
            for moment in moments {
                let isGap = gaps.contains { $0.contains(moment) }
                #expect(Self.ids(index, at: moment).isEmpty == isGap, "\(moment)")
                if isGap { uncovered += 1 } else { covered += 1 }
            }
            for gap in gaps where gap.upperBound < end {
                #expect(!Self.ids(index, at: gap.upperBound).isEmpty)
            }
        }
        #expect(covered > 1500 && uncovered > 1500)
    }

    @Test("A duty's next change is the next, with shifts and hours in every combination")
    func nextChange() {
        var random = RandomSchedules(dice: Dice(seed: 42))
        for _ in 0..<600 {
            let moment = random.moment()
            let from = moment + .minutes(random.dice.below(4000) - 2000)
            let duty = Duty(
                from: random.dice.oneIn(2) ? from : nil,
                until: random.dice.oneIn(2) ? from + .minutes(1 + random.dice.below(4000)) : nil,
                hours: random.dice.oneIn(3) ? nil : random.next(depth: 1)
            )
            let holds = duty.contains(moment)
            let change = duty.nextChange(after: moment)
            if let change {
                #expect(change > moment && duty.contains(change) != holds)
            }
            let span = change?.since(moment) ?? .days(400)
            for _ in 0..<20 {
                let offset = Int64.random(in: 0..<span.inMicroseconds, using: &random.dice)
                #expect(duty.contains(moment + .microseconds(offset)) == holds, "\(duty)")
            }
        }
    }

    @Test("Someone with several shifts is asked once, by the best rank")
    func eachOnce() throws {
        let directory = Directory(
            assets: [Self.lift],
            people: [.init(id: "a", name: "x", phone: ""), .init(id: "b", name: "x", phone: "")],
            relations: [
                .init(role: "r", person: "a", scope: "A", rank: 3, duty: try Self.hours("mon-wed")),
                .init(role: "r", person: "b", scope: "A", rank: 2, duty: try Self.hours("tue")),
                .init(role: "r", person: "a", scope: "A", rank: 1, duty: try Self.hours("wed-fri")),
            ]
        )
        let index = DirectoryIndex(directory)
        func asked(_ day: Int) -> [String] {
            index.contacts(inRole: "r", for: Self.lift, at: Self.paris(11, day, 12)).map {
                "\($0.person.id)\($0.rank)"
            }
        }
        #expect(asked(23) == ["a3"] && asked(24) == ["b2", "a3"] && asked(25) == ["a1"] && asked(28) == [])
        #expect(index.contacts(inRole: "r", for: Self.lift).map(\.rank) == [1, 2])
    }

    @Test("A wearer is always there; a tenant of the asset may not be, then its person is")
    func ownPeople() throws {
        let directory = Directory(
            assets: [Self.lift],
            people: [.init(id: "P", name: "x", phone: ""), .init(id: "t", name: "x", phone: "")],
            relations: [.init(role: "tenant", person: "t", scope: "A", duty: try Self.hours("sat sun"))]
        )
        let index = DirectoryIndex(directory)
        func asked(_ role: String, _ day: Int) -> [String] {
            index.contacts(inRole: role, for: Self.lift, at: Self.paris(11, day, 12)).map(\.person.id)
        }
        #expect(asked("tenant", 28) == ["t"] && asked("tenant", 27) == ["P"] && asked("wearer", 28) == ["P"])
    }
}
