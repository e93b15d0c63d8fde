import Foundation

/// The files of the repository, found from where this file is.
enum Fixture {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let fixtures = root.appendingPathComponent("Fixtures")
    static let pipelines = root.appendingPathComponent("Pipelines")

    static func lines(of file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    }

    /// The folders below `Fixtures` that hold a scenario, by their path from there.
    static let scenarios: [String] = {
        let files = FileManager.default.enumerator(atPath: fixtures.path)?.compactMap { $0 as? String } ?? []
        let folders = files.filter { $0.hasSuffix("/input.jsonl") || $0.hasSuffix("/expected.jsonl") }
            .map { ($0 as NSString).deletingLastPathComponent }
        return Set(folders).sorted()
    }()

    static func input(of scenario: String) -> URL {
        fixtures.appendingPathComponent(scenario).appendingPathComponent("input.jsonl")
    }

    static func expected(of scenario: String) -> URL {
        fixtures.appendingPathComponent(scenario).appendingPathComponent("expected.jsonl")
    }
}
