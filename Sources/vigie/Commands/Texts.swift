import Foundation
import Interactions
import PipelineKit
import Pipelines

extension Command {
    static let texts = Command(
        name: "texts",
        summary: "shows every text as its readers see it, what it costs and what is wrong with it",
        flags: ["json"],
        usage: """
            vigie texts [PIPELINE] [--directory FILE.json|FOLDER] [--price CENTS] [--language fr|en] [--json]

            For each text of each pipeline, and for those that Vigie writes by itself: its words with a sample
            reading, the alphabet, characters and parts of the text message, the most that it takes (the longest
            names, a code, times that need their day) and its problems. Entries of the timeline have words only.
            A character with a nearest form in the 7-bit alphabet is a warning, whatever must not go out an error.

            --directory takes the names of a directory, and the size of the largest audience; else names have up to
            \(FirstName.longest) and addresses up to \(SampleSubject.longestAddress) characters. --price is that of one part, in cents of a euro. --json prints
            one object a line for programs, costs in millionths of a euro.

            Exit codes: 0 no errors, 64 no such pipeline, 65 a text must not go out, 74 a file cannot be read.
            """,
        example: "vigie texts elevators --directory customers/ --price 4.5"
    ) { arguments in
        try arguments.allow(["directory", "price", "language"])
        guard arguments.rest.count <= 1 else {
            throw CommandFailure(.usage, "expected one PIPELINE, or none")
        }
        let pipelines = try PipelineSet.chosen(arguments.rest.first).pipelines
        let reader = TextReader(
            zone: try Settings.read(environment: ProcessInfo.processInfo.environment).settings.zone,
            languages: try arguments.languages,
            price: try arguments.price
        )
        let directory = try arguments.value("directory").map {
            DirectoryIndex(try DirectorySource.sound($0).directory)
        }
        let report = TextsReport(pipelines, directory, withOwnTexts: arguments.rest.isEmpty, reader)
        if arguments.has("json") {
            for line in report.json { Terminal.print("\(line)") }
        } else {
            Terminal.print(report.text)
        }
        let found =
            "\(report.sheets.count) texts, \(report.errorCount) errors, \(report.warningCount) warnings"
        guard report.errorCount == 0 else { throw CommandFailure(.data, found) }
        Terminal.say(found)
    }
}

extension Arguments {
    /// All, unless one is named.
    fileprivate var languages: [Language] {
        get throws {
            guard let word = value("language") else { return Language.allCases }
            guard let language = Language(rawValue: word) else {
                throw CommandFailure(.usage, "--language is \"\(word)\"; expected fr or en")
            }
            return [language]
        }
    }

    /// Of one part, written in cents: `4.5` or `4,5`.
    fileprivate var price: SMSPrice? {
        get throws {
            guard let word = value("price") else { return nil }
            guard let cents = Double(word.replacingOccurrences(of: ",", with: ".")),
                let millionths = Int64(exactly: (cents * 10_000).rounded()),
                let price = SMSPrice(millionthsPerPart: millionths, currency: "EUR")
            else {
                throw CommandFailure(
                    .usage,
                    "--price is \"\(word)\"; expected cents such as 4.5, at most 100000"
                )
            }
            return price
        }
    }
}
