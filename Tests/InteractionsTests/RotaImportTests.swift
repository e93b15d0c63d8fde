import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("Import of on-call rotas")
struct RotaImportTests {
    static let header = "role,person,scope,rank,from,until,hours\n"
    static let now = ScheduleTests.paris(11, 23, 9)

    static func csv(_ relations: String, zone: CivilZone = .paris, now: Moment? = nil) -> DirectoryImport {
        let tables = [
            ("sites.csv", "id,name\nS1,Les Lilas\n"),
            ("people.csv", "id,name,phone\nT1,A,+33612345678\nT2,B,+33612345679\n"),
            ("relations.csv", header + relations),
        ]
        return DirectoryImport(
            csv: tables.map { (name: $0.0, bytes: [UInt8]($0.1.utf8)) },
            zone: zone,
            now: now
        )
    }

    @Test("Shifts and hours come from a table as people keep it")
    func table() throws {
        let found = Self.csv(
            """
            technician,T1,S1,1,2026-11-23 08:00,2026-11-30T08:00:00+01:00,
            technician,T2,S1,1,,,"lun-ven 8h-18h, sauf fériés"
            technician,T2,,2,2026-03-29 02:30,2026-10-25 02:30:00,always

            """
        )
        #expect(found.problems.map(\.description) == [])
        let office = Schedule.on(.weekdays, 8.oclock, to: 18.oclock, in: .paris)
            .except(.publicHolidays(.metropolitan))
        #expect(
            found.directory?.relations.map(\.duty) == [
                .init(
                    from: utc(2026, 3, 29, 1),
                    until: utc(2026, 10, 25, 0, 30),
                    hours: .on(.everyDay, in: .paris)
                ),
                .init(from: utc(2026, 11, 23, 7), until: utc(2026, 11, 30, 7)), .init(hours: office),
            ]
        )
        let reunion = try CivilZone(named: "Indian/Reunion")
        let there = Self.csv("technician,T1,S1,,2026-11-23 08:00,,08:00-18:00\n", zone: reunion)
        let expected = Directory.Duty(
            from: utc(2026, 11, 23, 4),
            hours: .daily(8.oclock, to: 18.oclock, in: reunion)
        )
        #expect(there.directory?.relations.map(\.duty) == [expected])
    }

    @Test("The journal keeps shifts and hours, and reads them in the same zone")
    func json() throws {
        let reunion = try CivilZone(named: "Indian/Reunion")
        let found = Self.csv(
            "technician,T1,S1,,2026-11-23 08:00,2026-11-24 08:00:30,08:00-18:00\n",
            zone: reunion
        )
        let directory = try #require(found.directory)
        let text = String(decoding: directory.json, as: UTF8.self)
        #expect(
            text.hasSuffix(
                #""relations":[{"role":"technician","person":"T1","scope":"S1","rank":1,"#
                    + #""from":"2026-11-23T04:00:00.000Z","until":"2026-11-24T04:00:30.000Z","#
                    + #""hours":"08:00-18:00 in Indian/Reunion"}]}"#
            )
        )
        #expect(try Directory(json: directory.json) == directory)
        #expect(DirectoryImport(json: directory.json, named: "x", zone: .utc).directory == directory)
    }

    @Test(
        "What is no moment or no schedule is an error",
        arguments: [
            (
                "technician,T1,S1,1,27/11/2026,,",
                "from is \"27/11/2026\"; expected a date and time such as 2026-11-27 18:00 or "
                    + "2026-11-27T18:00:00+01:00; the record cannot be used"
            ),
            (
                "technician,T1,S1,1,,2026-11-30,",
                "until is \"2026-11-30\"; expected a date and time such as 2026-11-27 18:00 or "
                    + "2026-11-27T18:00:00+01:00; the record cannot be used"
            ),
            (
                "technician,T1,S1,1,,,mon 8h-25h",
                "hours has the times \"8h-25h\" as word 2; expected two times of the clock such as "
                    + "22:00-08:00 or 8h-12h30; the record cannot be used"
            ),
            (
                "technician,T1,S1,1,2026-11-30 08:00,2026-11-30 08:00,",
                "from 2026-11-30T07:00:00.000Z is not before until 2026-11-30T07:00:00.000Z for \"T1\" in role "
                    + "\"technician\"; expected a shift that lasts; they would never be on duty"
            ),
        ]
    )
    func mistakes(_ row: String, _ text: String) {
        let found = Self.csv(row + "\n")
        #expect(found.problems.map(\.description) == ["relations.csv:2: error: \(text)"])
        #expect(found.directory == nil)
    }

    @Test("One person may have many shifts, but not the same one twice")
    func repeated() {
        let shift = "technician,T1,S1,1,2026-11-23 08:00,2026-11-30 08:00,\n"
        #expect(Self.csv(shift + "technician,T1,S1,1,2026-12-07 08:00,2026-12-14 08:00,\n").problems == [])
        #expect(
            Self.csv(shift + shift).problems.map(\.description) == [
                "relations.csv:3: error: technician \"T1\" for \"S1\" is already in line 2; expected it once; "
                    + "it is not clear which of them holds"
            ]
        )
    }

    @Test("A rota with a gap in the next two weeks is a warning that names the first")
    func gaps() {
        let rota = "technician,T1,S1,1,,2026-11-27 18:00,\ntechnician,T2,S1,1,2026-11-30 08:00,,\n"
        #expect(Self.csv(rota).problems == [])
        let found = Self.csv(rota, now: Self.now)
        #expect(
            found.problems.map(\.description) == [
                "relations.csv:2: warning: nobody is technician for \"S1\" from 2026-11-27T18:00:00 until "
                    + "2026-11-30T08:00:00 in Europe/Paris; expected somebody at every moment of the next "
                    + "14 days; what is sent to that role then reaches nobody"
            ]
        )
        #expect(found.directory != nil && found.warningCount == 1)
        // After the gap, or with somebody further away, there is nothing to warn of.
        #expect(Self.csv(rota, now: Self.now + .days(7)).problems == [])
        #expect(Self.csv(rota + "technician,T1,,,,,\n", now: Self.now).problems == [])
    }

    @Test("Of many gaps the number is told, and of one without an end its begin")
    func manyGaps() {
        let nights = Self.csv("technician,T1,,1,,,22:00-08:00\n", now: Self.now)
        #expect(
            nights.problems.map(\.text) == [
                "nobody is technician from 2026-11-23T09:00:00 until 2026-11-23T22:00:00 in Europe/Paris, the first "
                    + "gap of 15; expected somebody at every moment of the next 14 days; what is sent to that "
                    + "role then reaches nobody"
            ]
        )
        let ends = Self.csv("technician,T1,,1,,2026-12-01 08:00,\n", now: Self.now)
        let text = "nobody is technician from 2026-12-01T08:00:00 on in Europe/Paris; expected somebody"
        #expect(ends.problems.first?.text.hasPrefix(text) == true, "\(ends.problems)")
    }

    @Test("Tables without these columns are read as before")
    func olderTables() {
        let found = DirectoryImportTests.csv()
        #expect(found.problems == [])
        #expect(found.directory?.relations.allSatisfy { $0.duty == .always } == true)
        let withClock = DirectoryImport(json: DirectoryImportTests.expected.json, named: "x", now: Self.now)
        #expect(withClock.problems == [] && withClock.directory == DirectoryImportTests.expected)
    }
}
