import Foundation

/// One Swift file of the repository.
struct SourceFile: Sendable {
    /// `Sources/Engine/Engine.swift`
    let path: String
    let lines: [String]

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// `Engine`, `Pipelines`, `EngineTests`
    var module: String {
        let parts = path.split(separator: "/")
        return String(parts[0] == "Pipelines" ? parts[0] : parts[1])
    }

    /// All files below a folder of the repository.
    static func all(in folder: String) throws -> [SourceFile] {
        let base = root.appending(path: folder)
        let names = try FileManager.default.subpathsOfDirectory(atPath: base.path).sorted()
        return try names.filter { $0.hasSuffix(".swift") }.map { name in
            let text = try String(contentsOf: base.appending(path: name), encoding: .utf8)
            return SourceFile(path: "\(folder)/\(name)", lines: text.components(separatedBy: "\n"))
        }
    }

    /// The lines that are code, with their numbers; comments at the end of a line are cut off.
    var code: [(number: Int, text: String)] {
        lines.enumerated().compactMap { index, line in
            guard !line.drop(while: { $0 == " " }).hasPrefix("//") else { return nil }
            return (index + 1, line.range(of: " // ").map { String(line[..<$0.lowerBound]) } ?? line)
        }
    }

    /// The modules it imports, with what stands before the word: `internal`, `@testable`.
    var imports: [(module: String, words: [String], line: Int)] {
        code.compactMap { number, text in
            let words = text.split(separator: " ").map(String.init)
            guard let index = words.firstIndex(of: "import"), index < 3, let module = words.last,
                module.first?.isUppercase ?? false || module == "vigie",
                words[..<index].allSatisfy({ $0.hasPrefix("@") || Self.access.contains($0) })
            else { return nil }
            return (String(module.prefix { $0 != "." }), Array(words[..<index]), number)
        }
    }

    private static let access: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
}
