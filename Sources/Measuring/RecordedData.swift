import Foundation
import Units

/// Real data: the whole of it in the folder of `--data`, a part of it in the repository.
public struct RecordedData {
    public let folder: URL
    public let isWhole: Bool

    public init(_ options: Options) {
        isWhole = options.data != nil
        folder =
            options.data.map { URL(fileURLWithPath: $0) }
            ?? URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized
            .appendingPathComponent("Fixtures/recorded")
    }

    /// The data of any folder.
    public init(folder: URL) {
        isWhole = true
        self.folder = folder
    }

    public func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
    }

    /// The rows of a CSV file without quotes, its head left out; unpacked when its name ends in `.gz`.
    public func rows(_ path: String, hasHead: Bool = true) throws -> [[Substring]] {
        let lines = try text(path).split(whereSeparator: \.isNewline)
        return lines.dropFirst(hasHead ? 1 : 0).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
    }

    public func head(_ path: String) throws -> [Substring] {
        try text(path).prefix { !$0.isNewline }.split(separator: ",")
    }

    /// The text of a file; unpacked when its name ends in `.gz`.
    public func text(_ path: String) throws -> String {
        let file = folder.appendingPathComponent(path)
        guard file.pathExtension == "gz" else { return try String(contentsOf: file, encoding: .utf8) }
        return String(decoding: try Child.output(of: "/usr/bin/gzip", ["-dc", file.path]), as: UTF8.self)
    }

    public static func number<Value: LosslessStringConvertible>(_ text: Substring) throws -> Value {
        guard let value = Value(String(text)) else {
            throw BenchmarkFailure("the recorded data holds \"\(text)\", expected a number")
        }
        return value
    }
}

/// A part of time.
public struct Span {
    public var from: Moment
    public var to: Moment

    public init(from: Moment, to: Moment) {
        self.from = from
        self.to = to
    }

    public var length: Duration { to.since(from) }

    public func meets(_ other: Span) -> Bool { from <= other.to && other.from <= to }
}
