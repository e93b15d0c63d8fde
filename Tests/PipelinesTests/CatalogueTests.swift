import Foundation
import Pipelines
import Testing

/// The folder of the pipelines as people find it.
@Suite("Catalogue")
struct CatalogueTests {
    private static let files: [URL] = {
        let all = try? FileManager.default.contentsOfDirectory(
            at: Fixture.pipelines,
            includingPropertiesForKeys: nil
        )
        return (all ?? []).filter { $0.pathExtension == "swift" }.sorted { $0.path < $1.path }
    }()

    @Test("Every pipeline that is written is in the list")
    func everyPipelineIsListed() throws {
        let list = try String(
            contentsOf: Fixture.pipelines.appendingPathComponent("All.swift"),
            encoding: .utf8
        )
        var written = 0
        for file in Self.files {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: /let (\w+) = Pipeline\(/) {
                written += 1
                let isListed = list.split(whereSeparator: { !$0.isLetter }).contains(match.output.1)
                #expect(isListed, "\(match.output.1) of \(file.lastPathComponent) does not run")
            }
        }
        #expect(written == allPipelines.pipelines.count)
    }

    @Test("Every file is read in one go")
    func filesAreShort() throws {
        for file in Self.files {
            let count =
                try String(contentsOf: file, encoding: .utf8).split(
                    separator: "\n",
                    omittingEmptySubsequences: false
                ).count - 1
            #expect(count <= 120, "\(file.lastPathComponent) has \(count) lines")
        }
    }

    @Test("A pipeline knows the words, and neither files nor networks nor clocks")
    func imports() throws {
        let allowed: Set<Substring> = ["Interactions", "Models", "PipelineKit", "Telemetry", "Units"]
        for file in Self.files {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: /(?m)^.*\bimport (\w+)/) {
                #expect(
                    allowed.contains(match.output.1),
                    "\(file.lastPathComponent) imports \(match.output.1)"
                )
            }
        }
    }

    @Test("The pipelines have no problems")
    func noProblems() {
        #expect(allPipelines.problems.map(\.description) == [])
    }

    @Test("No file of the fixtures is large, and all together are quick to fetch")
    func fixturesAreSmall() throws {
        var sum = 0
        for path in FileManager.default.enumerator(atPath: Fixture.fixtures.path)?.compactMap({
            $0 as? String
        })
            ?? []
        {
            let file = try FileManager.default.attributesOfItem(
                atPath: Fixture.fixtures.appendingPathComponent(path).path
            )
            guard file[.type] as? FileAttributeType == .typeRegular else { continue }
            let size = try #require((file[.size] as? NSNumber)?.intValue)
            #expect(size <= 1_400_000, "\(path) has \(size) bytes")
            sum += size
        }
        #expect(sum > 0 && sum <= 11_000_000, "\(sum) bytes")
    }
}
