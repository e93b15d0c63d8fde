import TestSupport
import Testing
import Units

@testable import Interactions

@Suite("The directory in the journal")
struct DirectoryJSONTests {
    @Test("Equal directories are equal bytes, in whatever order they were made")
    func canonical() throws {
        var dice = Dice(seed: 1)
        for _ in 0..<50 {
            let directory = Self.random(&dice)
            var shuffled = directory
            shuffled.sites.shuffle(using: &dice)
            shuffled.assets.shuffle(using: &dice)
            shuffled.people.shuffle(using: &dice)
            shuffled.relations.shuffle(using: &dice)
            #expect(shuffled.json == directory.json)
            let read = try Directory(json: directory.json)
            #expect(read == directory.sorted())
            #expect(read.json == directory.json)
        }
    }

    @Test("The form is this one, today and in five years")
    func form() {
        let text = String(decoding: DirectoryImportTests.expected.json, as: UTF8.self)
        #expect(
            text
                == #"{"sites":[{"id":"S1","name":"Les Lilas","address":"12 rue des Lilas"}],"#
                + #""assets":[{"id":"A","kind":"elevator","site":"S1","name":"Ascenseur A","#
                + #""attributes":{"floors":"0-7"}},"#
                + #"{"id":"M1","kind":"water-meter","site":"S1","name":"Compteur 1","person":"P1"}],"#
                + #""people":[{"id":"P1","name":"Mme Dupont","phone":"+33612345678","language":"fr","#
                + #""site":"S1","floor":3,"reducedMobility":true,"#
                + #""consents":["activity-watch","elevator-news"]},"#
                + #"{"id":"T1","name":"Jean Martin","phone":"+33687654321","language":"en"}],"#
                + #""relations":[{"role":"technician-on-call","person":"T1","scope":"","rank":2},"#
                + #"{"role":"relative","person":"T1","scope":"P1","rank":1}]}"#
        )
        #expect(
            String(decoding: Directory().json, as: UTF8.self)
                == #"{"sites":[],"assets":[],"people":[],"relations":[]}"#
        )
    }

    @Test("What cannot be read back is an error that says where")
    func unreadable() {
        let error = #expect(throws: DirectoryProblem.self) {
            try Directory(json: [UInt8](#"{"sites":[{"name":"x"}]}"#.utf8))
        }
        #expect(
            error?.description == "directory in the journal:1: error: sites[0]: id is missing; "
                + "expected text; the record cannot be used"
        )
    }

    @Test("No change of a byte makes reading it trap")
    func damaged() {
        var dice = Dice(seed: 2)
        let whole = DirectoryImportTests.expected.json
        var readable = 0
        for _ in 0..<5000 {
            var bytes = whole
            let index = Int.random(in: bytes.indices, using: &dice)
            switch Int.random(in: 0..<3, using: &dice) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &dice)
            case 1: bytes.remove(at: index)
            default: bytes.removeSubrange(index...)
            }
            let found = DirectoryImport(json: bytes, named: "directory.json")
            #expect((found.directory == nil) == (found.errorCount > 0))
            if found.directory != nil { readable += 1 }
        }
        #expect(readable > 500 && readable < 4500)
    }

    private static func duty(_ schedules: inout RandomSchedules) -> Directory.Duty {
        let from = schedules.moment()
        return Directory.Duty(
            from: schedules.dice.oneIn(2) ? from : nil,
            until: schedules.dice.oneIn(2) ? from + .milliseconds(1 + schedules.dice.below(1_000_000)) : nil,
            hours: schedules.dice.oneIn(2) ? schedules.next(depth: 1) : nil
        )
    }

    static func random(_ dice: inout Dice) -> Directory {
        let sites = (0..<5).map { Directory.Site(id: "S\($0)", name: "Name \"\($0)\"", address: "é\\\($0)") }
        let people = (0..<20).map { index in
            Directory.Person(
                id: "P\(index)",
                name: "Name \(index)",
                phone: "+3361234567\(index % 10)",
                language: Bool.random(using: &dice) ? .french : .english,
                site: Bool.random(using: &dice) ? "S\(index % 5)" : nil,
                floor: Bool.random(using: &dice) ? Int.random(in: -2...9, using: &dice) : nil,
                reducedMobility: Bool.random(using: &dice),
                consents: Bool.random(using: &dice) ? ["b", "a", "c"] : []
            )
        }
        let assets = (0..<30).map { index in
            Directory.Asset(
                id: "A\(index / 2)",
                kind: index % 2 == 0 ? "elevator" : "home",
                site: "S\(index % 5)",
                name: "N",
                person: Bool.random(using: &dice) ? "P\(index % 20)" : nil,
                attributes: Bool.random(using: &dice) ? ["x": "1", "a": "2", "m": "é"] : [:]
            )
        }
        var schedules = RandomSchedules(dice: dice)
        let relations = (0..<40).map { index in
            Directory.Relation(
                role: "role\(index % 3)",
                person: "P\(index / 2)",
                scope: index % 2 == 0 ? "" : "S\(index % 5)",
                rank: Int.random(in: 1...3, using: &dice),
                duty: dice.oneIn(2) ? .always : duty(&schedules)
            )
        }
        return Directory(sites: sites, assets: assets, people: people, relations: relations)
    }
}
