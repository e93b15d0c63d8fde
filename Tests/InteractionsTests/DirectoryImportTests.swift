import Testing

@testable import Interactions

@Suite("Import of a directory")
struct DirectoryImportTests {
    static let sites = "id,name,address\nS1,Les Lilas,12 rue des Lilas\n"
    static let assets = """
        id;kind;site;name;person;attribute.floors
        A;elevator;S1;Ascenseur A;;0-7
        M1;water-meter;S1;Compteur 1;P1;
        """
    static let people = """
        id,name,phone,language,site,floor,reducedMobility
        P1,Mme Dupont,+33612345678,fr,S1,3,oui
        T1,Jean Martin,+33687654321,EN,,,

        """
    static let relations = "role,person,scope,rank\ntechnician-on-call,T1,,2\nrelative,T1,P1,\n"
    static let consents = "person,purpose\nP1,activity-watch\nP1,elevator-news\n"

    static func csv(
        sites: String = sites,
        assets: String = assets,
        people: String = people,
        relations: String = relations,
        consents: String = consents
    ) -> DirectoryImport {
        let tables = [
            ("sites.csv", sites), ("assets.csv", assets), ("people.csv", people),
            ("relations.csv", relations), ("consents.csv", consents),
        ]
        return DirectoryImport(csv: tables.map { (name: $0.0, bytes: [UInt8]($0.1.utf8)) })
    }

    static func json(_ text: String) -> DirectoryImport {
        DirectoryImport(json: [UInt8](text.utf8), named: "directory.json")
    }

    static let expected = Directory(
        sites: [.init(id: "S1", name: "Les Lilas", address: "12 rue des Lilas")],
        assets: [
            .init(id: "A", kind: "elevator", site: "S1", name: "Ascenseur A", attributes: ["floors": "0-7"]),
            .init(id: "M1", kind: "water-meter", site: "S1", name: "Compteur 1", person: "P1"),
        ],
        people: [
            .init(
                id: "P1",
                name: "Mme Dupont",
                phone: "+33612345678",
                site: "S1",
                floor: 3,
                reducedMobility: true,
                consents: ["activity-watch", "elevator-news"]
            ),
            .init(id: "T1", name: "Jean Martin", phone: "+33687654321", language: .english),
        ],
        relations: [
            .init(role: "technician-on-call", person: "T1", scope: "", rank: 2),
            .init(role: "relative", person: "T1", scope: "P1"),
        ]
    )

    @Test("Five tables make a directory")
    func tables() {
        let found = Self.csv()
        #expect(found.problems.map(\.description) == [])
        #expect(found.directory == Self.expected)
        #expect(found.summary() == "0 errors, 0 warnings: 1 site, 2 assets, 2 people, 2 relations")
    }

    @Test("A JSON document makes the same directory")
    func document() {
        let found = Self.json(
            """
            {"people": [
              {"id": "T1", "name": "Jean Martin", "phone": "+33687654321", "language": "en", "site": null},
              {"id": "P1", "name": "Mme Dupont", "phone": "+33612345678", "site": "S1", "floor": 3,
               "reducedMobility": true, "consents": ["elevator-news", "activity-watch"]}],
             "sites": [{"id": "S1", "name": "Les Lilas", "address": "12 rue des Lilas"}],
             "assets": [
              {"id": "M1", "kind": "water-meter", "site": "S1", "name": "Compteur 1", "person": "P1"},
              {"id": "A", "kind": "elevator", "site": "S1", "name": "Ascenseur A",
               "attributes": {"floors": "0-7"}}],
             "relations": [{"role": "relative", "person": "T1", "scope": "P1"},
              {"role": "technician-on-call", "person": "T1", "rank": 2}]}
            """
        )
        #expect(found.problems.map(\.description) == [])
        #expect(found.directory == Self.expected)
    }

    @Test("What the directory writes of itself is read as the same directory, without a word")
    func ownForm() {
        let found = DirectoryImport(json: Self.expected.json, named: "directory.json")
        #expect(found.problems == [])
        #expect(found.directory == Self.expected)
    }

    @Test("All problems of all tables are told at once, and nothing is imported")
    func allAtOnce() {
        let found = Self.csv(
            sites: "id,name\nS1,Les Lilas\nS1,Les Roses\n,Sans\nS2,\n",
            assets: """
                id,kind,site,name,person,attribute.floors
                A,elevator,S9,Ascenseur A,P9,0-x
                A,elevator,S1,Ascenseur B
                """,
            people: """
                id,name,phone,language,floor,reducedMobility,nickname
                P1,Mme Dupont,06 12 34 56 78,de,rez-de-chaussée,peut-être,Lulu
                P1,M. Durand,+33612345678,fr,,,
                """,
            relations: "role,person,scope,rank\nrelative,P9,P1,0\n,P1,,\nrelative,P1,,\nrelative,P1,,2\n",
            consents: "person,purpose\nP9,activity-watch\nP1,\n"
        )
        #expect(found.directory == nil)
        #expect(
            found.problems.map { "\($0.file):\($0.line)" } == [
                "sites.csv:4", "sites.csv:5", "assets.csv:3", "people.csv:1", "people.csv:2", "people.csv:2",
                "people.csv:2", "relations.csv:2", "relations.csv:3", "consents.csv:3", "sites.csv:3",
                "people.csv:2", "people.csv:3", "assets.csv:2", "assets.csv:2", "relations.csv:2",
                "relations.csv:5", "consents.csv:2",
            ]
        )
        #expect(found.errorCount == 17 && found.warningCount == 1)
        let summary = "17 errors, 1 warning: nothing is imported; correct the errors and import again"
        #expect(found.summary() == summary)
    }

    @Test("No name, number or other fact about a person stands in a problem")
    func nothingLeaks() {
        let found = Self.csv(
            people: """
                id,name,phone,language,floor,reducedMobility
                P1,Mme Dupont,06 12 34 56 78,Dupont,12 rue des Lilas,Suzanne Dupont
                P2,,+33,x,,
                P2,"Mme
                Dupont",+0612345678,fr,,
                """,
            relations: ""
        )
        #expect(found.errorCount > 6)
        for text in found.problems.map(\.description) {
            for secret in ["Dupont", "Suzanne", "06 12", "0612345", "Lilas"] {
                #expect(!text.contains(secret), "\(text)")
            }
        }
        #expect(
            found.problems.map(\.description).contains(
                "people.csv:2: error: phone \"…78\" (14 characters) of person \"P1\" is no international "
                    + "number; expected + and 8 to 15 digits, such as +33612345678; no text could reach them"
            )
        )
    }

    @Test(
        "A number that cannot be called is refused",
        arguments: [
            "0612345678", "+", "+1234567", "+1234567890123456", "+0612345678", "+33 612345678",
            "+3361234567a",
        ]
    )
    func badPhones(_ phone: String) {
        let found = Self.csv(people: "id,name,phone\nP1,A,\(phone)\nT1,B,+12345678\n")
        #expect(found.problems.map(\.line) == [2], "\(found.problems)")
    }

    @Test("A person without a number may be in the directory, but not in a role without a warning")
    func noPhone() {
        let found = Self.csv(people: "id,name\nP1,A\nT1,B\n")
        #expect(found.directory != nil)
        #expect(
            found.problems.map(\.description).first == "relations.csv:2: warning: person \"T1\" in role "
                + "\"technician-on-call\" has no phone; no text can reach them"
        )
        #expect(found.warningCount == 2)
    }

    @Test("A problem in one record brings no false ones about what refers to it")
    func noCascade() {
        let unreadable = Self.csv(sites: "id,name\nS1\n")
        #expect(
            unreadable.problems.map(\.description) == [
                "sites.csv:2: error: the row has 1 fields; expected 2 as in the header; it is not read"
            ]
        )
        let badField = Self.csv(people: "id,name,phone\nP1,A,1\nT1,B,+12345678\n")
        #expect(badField.errorCount == 1)
    }

    @Test("A header must have the columns that are needed, each once, and says which it does not know")
    func headers() {
        let missing = Self.csv(sites: "id,address\nS1,x\n")
        #expect(
            missing.problems.map(\.description) == [
                "sites.csv:1: error: no column name; expected it in the header; the table is not read"
            ]
        )
        let twice = Self.csv(sites: "id,name,ID\nS1,x,S1\n")
        #expect(
            twice.problems.map(\.description) == [
                "sites.csv:1: error: column \"ID\" is there twice; expected it once; the table is not read"
            ]
        )
        let unknown = Self.csv(sites: "ID, Name ,adress\nS1,x,12 rue des Lilas\n")
        #expect(unknown.directory?.sites == [.init(id: "S1", name: "x", address: "")])
        #expect(
            unknown.problems.map(\.description) == [
                "sites.csv:1: warning: column \"adress\" is not known here and is ignored; "
                    + "expected id, name, address"
            ]
        )
        let empty = Self.csv(sites: "\n\n")
        #expect(
            empty.problems.first?.description
                == "sites.csv:1: error: no header; expected at least the columns id, name"
        )
    }

    @Test("A table of people without a header shows nothing of its first row")
    func noHeader() {
        let found = Self.csv(people: "P1,Mme Dupont,+33612345678\n", relations: "", consents: "")
        #expect(
            found.problems.filter { $0.file == "people.csv" }.map(\.description) == [
                "people.csv:1: error: no column id, name; expected it in the header; the table is not read"
            ]
        )
    }

    @Test("A file that is no table is an error, and so is a table given twice")
    func strangers() {
        let found = DirectoryImport(csv: [
            ("export/Sites.CSV", [UInt8](Self.sites.utf8)), ("sites.csv", [UInt8](Self.sites.utf8)),
            ("pepole.csv", []),
        ])
        #expect(found.problems.map(\.file) == ["sites.csv", "pepole.csv"])
        #expect(found.problems.allSatisfy { $0.text.contains("expected sites.csv, assets.csv, people.csv") })
        #expect(
            DirectoryImport(csv: []).problems.map(\.description) == [
                "directory: error: no tables were given; "
                    + "expected sites.csv, assets.csv, people.csv, relations.csv, consents.csv"
            ]
        )
        let one = DirectoryImport(csv: [("export/Sites.CSV", [UInt8](Self.sites.utf8))])
        #expect(one.directory?.sites == Self.expected.sites)
    }

    @Test("A scope must be one thing")
    func scopes() {
        let none = Self.csv(relations: "role,person,scope\ntenant,P1,S7\n")
        #expect(none.problems.map(\.line) == [2])
        let two = Self.csv(
            assets: "id,kind,site,name\nS1,elevator,S1,x\nA,elevator,S1,x\nA,boiler,S1,x\n",
            relations: "role,person,scope\ntenant,P1,S1\ntenant,P1,A\ntenant,P1,P1\n"
        )
        #expect(two.problems.map(\.line) == [2, 3])
        #expect(two.problems.first?.text.contains("is the id of 2 things") == true)
    }

    @Test("Texts have a length, stand on one line, and are kept without the spaces around them")
    func texts() {
        let found = Self.csv(
            sites: "id,name,address\n S1 ,\"Les\nLilas\",\(String(repeating: "é", count: 251))\n"
        )
        #expect(
            found.problems.map(\.description) == [
                "sites.csv:2: error: name holds a line break or another control character; "
                    + "expected one line of text; the record cannot be used",
                "sites.csv:2: error: address has 502 bytes; expected at most 500; the record cannot be used",
            ]
        )
    }

    @Test("Problems in a JSON document say which record of which list, and the rest is still read")
    func jsonPlaces() {
        let found = Self.json(
            """
            {"version": 2,
             "sites": [{"id": "S1", "name": "x", "colour": "red"}, 7,
              {"id": "S2", "name": }, {"id": 3, "name": "x"}, {"id": "S1", "name": "y", "name": "z"}],
             "pepole": [{}, {}],
             "assets": [{"id": "A", "kind": "k", "site": "S1", "name": "n",
              "attributes": {"a": [], "b": 1.5}}]}
            """
        )
        #expect(
            found.problems.map(\.description) == [
                "directory.json:1: warning: \"version\" is not known here and is ignored; "
                    + "expected sites, assets, people, relations, consents",
                "directory.json:2: warning: sites[0]: \"colour\" is not known here and is ignored; "
                    + "expected id, name, address",
                "directory.json:2: error: sites[1]: no object; expected names and values in braces; "
                    + "it is not read",
                "directory.json:3: error: sites[2]: not JSON at byte 96: expected a value; it is not read",
                "directory.json:3: error: sites[3]: id is no text; expected text in quotes; "
                    + "the record cannot be used",
                "directory.json:3: error: sites[4]: \"name\" is there twice; expected it once; "
                    + "the record cannot be used",
                "directory.json:4: warning: \"pepole\" is not known here and is ignored; "
                    + "expected sites, assets, people, relations, consents",
                "directory.json:5: error: assets[0]: attribute \"a\" is a list or object; "
                    + "expected one value; the record cannot be used",
                "directory.json:3: error: sites[4]: site \"S1\" is already in sites[0]; expected it once; "
                    + "it is not clear which of them holds",
            ]
        )
    }

    @Test(
        "A document cut short is an error where it ends",
        arguments: [
            "", "{", "[]", "{\"sites\"", "{\"sites\":[", "{\"sites\":[{\"id\":\"S1\",\"name\":\"x\"}", "{} x",
        ]
    )
    func cutShort(_ text: String) {
        let found = Self.json(text)
        #expect(found.directory == nil)
        #expect(found.errorCount == 1)
        #expect(found.problems.first?.text.contains("nothing from there on is read") == true)
    }

    @Test("Of many problems the first thousand are shown and all are counted")
    func manyProblems() {
        let rows = (0..<3000).map { "S\($0),\n" }.joined()
        let found = DirectoryImport(csv: [("sites.csv", [UInt8](("id,name\n" + rows).utf8))])
        #expect(found.problems.count == 1000)
        #expect(found.errorCount == 3000)
        #expect(found.summary().hasPrefix("3000 errors, 0 warnings (2000 more than are shown): nothing"))
    }

    @Test("A table has room for so many records, and says once that there are more")
    func room() {
        var decoder = DirectoryDecoder(report: DirectoryReport(files: [:]), recordsPerTable: 2)
        decoder.readCSV([UInt8]("id,name\nS1,a\nS2,b\nS3,c\nS4,d\n".utf8), as: .sites)
        #expect(decoder.directory.sites.map(\.id) == ["S1", "S2"])
        #expect(
            decoder.report.problems.listed.map(\.description) == [
                "sites.csv:4: error: one more than 2 sites; expected no more; the rest is not read"
            ]
        )
    }

    @Test("Ids and attributes have limits too")
    func smallLimits() {
        let long = String(repeating: "x", count: 129)
        let attributes = (0..<65).map { ",attribute.a\($0)" }.joined()
        let values = String(repeating: ",1", count: 65)
        let found = Self.csv(
            sites: "id,name\nS1,x\n\(long),x\n",
            assets: "id,kind,site,name\(attributes)\nA,elevator,S1,x\(values)\n",
            relations: ""
        )
        #expect(
            found.problems.filter { $0.file != "relations.csv" }.map(\.description) == [
                "sites.csv:3: error: id has 129 bytes; expected at most 128; the record cannot be used",
                "assets.csv:2: error: attributes has 65 entries; expected at most 64; "
                    + "the record cannot be used",
            ]
        )
    }

    @Test("Consents may be a list of their own in a JSON document")
    func consentsInJSON() {
        let found = Self.json(
            #"{"consents":[{"person":"P","purpose":"b"}],"people":[{"id":"P","name":"x","consents":["a"]}]}"#
        )
        #expect(found.directory?.people.first?.consents == ["a", "b"])
    }

    @Test("The formats are listed for people who make the tables")
    func formats() {
        #expect(
            DirectoryImport.formats == """
                sites.csv: id*, name*, address
                assets.csv: id*, kind*, site*, name*, person, attribute.<name>
                people.csv: id*, name*, phone, language, site, floor, reducedMobility
                relations.csv: role*, person*, scope, rank, from, until, hours
                consents.csv: person*, purpose*
                """
        )
    }
}
