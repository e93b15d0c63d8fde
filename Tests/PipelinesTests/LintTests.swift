import Foundation
import Interactions
import PipelineKit
import Pipelines
import Testing
import Units

/// Every text that may be written, with sample facts.
@Suite("Lint of the texts")
struct LintTests {
    @Test("No text has a problem, with the longest names and at any time")
    func noProblems() {
        let found = allPipelines.textProblems(zone: .paris).map(\.description)
        #expect(found == [], "\(found.joined(separator: "\n"))")
    }
}
