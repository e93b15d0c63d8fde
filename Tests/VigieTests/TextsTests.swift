import Foundation
import Interactions
import PipelineKit
import Pipelines
import TestSupport
import Testing
import Units

@testable import vigie

@Suite("Texts", .timeLimit(.minutes(2)))
struct TextsTests {
    private static let demo = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/demo/directory").path

    @Test("Every text of every pipeline and our own are shown, without an error, for programs too")
    func all() throws {
        let run = try CommandRun(["texts", "--json"])
        #expect(run.code == 0, "\(run.words)")
        let lines = try run.json
        let names = Set(lines.compactMap { $0["pipeline"]?.string })
        #expect(names == Set(allPipelines.pipelines.map(\.name) + ["Vigie's own texts"]))
        #expect(lines.allSatisfy { $0["words"]?.string?.isEmpty == false })
        #expect(lines.allSatisfy { $0["problems"]?.array == [] })
        let french = lines.filter { $0["language"] == "fr" }
        #expect(french.count * 2 == lines.count && french.count > 120)
        // Text messages have figures, entries of the timeline and watches have none.
        let messages = french.filter { $0["units"] != nil }
        #expect(messages.count > 60 && messages.allSatisfy { $0["parts"]?.integer == 1 })
        #expect(french.contains { $0["text"] == "watch" && $0["words"] == "Mme D. | Alerte en cours" })
    }

    @Test(
        "One pipeline in one language, with the names of a directory, the size of the audience and the price"
    )
    func priced() throws {
        let run = try CommandRun([
            "texts", "elevators", "--directory", Self.demo, "--price", "4,5", "--language", "fr",
        ])
        #expect(run.code == 0, "\(run.words)")
        #expect(run.output.hasPrefix("elevators  (Pipelines/Elevators.swift:"))
        #expect(
            run.output.contains(
                "      fr  Ascenseur A, 12 rue des Lilas, en panne depuis 09h14. Intervention demandée. Suite avant "
                    + "11h17. Aide (courses, soins) : répondez AIDE.\n"
                    + "          gsm7 134/160, 1 part; at most gsm7 148/160, 1 part; 0.05 EUR each\n"
                    + "      to all 3 of Ascenseur A: 0.14 EUR\n"
            )
        )
        #expect(!run.output.contains("      en  "))
        #expect(run.words.contains("texts, 0 errors, 0 warnings"))
    }

    @Test("A name that makes an alert too long for one part ends with 65, and says whose text it is")
    func tooLong() throws {
        let folder = try TestFolder()
        let name = String(repeating: "Ascenseur ", count: 6)
        try DemoTables.write(to: folder)
        try folder.write("id,kind,site,name\nA7,elevator,S12,\(name)\n", to: "assets.csv")
        let run = try CommandRun(["texts", "elevators", "--directory", folder.url.path])
        #expect(run.code == 65)
        #expect(run.output.contains("error: French text: 2 parts ("))
        #expect(run.output.contains("error: French text: the title of the watch form has 59 characters"))
        #expect(run.words.contains("vigie texts: ") && run.words.contains(" errors, "))
    }

    @Test(
        "Wrong options are refused with what was expected",
        arguments: [
            (["submarines"], "there is no pipeline \"submarines\""), (["a", "b"], "expected one PIPELINE"),
            (["--price", "much"], "--price is \"much\"; expected cents such as 4.5"),
            (["--price", "nan"], "--price is \"nan\""), (["--price", "-1"], "--price is \"-1\""),
            (["--price", "1e30"], "--price is \"1e30\""),
            (["--language", "de"], "--language is \"de\"; expected fr or en"),
        ]
    )
    func refused(options: [String], words: String) throws {
        let run = try CommandRun(["texts"] + options)
        #expect(run.code == 64 && run.words.contains(words), "\(run.code) \(run.words)")
    }

    @Test("A directory that cannot be read is named")
    func noDirectory() throws {
        let run = try CommandRun(["texts", "--directory", "/nowhere"])
        #expect(run.code == 74 && run.words.contains("/nowhere: cannot be read"))
    }
}
