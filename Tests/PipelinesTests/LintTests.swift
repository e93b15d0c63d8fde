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

    @Test("Every detector that tells people shows words of its own on their watches")
    func watches() {
        for detector in allPipelines.pipelines.flatMap({ $0.plan.root.detectors }) {
            let tellsPeople = detector.reactions.contains { reaction in
                switch reaction {
                case .text, .ask, .inform, .escalate: true
                default: false
                }
            }
            let hasWatch = detector.reactions.contains { if case .watch = $0 { true } else { false } }
            #expect(hasWatch == tellsPeople, "\(detector.place) \(detector.name)")
        }
    }

    @Test("With the names of the demo's directory every text message takes one part, by day and by night")
    func demo() throws {
        let folder = Fixture.fixtures.appendingPathComponent("demo/directory")
        let tables = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            (name, [UInt8](try Data(contentsOf: folder.appendingPathComponent(name))))
        }
        let index = DirectoryIndex(try #require(DirectoryImport(csv: tables).directory))
        var count = 0
        for pipeline in allPipelines.pipelines {
            let assets = pipeline.plan.identity?.kind.map { index.assets(ofKind: $0) } ?? []
            let messages = pipeline.plan.texts.flatMap { $0.texts ?? [] }.filter { $0.use != nil }
            for asset in assets {
                let address = index.site(of: asset)?.address ?? ""
                let subject = SampleSubject(name: asset.name, address: address)
                for text in messages {
                    for trial in TextTrial.allCases {
                        let words = text.text(about: subject, in: trial, zone: .paris)
                        for language in Language.allCases {
                            #expect(
                                SMSEncoding.fits(words.text(in: language), parts: 1),
                                "\(text.name): \(words.text(in: language))"
                            )
                            count += 1
                        }
                    }
                }
            }
        }
        #expect(count > 200, "\(count)")
    }
}
