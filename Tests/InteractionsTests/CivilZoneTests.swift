import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("Civil zones against the time zone database of the C library", .serialized)
struct CivilZoneTests {
    /// Zones whose countries kept other rules until then.
    static let lateToTheRule: [String: Int] = [
        "Asia/Nicosia": 1999, "Europe/Bucharest": 1998, "Europe/Kyiv": 1998, "Europe/Riga": 2002,
        "Europe/Sofia": 1998, "Europe/Tallinn": 2003, "Europe/Vilnius": 2004, "Europe/Lisbon": 1997,
        "Atlantic/Azores": 1997, "Atlantic/Madeira": 1997, "Pacific/Noumea": 1998,
    ]

    @Test("Every change of the clocks from 1996 to 2040 is known to the second", arguments: CivilZone.known)
    func transitions(_ zone: CivilZone) throws {
        let first = Self.lateToTheRule[zone.name] ?? 1996
        let changes = try TimeZoneDatabase(zone: zone.name).changes(from: first, until: 2041)
        for (moment, offset) in changes where moment >= Self.newYear(first) {
            #expect(zone.offset(at: moment) == .seconds(offset), "\(zone) at \(moment)")
        }
        let years = 2041 - first
        #expect(changes.count == (zone.rule == .european ? 4 * years : 0))
    }

    @Test("Clocks agree at random moments", arguments: CivilZone.known)
    func randomMoments(_ zone: CivilZone) throws {
        var dice = Dice(seed: 7)
        let range = Self.newYear(2004).microseconds / 1_000_000..<Self.newYear(2041).microseconds / 1_000_000
        let moments = (0..<500).map { _ in Moment(seconds: Int64.random(in: range, using: &dice)) }
        let expected = try TimeZoneDatabase(zone: zone.name).clocks(at: moments)
        #expect(expected.count == moments.count)
        for (moment, clock) in zip(moments, expected) {
            let civil = zone.civilTime(at: moment)
            #expect("\(civil) \(civil.date.weekday)" == clock, "\(zone) at \(moment)")
        }
    }

    @Test("Hours around the changes of the clocks in Paris agree, minute by minute")
    func minutesAroundChanges() throws {
        let changes = [(2026, 3), (2026, 10), (1996, 3), (2040, 10)].map {
            CivilZone.lastSunday(of: $0.1, in: $0.0)
        }
        let moments = changes.flatMap { change in (-180...180).map { change + .minutes($0) } }
        let expected = try TimeZoneDatabase(zone: "Europe/Paris").clocks(at: moments)
        let found = moments.map { moment in
            let civil = CivilZone.paris.civilTime(at: moment)
            return "\(civil) \(civil.date.weekday)"
        }
        #expect(found == expected)
    }

    @Test("A zone is found by its name")
    func names() throws {
        #expect(try CivilZone(named: "Europe/Paris") == .paris)
        #expect(try CivilZone(named: "UTC") == .utc)
        #expect(try CivilZone(named: "Indian/Reunion").offset(at: Moment()) == .hours(4))
        #expect(Set(CivilZone.known.map(\.name)).count == CivilZone.known.count)
    }

    @Test("An unknown name is refused with the known ones")
    func unknownName() {
        let error = #expect(throws: UnknownZone.self) { try CivilZone(named: "Europe/Pariss") }
        let text = error?.description ?? ""
        #expect(
            text.hasPrefix("the time zone \"Europe/Pariss\" is not known; expected one of Africa/Ceuta, ")
        )
        #expect(text.contains("Europe/Paris,") && text.hasSuffix("UTC"))
    }

    private static func newYear(_ year: Int) -> Moment {
        CivilTime(CivilDate(year: year, month: 1, day: 1)).asUTC
    }
}
