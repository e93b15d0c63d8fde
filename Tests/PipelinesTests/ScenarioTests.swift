import Foundation
import Pipelines
import Testing

/// Every folder of `Fixtures` with an `input.jsonl` and an `expected.jsonl`. After a wanted change:
/// `vigie replay FOLDER/input.jsonl --drops > FOLDER/expected.jsonl`, then read every changed line.
@Suite("Scenarios")
struct ScenarioTests {
    @Test("What happens is what is expected", arguments: Fixture.scenarios)
    func happensAsExpected(_ scenario: String) throws {
        let found = try ScenarioRun(Fixture.input(of: scenario)).lines
        let expected = try Fixture.lines(of: Fixture.expected(of: scenario))
        #expect(found == expected, "\(difference(found, expected))")
    }

    @Test(
        "A restart after any line changes nothing",
        arguments: Fixture.scenarios.filter { isShort($0) }
    )
    func restartsChangeNothing(_ scenario: String) throws {
        let found = try ScenarioRun(Fixture.input(of: scenario), restartsAlways: true).lines
        let expected = try Fixture.lines(of: Fixture.expected(of: scenario))
        #expect(found == expected, "\(difference(found, expected))")
    }

    @Test("Every pipeline has at least four scenarios")
    func everyPipelineIsShown() {
        for pipeline in allPipelines.pipelines {
            let folder = pipeline.name.replacingOccurrences(of: " ", with: "-")
            let count = Fixture.scenarios.count { $0.split(separator: "/").contains(Substring(folder)) }
            #expect(count >= 4, "\(pipeline.name) has \(count) scenarios in a folder \(folder)")
        }
    }

    @Test("Every scenario has an input and what is expected of it", arguments: Fixture.scenarios)
    func bothFilesAreThere(_ scenario: String) {
        #expect(FileManager.default.fileExists(atPath: Fixture.input(of: scenario).path))
        #expect(FileManager.default.fileExists(atPath: Fixture.expected(of: scenario).path))
    }

    /// Restarting thousands of times takes long and shows nothing new.
    private static func isShort(_ scenario: String) -> Bool {
        guard let size = try? Data(contentsOf: Fixture.input(of: scenario)).count else { return true }
        return size < 60_000
    }

    /// The first lines that differ, for people.
    private func difference(_ found: [String], _ expected: [String]) -> String {
        var text: [String] = []
        for change in found.difference(from: expected).prefix(6) {
            switch change {
            case .remove(let line, let element, _): text.append("line \(line + 1) is missing: \(element)")
            case .insert(let line, let element, _): text.append("line \(line + 1) is new: \(element)")
            }
        }
        return "\n" + text.joined(separator: "\n")
    }
}
