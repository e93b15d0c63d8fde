import Foundation
import PipelineKit
import Pipelines
import Testing

@testable import Engine

/// The memory that a device takes, as the README quotes it.
@Suite("Record sizes")
struct RecordSizeTests {
    @Test(
        "The README quotes the bytes that are kept of a device",
        arguments: ["elevators", "elevator usage", "water meters", "home activity", "vital signs"]
    )
    func quoted(name: String) throws {
        let pipeline = try #require(allPipelines.pipelines.first { $0.name == name })
        let size = Program(pipeline.plan).recordSize
        let readme = try String(contentsOf: Fixture.root.appendingPathComponent("README.md"), encoding: .utf8)
        let words = readme.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("\(name) \(Self.grouped(size))"), "\(name): \(size) bytes")
    }

    /// As the README writes numbers: 3 552.
    private static func grouped(_ number: Int) -> String {
        let rest = String(number % 1000)
        guard number >= 1000 else { return rest }
        return "\(number / 1000) \(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }
}
