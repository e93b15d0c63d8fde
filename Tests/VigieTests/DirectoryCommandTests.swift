import Interactions
import Pipelines
import Store
import Telemetry
import TestSupport
import Testing
import Units

@testable import vigie

@Suite("The directory from the command line")
struct DirectoryCommandTests {
    @Test("A folder of tables is imported as canonical JSON, with a summary and an audit record")
    func importing() throws {
        let tables = try TestFolder()
        try DemoTables.write(to: tables)
        let data = try TestFolder()
        // No database before: an import may come before the first run.
        let run = try CommandRun(["directory", "import", tables.url.path], [.data: data.url.path])
        #expect(run.code == 0)
        #expect(run.words.contains("1 site, 1 asset, 2 people, 1 relation"))
        #expect(run.words.contains("takes it at once"))
        let store = try Store(path: data.path("vigie.sqlite"))
        let expected = try DirectorySource.sound(tables.url.path).directory.json
        let mail = try store.mail(limit: 10).map(\.entry)
        guard case .directory(_, let json)? = mail.first, mail.count == 1 else {
            Issue.record("expected one directory, found \(mail)")
            return
        }
        #expect(json == expected)
        #expect(try store.auditRecords(limit: 10).map(\.what) == ["directory import"])
    }

    @Test("All problems are told at once, and nothing is imported")
    func problems() throws {
        let test = try TestStore()
        let tables = try TestFolder()
        try DemoTables.write(to: tables)
        try tables.write("id,kind,site,name\nA7,elevator,S99,A\nA8,elevator,,B\n", to: "assets.csv")
        try tables.write("role,person\ntechnician-on-call,P77\n", to: "relations.csv")
        let run = try test.run("directory", "import", tables.url.path)
        #expect(run.code == 65)
        for place in ["assets.csv:2: error:", "assets.csv:3: error:", "relations.csv:2: error:"] {
            #expect(run.words.contains(place), "\(place) in \(run.words)")
        }
        #expect(run.words.contains("nothing is imported"))
        #expect(try test.store.mail(limit: 10).isEmpty)
        #expect(try test.audit().isEmpty)
        #expect(try test.run("directory", "import", "/nowhere.json").code == 74)
    }

    @Test("Warnings of escalations that would find nobody are counted with the others")
    func countedWarnings() throws {
        let tables = try TestFolder()
        try DemoTables.write(to: tables)
        let data = try TestFolder()
        let run = try CommandRun(["directory", "import", tables.url.path], [.data: data.url.path])
        let told = run.words.split(separator: "\n").count { $0.contains("warning: ") }
        #expect(told > 1)
        #expect(run.words.contains("0 errors, \(told) warnings: "))
    }

    @Test("A role that pipelines speak to and nobody has is told")
    func missingRoles() throws {
        let roles = Directory().rolesMissing(for: allPipelines)
        #expect(roles.contains("technician-on-call"))
        #expect(!roles.contains("tenant") && !roles.contains("wearer"))
        var directory = Directory()
        directory.relations = [.init(role: "technician-on-call", person: "P1", scope: "")]
        #expect(!directory.rolesMissing(for: allPipelines).contains("technician-on-call"))
    }

    @Test("Numbers are masked, and shown in clear only with a record of who asked")
    func masking() throws {
        let test = try TestStore()
        let tables = try TestFolder()
        try DemoTables.write(to: tables)
        try test.commit(directory: try DirectorySource.sound(tables.url.path).directory)
        for words in [["P1"], ["--json", "P1"], ["--json"]] {
            let run = try CommandRun(["directory", "show"] + words, test.settings)
            #expect(run.code == 0)
            #expect(run.output.contains("…78"), "\(words)")
            #expect(!run.output.contains("612345678"), "\(words)")
        }
        #expect(try test.audit().isEmpty)
        #expect(try test.run("directory", "show", "P1", "--clear").output.contains("+33612345678"))
        #expect(try test.run("directory", "show", "--json", "--clear").output.contains("+33612345678"))
        #expect(try test.audit() == ["directory show clear: P1", "directory show clear: all"])
    }

    @Test("Show tells an asset or a person with what they are tied to, and the whole in numbers")
    func show() throws {
        let test = try TestStore()
        #expect(try test.run("directory", "show").code == 65, "before the first import there is none")
        let tables = try TestFolder()
        try DemoTables.write(to: tables)
        try test.commit(directory: try DirectorySource.sound(tables.url.path).directory)
        let person = try #require(try test.run("directory", "show", "--json", "P1").json.first)
        #expect(person["record"] == "person")
        #expect(person["relations"]?.array?.first?["role"] == "technician-on-call")
        #expect(try test.run("directory", "show", "A7").output.contains("Ascenseur A"))
        let overview = try test.run("directory", "show").output
        #expect(overview.contains("  assets: 1\n    elevator: 1\n  people: 2"))
        #expect(try test.run("directory", "show", "X1").code == 65)
        try test.store.post(.directory(at: ElevatorRecording.begin, json: Directory().json))
        #expect(try test.run("directory", "show").words.contains("a newer directory waits"))
    }
}
