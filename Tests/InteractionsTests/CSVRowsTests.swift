import TestSupport
import Testing

@testable import Interactions

@Suite("Rows of a CSV file")
struct CSVRowsTests {
    func steps(_ text: String) -> [CSVRows.Step] { steps([UInt8](text.utf8)) }

    func steps(_ bytes: [UInt8]) -> [CSVRows.Step] {
        var rows = CSVRows(bytes)
        var steps: [CSVRows.Step] = []
        while let step = rows.next() { steps.append(step) }
        return steps
    }

    @Test("Quotes keep separators, quotes and line breaks")
    func quotes() {
        let text = "id,name\r\n1,\"a, \"\"b\"\"\"\r\n2,\"two\nlines\"\r\n3,c"
        #expect(
            steps(text) == [
                .row(line: 1, fields: ["id", "name"]), .row(line: 2, fields: ["1", "a, \"b\""]),
                .row(line: 3, fields: ["2", "two\nlines"]), .row(line: 5, fields: ["3", "c"]),
            ]
        )
    }

    @Test("The separator is found in the first line, outside of quotes", arguments: [",", ";", "\t"])
    func separators(_ separator: String) {
        let text = "\"id,;\t,;\t\"\(separator)name\n1\(separator)\"\(separator)\"\n"
        #expect(
            steps(text) == [
                .row(line: 1, fields: ["id,;\t,;\t", "name"]), .row(line: 2, fields: ["1", separator]),
            ]
        )
    }

    @Test("A byte order mark is no part of the first name, and empty lines are no rows")
    func byteOrderMarkAndEmptyLines() {
        let text = "\u{FEFF}id;name\r\r\n;\n\n1;a\n"
        #expect(
            steps(text) == [.row(line: 1, fields: ["id", "name"]), .row(line: 5, fields: ["1", "a"])]
        )
        #expect(steps("") == [])
        #expect(steps("id") == [.row(line: 1, fields: ["id"])])
        #expect(steps("a,b,") == [.row(line: 1, fields: ["a", "b", ""])])
    }

    @Test("A malformed row is reported and the next one read")
    func malformed() {
        let found = steps("id,name\n1,a\"b\n2,\"a\"b\n3,c\n4,\"open\n5,d\n")
        #expect(found.count == 5)
        #expect(found[3] == .row(line: 4, fields: ["3", "c"]))
        guard case .problem(2, let first) = found[1], case .problem(3, let second) = found[2],
            case .problem(5, let third) = found[4]
        else {
            Issue.record("found \(found)")
            return
        }
        #expect(first.hasPrefix("a quote inside a field; expected the whole field in quotes"))
        #expect(second.hasPrefix("text after a closing quote; expected a separator"))
        #expect(third.hasPrefix("the quote opened in line 5 is never closed"))
    }

    @Test("Characters of another encoding are reported, not replaced")
    func otherEncoding() {
        let found = steps([UInt8]("id,name\n1,".utf8) + [0xE9, 0x0A] + [UInt8]("2,b".utf8))
        #expect(found.count == 3 && found[2] == .row(line: 3, fields: ["2", "b"]))
        guard case .problem(2, let text) = found[1] else {
            Issue.record("found \(found)")
            return
        }
        #expect(text.contains("not UTF-8"))
    }

    @Test("What is written after the standard is read back, whatever it holds")
    func roundTrip() {
        var dice = Dice(seed: 5)
        let letters: [Character] = ["a", "é", "\"", ",", ";", "\t", "\n", "\r", " "]
        for _ in 0..<500 {
            let width = Int.random(in: 2...5, using: &dice)
            let separator = [",", ";", "\t"].randomElement(using: &dice) ?? ","
            let header = (0..<width).map { "column\($0)" }
            let rows = (0..<5).map { row in
                ["\(row)"]
                    + (1..<width).map { _ in
                        String(
                            (0..<Int.random(in: 0...6, using: &dice)).compactMap { _ in
                                letters.randomElement(using: &dice)
                            }
                        )
                    }
            }
            let text = ([header] + rows).map { row in
                row.map {
                    "\""
                        + $0.split(separator: "\"", omittingEmptySubsequences: false)
                        .joined(separator: "\"\"") + "\""
                }.joined(separator: separator) + "\r\n"
            }.joined()
            let found = steps(text).map { step -> [String] in
                if case .row(_, let fields) = step { fields } else { ["problem"] }
            }
            #expect(found == [header] + rows)
        }
    }

    @Test("No bytes make it stop or trap")
    func anyBytes() {
        var dice = Dice(seed: 9)
        let interesting: [UInt8] = [0x22, 0x2C, 0x3B, 0x0A, 0x0D, 0x61, 0xC3, 0xA9, 0xEF, 0xBB, 0xBF, 0x00]
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...24, using: &dice)).compactMap { _ in
                interesting.randomElement(using: &dice)
            }
            #expect(steps(bytes).count <= bytes.count + 1)
        }
    }
}
